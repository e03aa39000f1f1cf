import { ingestDeps } from '../runtime/ingest-deps.ts';
import { rule } from '../runtime/rule.ts';
import { ingest } from '../use-cases/ingest/ingest.ts';

/** Rules `hems_reading` and `hems_batch`. */
export const handler = rule(async (events) => ingest(await ingestDeps(), events));
