import { addDays, localDate } from '@hems/models/calendar/seoul';
import { isWhole } from '@hems/models/day/day-use';
import { scoreDays, scoreOfDays } from '@hems/models/day/day-score';
import type { ScoreAnswer } from '@hems/shared/api/days';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { readPeers } from './community/read-peers.ts';
import { Refused } from './refusal.ts';
import { readDays } from './stores/days.ts';
import { readProfile } from './stores/households.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/** A home that has been silent for longer has no score of today. */
const REACH_DAYS = 60;

/** The score of the 30 days that end with the last one whose grid use is wholly known, step by step. */
export const readScore = async ({ table, clock }: Deps, householdId: string): Promise<ScoreAnswer> => {
  const yesterday = addDays(localDate(clock.now()), -1);
  const [profile, days] = await Promise.all([
    readProfile(table, householdId),
    readDays(table, householdId, [addDays(yesterday, -REACH_DAYS), yesterday]),
  ]);
  if (!profile) throw new Refused('not-found', 'this household does not exist any more');
  const date = days.findLast(isWhole)?.date;
  if (date === undefined) {
    const detail = `no day of the last ${REACH_DAYS} is wholly known; a smart meter or imported totals make one`;
    return { status: 'refused', code: 'too-few-days', detail };
  }
  const peers = await readPeers(table, profile, date);
  const score = scoreOfDays({ date, days, areaM2: profile.areaM2, peers });
  if (score.status === 'refused') return score;
  const [from, to] = scoreDays(date);
  return {
    status: 'scored',
    score: score.score,
    grade: score.grade,
    official: score.official,
    from,
    to,
    lines: [...score.lines],
    remarks: [...score.remarks],
    provisional: score.provisional.length > 0,
  };
};
