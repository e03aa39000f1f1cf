import { listQuarantine, replayQuarantine } from '@hems/shared/api/quarantine';
import { endpoint, http } from '../runtime/http.ts';
import { ingestDeps } from '../runtime/ingest-deps.ts';
import { table } from '../runtime/ports.ts';
import { recordStaff } from '../runtime/staff-access.ts';
import { tellReplayed } from '../runtime/tell-ingest.ts';
import { replayQuarantine as replay } from '../use-cases/replay-quarantine.ts';
import { householdOf } from '../use-cases/stores/households.ts';
import { listQuarantine as list, readQuarantine, type QuarantineEntry } from '../use-cases/stores/quarantine.ts';

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
  correlationId: event.correlation,
  bytes: Buffer.byteLength(event.payload, 'base64'),
});

/** Whose messages they are; one of an unknown telemetry id is nobody's. */
const householdsOf = async (entries: readonly QuarantineEntry[]): Promise<{ householdId: string }[]> => {
  const senders = [...new Set(entries.map(({ event }) => event.household))];
  const found = await Promise.all(senders.map(async (sender) => householdOf(await table(), sender)));
  return found.flatMap((householdId) => (householdId === undefined ? [] : [{ householdId }]));
};

export const handler = http([
  endpoint(listQuarantine, async ({ query, caller }) => {
    const { entries, cursor } = await list(await table(), { ...query, limit: PAGE });
    const of = await householdsOf(entries);
    await recordStaff(caller, { of, what: 'messages-listed', why: `messages kept out on ${query.date}` });
    return { entries: entries.map(toRow), ...(cursor !== undefined && { cursor }) };
  }),
  endpoint(replayQuarantine, async ({ params: { id }, caller }) => {
    const entry = await readQuarantine(await table(), id);
    const of = await householdsOf(entry ? [entry] : []);
    await recordStaff(caller, { of, what: 'message-replayed', why: `message ${id}` });
    const report = await replay(await ingestDeps(), id);
    tellReplayed(report);
    return { accepted: report.accepted, quarantined: report.quarantined };
  }),
]);
