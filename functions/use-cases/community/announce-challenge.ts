import { addDays, dayNumber, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { ChallengeValue } from '@hems/shared/api/challenges';
import type { Clock } from '../../ports/clock.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import { canonicalJson } from '../canonical-hash.ts';
import { Refused } from '../refusal.ts';
import { putNewChallenge, readChallenge, type Announced } from '../stores/challenges.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

const SHORTEST_DAYS = 7;
const LONGEST_DAYS = 92;
/** So that the weeks it is held against, a year before, are over long before it becomes known. */
const FURTHEST_DAYS = 184;

const check = ({ from, to }: ChallengeValue, today: LocalDate): void => {
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (from <= today) throw new Refused('invalid', `from: ${from} has begun; the earliest is ${addDays(today, 1)}`);
  if (days < SHORTEST_DAYS || days > LONGEST_DAYS)
    throw new Refused(
      'invalid',
      `to: ${from} to ${to} is ${days} days; ${SHORTEST_DAYS} to ${LONGEST_DAYS} are possible`,
    );
  if (to > addDays(today, FURTHEST_DAYS))
    throw new Refused('invalid', `to: ${to} is too far ahead; the latest is ${addDays(today, FURTHEST_DAYS)}`);
};

const isSame = ({ announcedOn: _unasked, ...known }: Announced, asked: ChallengeValue): boolean =>
  canonicalJson(known) === canonicalJson(asked);

/** Announces a challenge. It never changes: the same again is the same, anything else under its id is refused. */
export const announceChallenge = async ({ table, clock }: Deps, asked: ChallengeValue): Promise<ChallengeValue> => {
  const { challengeId } = asked;
  const known = await readChallenge(table, challengeId);
  if (known && isSame(known, asked)) return asked;
  if (known)
    throw new Refused('conflict', `challenge ${challengeId} was announced with other content; announce another id`);
  const today = localDate(clock.now());
  check(asked, today);
  try {
    await putNewChallenge(table, { ...asked, announcedOn: today });
  } catch (error) {
    // announced by somebody else in between
    if (!(error instanceof ConditionFailed)) throw error;
    return announceChallenge({ table, clock }, asked);
  }
  return asked;
};
