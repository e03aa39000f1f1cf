import { addDays, dayNumber, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { phaseOf, progressOf } from '@hems/models/community/challenge';
import { MIN_COHORT } from '@hems/models/community/cohort';
import { COMMUNITY_CHALLENGE } from '@hems/models/incentive/rows/community';
import { sumAmounts } from '@hems/models/ledger/entry';
import type { ChallengeView } from '@hems/shared/api/challenges';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import {
  listChallenges,
  readCounts,
  readParticipations,
  type Announced,
  type Participation,
} from '../stores/challenges.ts';
import { currentOf, readMemberships } from '../stores/community.ts';
import { readPeriod } from '../stores/ledger.ts';
import { readOwnDays } from './own-days.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Place = { readonly householdId: string; readonly today: LocalDate };

/** Over for longer than this, a challenge is no longer shown. */
const SHOWN_DAYS = 60;

const progress = async (deps: Deps, { householdId }: Place, terms: Announced): Promise<ChallengeView['progress']> => {
  const { through, ...own } = await readOwnDays(deps, { householdId, window: terms });
  if (through === undefined) return null;
  const { standing, missingWh } = progressOf(
    { terms, ...own, history: [...own.history], days: [...own.days] },
    through,
  );
  if (standing.status === 'refused' || missingWh === null) return standing.status === 'refused' ? standing : null;
  const { savedBasisPoints, knownDays, absentDays } = standing;
  return { status: 'standing', savedBasisPoints, missingWh, knownDays, absentDays, through };
};

/** What the ledger says; until it says something there is no result. */
const result = async (table: Table, { householdId }: Place, period: string): Promise<ChallengeView['result']> => {
  const entries = await readPeriod(table, { householdId, programme: COMMUNITY_CHALLENGE.id, period });
  const amount = sumAmounts(entries);
  return entries.length === 0 ? null : { reached: amount > 0, amount };
};

const daysLeft = ({ to }: Announced, today: LocalDate): number => Math.max(0, dayNumber(to) - dayNumber(today) + 1);

type Known = { readonly challenge: Announced; readonly part: Participation | undefined; readonly participants: number };
const view = async (deps: Deps, place: Place, { challenge, part, participants }: Known): Promise<ChallengeView> => {
  const { announcedOn: _unasked, ...content } = challenge;
  const phase = phaseOf(challenge, place.today);
  const isIn = part?.leftOn === null;
  const began = isIn && phase !== 'open';
  return {
    ...content,
    phase,
    daysLeft: daysLeft(challenge, place.today),
    participants: participants >= MIN_COHORT ? participants : null,
    joined: isIn,
    joinedOn: isIn ? part.joinedOn : null,
    progress: began ? await progress(deps, place, challenge) : null,
    result: began ? await result(deps.table, place, challenge.challengeId) : null,
  };
};

const byEnd = (a: Announced, b: Announced): number =>
  a.to === b.to ? (a.challengeId < b.challengeId ? -1 : 1) : a.to < b.to ? 1 : -1;

/** Challenges that are open, running or lately over, the last to end first, with the own progress in each. */
export const readChallenges = async (deps: Deps, householdId: string): Promise<ChallengeView[]> => {
  const { table, clock } = deps;
  const today = localDate(clock.now());
  const all = (await listChallenges(table)).filter(({ to }) => to >= addDays(today, -SHOWN_DAYS)).toSorted(byEnd);
  const current = currentOf(await readMemberships(table, householdId));
  const [parts, counts] = await Promise.all([
    current ? readParticipations(table, current.memberId) : [],
    readCounts(
      table,
      all.map(({ challengeId }) => challengeId),
    ),
  ]);
  return Promise.all(
    all.map((challenge, i) => {
      const part = parts.find(({ challengeId }) => challengeId === challenge.challengeId);
      return view(deps, { householdId, today }, { challenge, part, participants: counts[i]?.participants ?? 0 });
    }),
  );
};

export const readOneChallenge = async (
  deps: Deps,
  householdId: string,
  challengeId: string,
): Promise<ChallengeView> => {
  const found = (await readChallenges(deps, householdId)).find((one) => one.challengeId === challengeId);
  if (!found)
    throw new Refused('not-found', `there is no challenge ${challengeId} that is open, running or lately over`);
  return found;
};
