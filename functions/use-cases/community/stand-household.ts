import type { LocalDate } from '@hems/models/calendar/seoul';
import { everyDay, referenceOf, type KnownDay } from '@hems/models/community/reference';
import { standingOf } from '@hems/models/community/standing';
import { SCORE_DAYS, scoreDays } from '@hems/models/day/day-score';
import { monthPeriod } from '@hems/models/incentive/periods';
import { atNormalSize } from '@hems/models/score/score';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { currentOf, putStanding, readMemberships } from '../stores/community.ts';
import { readDays } from '../stores/days.ts';
import { readProfile } from '../stores/households.ts';
import { knownDayOf, readOwnDays } from './own-days.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/** Grid use of the 30 days, where all of them are known. */
const use30 = (days: readonly KnownDay[]): number | null => {
  const known = days.flatMap(({ wh }) => (wh === null ? [] : [wh]));
  return known.length === SCORE_DAYS ? known.reduce((sum, wh) => sum + wh, 0) : null;
};

const sizedUse = (wh: number | null, areaM2: number | undefined, date: LocalDate): number | null =>
  wh === null || areaM2 === undefined ? null : (atNormalSize(wh, areaM2, date) ?? null);

/**
 * How a member of the community stands in the month up to the date, by the baseline of the whole month. Nothing for who has not
 * joined; a repeat changes nothing.
 */
export const standHousehold = async (
  deps: Deps,
  { householdId, date }: { readonly householdId: string; readonly date: LocalDate },
): Promise<void> => {
  const member = currentOf(await readMemberships(deps.table, householdId));
  if (!member) return;
  const { memberId, segment } = member;
  const month = date.slice(0, 7);
  const window = monthPeriod(month);
  const [{ history, days, barred }, lately, profile] = await Promise.all([
    readOwnDays(deps, { householdId, window }),
    readDays(deps.table, householdId, scoreDays(date)),
    readProfile(deps.table, householdId),
  ]);
  const standing = barred ?? standingOf(referenceOf(window, history), everyDay(window, days, date));
  const use30Wh = use30(lately.map(knownDayOf));
  const sized30Wh = sizedUse(use30Wh, profile?.areaM2, date);
  await putStanding(deps.table, { segment, month }, { memberId, through: date, standing, use30Wh, sized30Wh });
};
