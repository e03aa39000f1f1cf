import { ingestDeps } from '../runtime/ingest-deps.ts';
import { stream } from '../runtime/stream.ts';
import { ingestTold, tellKept } from '../runtime/tell-ingest.ts';
import { keep } from '../use-cases/stores/quarantine.ts';

/** The stream that the rules `hems_reading` and `hems_batch` fill. */
export const handler = stream(async () => {
  const deps = await ingestDeps();
  return {
    take: async (events) => await ingestTold(deps, events),
    keepOut: async (kept) => {
      await keep(deps.table, [kept]);
      tellKept([kept], deps.clock.now());
    },
  };
});
