import { answerDispute, closeDispute, listDisputes, openDispute, readDispute } from '@hems/shared/api/disputes';
import { endpoint, http } from '../runtime/http.ts';
import { officeDeps, tell } from '../runtime/office-deps.ts';
import { clock, keys, pause, table } from '../runtime/ports.ts';
import { recordStaff } from '../runtime/staff-access.ts';
import { answerDispute as answer } from '../use-cases/government/disputes.ts';
import {
  closeEntryDispute,
  listWaitingDisputes,
  openEntryDispute,
  readEntryDispute,
  requireEntry,
} from '../use-cases/government/entry-disputes.ts';
import { Refused } from '../use-cases/refusal.ts';
import type { Member } from '../use-cases/stores/households.ts';

const deps = async () => ({ table: await table(), clock: await clock(), pause, keys: await keys() });
const asMember = (member: Member | undefined): Member => {
  if (!member) throw new Refused('forbidden', 'you are not a member of this household');
  return member;
};
/** An entry id holds `#`, which a path must escape; some gateways hand it on escaped. */
const plain = (entryId: string): string => entryId.replaceAll('%23', '#');

export const handler = http([
  endpoint(readDispute, async ({ params: { householdId, entryId } }) => ({
    dispute: await readEntryDispute(await deps(), { householdId, entryId: plain(entryId) }),
  })),
  endpoint(openDispute, async ({ params, body, member }) =>
    openEntryDispute(await deps(), asMember(member), { entryId: plain(params.entryId), ...body }),
  ),
  endpoint(closeDispute, async ({ params, member }) =>
    closeEntryDispute(await deps(), asMember(member), plain(params.entryId)),
  ),
  endpoint(listDisputes, async ({ query, caller }) => {
    const found = await listWaitingDisputes(await deps(), query);
    await recordStaff(caller, {
      of: found.disputes,
      what: 'disputes-listed',
      why: `disputes that wait for ${query.waiting}`,
    });
    return found;
  }),
  endpoint(answerDispute, async ({ params: { householdId, entryId }, body, caller }) => {
    const { outcome, text, reason } = body;
    const entry = await requireEntry(await deps(), { householdId, entryId: plain(entryId) });
    await recordStaff(caller, { of: [entry], what: 'dispute-answered', why: `${outcome}: ${reason}` });
    return answer({ ...(await officeDeps()), tell }, { entry, outcome, text, by: caller.sub });
  }),
]);
