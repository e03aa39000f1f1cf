import { addDays, dayNumber, type LocalDate } from '@hems/models/calendar/seoul';
import { canBeJudgedBy } from '@hems/models/forecast/promotion';
import { HOURS } from '@hems/models/forecast/series';
import type { HoursOfDay } from '../../stores/hours.ts';

/** What is learnt from one home: the use of whole days by the hour, Wh, null where it is not known. */
export type LearntHome = { readonly firstDate: LocalDate; readonly wh: readonly (number | null)[] };

/** Before that a home has no level that an hour could be compared with (forecasting.md 4.2). */
const FEWEST_HOURS = 28 * HOURS;

const UNKNOWN: readonly null[] = Array.from({ length: HOURS }, () => null);

/** The days from the first to the last of which anything is known; undefined: too little, or the home stands empty. */
export const learntHome = (days: readonly HoursOfDay[]): LearntHome | undefined => {
  const known = days.filter(({ loadWh }) => loadWh.some((wh) => wh !== null));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return undefined;
  const byDate = new Map(known.map(({ date, loadWh }) => [date, loadWh]));
  const length = dayNumber(last.date) - dayNumber(first.date) + 1;
  const wh = Array.from({ length }, (_, day) => byDate.get(addDays(first.date, day)) ?? UNKNOWN).flat();
  const told = wh.filter((value) => value !== null);
  if (told.length < FEWEST_HOURS || told.every((value) => value === 0)) return undefined;
  return { firstDate: first.date, wh };
};

/** Whether a model can be judged by it, as the image sees it. */
export const isOldEnough = ({ firstDate, wh }: LearntHome): boolean =>
  canBeJudgedBy({ name: '', firstDay: dayNumber(firstDate), wh: Float64Array.from(wh, (value) => value ?? NaN) });
