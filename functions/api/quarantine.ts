import { listQuarantine, replayQuarantine } from '@hems/shared/api/quarantine';
import { endpoint, http } from '../runtime/http.ts';
import { ingestDeps } from '../runtime/ingest-deps.ts';
import { table } from '../runtime/ports.ts';
import { replayQuarantine as replay } from '../use-cases/replay-quarantine.ts';
import { listQuarantine as list, type QuarantineEntry } from '../use-cases/stores/quarantine.ts';

const PAGE = 100;

const toRow = ({ id, reason, detail, state, event }: QuarantineEntry) => ({
  id,
  reason,
  detail,
  state,
  channel: event.channel,
  household: event.household,
  gateway: event.gateway,
  received: event.received,
  bytes: Buffer.byteLength(event.payload, 'base64'),
});

export const handler = http([
  endpoint(listQuarantine, async ({ query }) => {
    const { entries, cursor } = await list(await table(), { ...query, limit: PAGE });
    return { entries: entries.map(toRow), ...(cursor !== undefined && { cursor }) };
  }),
  endpoint(replayQuarantine, async ({ params }) => replay(await ingestDeps(), params.id)),
]);
