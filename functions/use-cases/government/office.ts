import { programmeOf } from '@hems/models/incentive/programmes';
import type { Programme } from '@hems/models/incentive/programme';
import type { Ids } from '../../ports/ids.ts';
import type { Keys } from '../../ports/keys.ts';
import { householdOf, participantsOf } from '../partners/participants.ts';
import { recordAccesses, type AccessDeps } from '../privacy/record-access.ts';
import { Refused } from '../refusal.ts';
import { grantedAmong } from '../stores/consents.ts';
import type { Partner } from '../stores/partners.ts';

export type OfficeDeps = AccessDeps & { readonly keys: Keys; readonly ids: Ids };

/** The programme, where this partner is its office or its payer. What it is not told of does not exist for it. */
export const requireOffice = ({ programmes = [] }: Partner, id: string): Programme<unknown> => {
  const programme = programmes.includes(id) ? programmeOf(id) : undefined;
  if (programme) return programme;
  throw new Refused(
    'forbidden',
    `programme ${id} is none of yours; the operator enters your programmes`,
    'not-your-programme',
  );
};

/** Those of the households that an office may be shown as of now, in their order: they agree to it. */
export const shownTo = async ({ table }: OfficeDeps, householdIds: readonly string[]): Promise<string[]> => {
  const agreed = await grantedAmong(table, householdIds, 'government');
  return householdIds.filter((householdId) => agreed.has(householdId));
};

/** The household behind a participant of this partner. Of another partner's, one that withdrew and one that is erased the answer is the same. */
export const requireParticipant = async (deps: OfficeDeps, partner: Partner, participant: string): Promise<string> => {
  const householdId = await householdOf(deps, partner.partnerId, participant);
  const [shown] = householdId === undefined ? [] : await shownTo(deps, [householdId]);
  if (shown !== undefined) return shown;
  throw new Refused('not-found', `there is no participant ${participant} that you may be shown`, 'no-participant');
};

export type Shown<T> = T & { readonly participant: string };

/** Those that may be shown, by what the partner calls them. Each household finds in its access log that it was; what cannot be recorded is not shown. */
export const show = async <T extends { readonly householdId: string }>(
  deps: OfficeDeps,
  partner: Partner,
  { of, what, why }: { readonly of: readonly T[]; readonly what: string; readonly why: string },
): Promise<Shown<T>[]> => {
  const ids = [...new Set(of.map(({ householdId }) => householdId))];
  const shown = await shownTo(deps, ids);
  await recordAccesses(deps, shown, { who: { kind: 'partner', id: partner.partnerId }, what, why });
  const participants = await participantsOf(deps, partner.partnerId, shown);
  const known = new Map(shown.map((householdId, i) => [householdId, participants[i]]));
  return of.flatMap((one) => {
    const participant = known.get(one.householdId);
    return participant === undefined ? [] : [{ ...one, participant }];
  });
};
