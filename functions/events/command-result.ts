import { clock, directory, pause, table } from '../runtime/ports.ts';
import { rule } from '../runtime/rule.ts';
import { tellKept } from '../runtime/tell-ingest.ts';
import { takeOrderResults } from '../use-cases/take-order-results.ts';

/** Rule `hems_command_result`. */
export const handler = rule(async (events) => {
  const kept = await takeOrderResults({ table: await table(), directory: await directory(), pause }, events);
  tellKept(kept, (await clock()).now());
});
