import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { challengeTotal, phaseOf, progressOf, type ChallengeInputs } from '@hems/models/community/challenge';
import { FINAL_AFTER_DAYS } from '@hems/models/day/day-value';
import { versionFor } from '@hems/models/incentive/programme';
import { COMMUNITY_CHALLENGE } from '@hems/models/incentive/rows/community';
import { sumAmounts } from '@hems/models/ledger/entry';
import type { Told } from '@hems/shared/events/bus';
import type { EventBus } from '../../ports/event-bus.ts';
import type { SettleOutcome } from '../settle-outcome.ts';
import { readChallenge, readParticipations, type Announced } from '../stores/challenges.ts';
import { readMemberships, type Membership } from '../stores/community.ts';
import { readPeriod, settle, type LedgerDeps } from '../stores/ledger.ts';
import { readOwnDays } from './own-days.ts';

type Deps = LedgerDeps & { readonly bus: EventBus };
type Place = { readonly householdId: string; readonly date: LocalDate };
const PROGRAMME = 'community-challenge';
const { payer } = COMMUNITY_CHALLENGE;

/** Challenges that ended on the date or in the 30 days before, and in which the member stayed to the end. */
const due = async ({ table }: LedgerDeps, { memberId }: Membership, date: LocalDate): Promise<Announced[]> => {
  const parts = await readParticipations(table, memberId);
  const over = parts.filter(({ leftOn, to }) => leftOn === null && to <= date && date <= addDays(to, FINAL_AFTER_DAYS));
  const challenges = await Promise.all(over.map(({ challengeId }) => readChallenge(table, challengeId)));
  return challenges.filter((one) => one !== undefined);
};

const freeze = async (
  deps: LedgerDeps,
  { householdId }: Place,
  { challenge, version }: { challenge: Announced; version: string },
): Promise<ChallengeInputs> => {
  const { challengeId, from, to, announcedOn, goalBasisPoints, reward } = challenge;
  const { history, days, barred } = await readOwnDays(deps, { householdId, window: challenge });
  return {
    programme: PROGRAMME,
    version,
    period: challengeId,
    terms: { from, to, announcedOn, goalBasisPoints, reward },
    history: [...history],
    days: [...days],
    barred,
  };
};

/** By the last day that is over, whatever day is being run: what is closed by then stays as it was settled. */
const isFinal = (challenge: Announced, nowMs: number): boolean =>
  phaseOf(challenge, addDays(localDate(nowMs), -1)) === 'closed';

/** The end of a challenge for one of those who took part; a corrected result is another happening. */
const challengeEnded = (
  { householdId }: Place,
  { challengeId, reward: { unit } }: Announced,
  [amount, atMs]: [number, number],
): Told => ({
  type: 'challenge.ended',
  detail: { householdId, atMs, key: `${challengeId}#${amount}`, facts: { challengeId, unit, amount } },
});

/** One that cannot be judged is not settled; where it was settled before, it is taken back. */
const settleOne = async (deps: Deps, place: Place, challenge: Announced): Promise<SettleOutcome> => {
  const { householdId } = place;
  const about = { programme: PROGRAMME, period: challenge.challengeId };
  const before = await readPeriod(deps.table, { householdId, ...about });
  const settled = sumAmounts(before);
  const { unit } = challenge.reward;
  if (before.length > 0 && isFinal(challenge, deps.clock.now()))
    return { ...about, outcome: 'unchanged', amount: settled, unit };
  const rule = versionFor(COMMUNITY_CHALLENGE, challenge.from, challenge.to);
  if ('status' in rule) return { ...about, outcome: 'refused', code: rule.code };
  const inputs = await freeze(deps, place, { challenge, version: rule.id });
  const { standing } = progressOf(inputs, challenge.to);
  if (standing.status === 'refused' && settled === 0) return { ...about, outcome: 'refused', code: standing.code };
  const amount = challengeTotal(inputs);
  const settling = { householdId, ...about, unit, payer, endsOn: challenge.to, total: amount, version: rule.id };
  const { entry } = await settle(deps, settling, inputs);
  // on its last day also where nothing was written, as with events
  if (entry !== undefined || place.date === challenge.to)
    await deps.bus.publish([challengeEnded(place, challenge, [amount, deps.clock.now()])]);
  return { ...about, amount, unit, outcome: !entry ? 'unchanged' : before.length === 0 ? 'settled' : 'corrected' };
};

/**
 * Settles the household's challenges that ended on the date, and again those that ended in the 30 days before: late readings
 * change a result by the difference, until it is final. A membership that ended since still answers for the challenges it stayed in
 * to their end.
 */
export const settleChallenges = async (deps: Deps, place: Place): Promise<SettleOutcome[]> => {
  const { memberships } = await readMemberships(deps.table, place.householdId);
  const asked = addDays(place.date, -FINAL_AFTER_DAYS);
  const lately = memberships.filter(({ leftOn }) => leftOn === null || leftOn > asked);
  const outcomes: SettleOutcome[] = [];
  for (const membership of lately)
    for (const challenge of await due(deps, membership, place.date))
      outcomes.push(await settleOne(deps, place, challenge));
  return outcomes;
};
