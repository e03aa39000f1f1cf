import { clock, directory, pause, table } from '../runtime/ports.ts';
import { rule } from '../runtime/rule.ts';
import { tellKept } from '../runtime/tell-ingest.ts';
import { takeHealth } from '../use-cases/devices/take-health.ts';

/** Rule `hems_health`. */
export const handler = rule(async (events) => {
  const kept = await takeHealth({ table: await table(), directory: await directory(), pause }, events);
  tellKept(kept, (await clock()).now());
});
