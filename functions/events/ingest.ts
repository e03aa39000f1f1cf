import { ingestDeps } from '../runtime/ingest-deps.ts';
import { rule } from '../runtime/rule.ts';
import { ingestTold } from '../runtime/tell-ingest.ts';

/** Rules `hems_reading` and `hems_batch`. */
export const handler = rule(async (events) => ingestTold(await ingestDeps(), events));
