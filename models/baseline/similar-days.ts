import type { LocalDate } from '../calendar/seoul.ts';
import {
  isUsable,
  noBaseline,
  qualityOfUses,
  tooManyEstimated,
  withConfidence,
  type Baseline,
  type NoBaseline,
  type RemarkCode,
  type Use,
} from './baseline.ts';
import { candidateDays, type EventDays } from './candidate-days.ts';
import { asNumber, type ExactWh } from './exact-wh.ts';
import { around, predictionHalfWidth } from './interval.ts';
import type { SimilarDayMethod } from './methods.ts';
import { shiftOf, shifted, type UseBefore } from './same-day.ts';
import { MIN_DAYS, trimmedMean, type Trimmed } from './trimmed-mean.ts';

/** The use of one clock window (an hour, an event, a whole day) by Korean date. */
export type WindowHistory = ReadonlyMap<LocalDate, Use>;

export type SimilarDayCase = EventDays & {
  readonly history: WindowHistory;
  /** the event day's hours before the event, each with its own history; used by methods that adjust to the day */
  readonly before?: readonly { readonly actual: Use | undefined; readonly history: WindowHistory }[];
};

type Day = { readonly date: LocalDate; readonly use: Use };

/** Days with usable readings, latest first; a day without falls to the next earlier one. */
const usableDays = (dates: readonly LocalDate[], history: WindowHistory): Day[] =>
  dates.flatMap((date) => {
    const use = history.get(date);
    return isUsable(use) ? [{ date, use }] : [];
  });

const refusalOf = (
  method: SimilarDayMethod,
  { days, known }: { days: readonly Day[]; known: boolean },
): NoBaseline | undefined => {
  if (!known && days.length < method.days)
    return noBaseline(
      method,
      'holiday-table-ends',
      'the public holidays of a year that the days reach into are not known',
    );
  if (days.length < MIN_DAYS)
    return noBaseline(method, 'insufficient-history', `${days.length} usable days; at least ${MIN_DAYS} are needed`);
  if (tooManyEstimated(days.slice(0, method.days).map(({ use }) => use)))
    return noBaseline(method, 'estimated-history', 'more than a third of the days rest on estimated readings');
  return undefined;
};

const trimmedOf = (method: SimilarDayMethod, days: readonly Day[]): Trimmed | undefined =>
  trimmedMean(
    method,
    days.map(({ use }) => use.wh),
  );

/** The hours before the event with their own baselines; undefined when one of them cannot be had. */
const hoursBefore = (
  method: SimilarDayMethod,
  { before = [] }: SimilarDayCase,
  dates: readonly LocalDate[],
): UseBefore[] | undefined => {
  const hours = before.map(({ actual, history }): UseBefore | undefined => {
    const trimmed = trimmedOf(method, usableDays(dates, history));
    return isUsable(actual) && trimmed ? { actualWh: actual.wh, expected: trimmed.expected } : undefined;
  });
  const known = hours.filter((hour) => hour !== undefined);
  return known.length > 0 && known.length === hours.length ? known : undefined;
};

/** The latest days before the event, whatever their kind, each with the baseline of its own; those without are left out. */
const daysBefore = (method: SimilarDayMethod, event: SimilarDayCase, count: number): UseBefore[] | undefined => {
  const days = usableDays(candidateDays(event, count, 'any').dates, event.history);
  const known = days.flatMap(({ date, use }): UseBefore[] => {
    const { dates } = candidateDays({ ...event, eventDate: date }, 2 * method.days, method.candidates);
    const trimmed = trimmedOf(method, usableDays(dates, event.history));
    return trimmed ? [{ actualWh: use.wh, expected: trimmed.expected }] : [];
  });
  return known.length > 0 ? known : undefined;
};

type Adjustment = {
  readonly before: UseBefore[] | undefined;
  readonly without: RemarkCode;
  readonly capPercent: number | null;
};
const adjustmentOf = (
  method: SimilarDayMethod,
  event: SimilarDayCase,
  dates: readonly LocalDate[],
): Adjustment | undefined => {
  if (method.sameDay)
    return {
      before: hoursBefore(method, event, dates),
      without: 'no-same-day-hours',
      capPercent: method.sameDay.capPercent,
    };
  if (method.daysBefore)
    return {
      before: daysBefore(method, event, method.daysBefore.days),
      without: 'no-days-before',
      capPercent: method.daysBefore.capPercent,
    };
  return undefined;
};

const adjusted = (expected: ExactWh, by: Adjustment | undefined): { expected: ExactWh; remarks: RemarkCode[] } => {
  if (!by) return { expected, remarks: [] };
  if (!by.before) return { expected, remarks: [by.without] };
  const { value, capped } = shifted(expected, shiftOf(by.before), by.capPercent);
  return { expected: value, remarks: capped ? ['adjustment-capped'] : [] };
};

/** The baseline of an event's window from recent similar days (korea.md 3.1). */
export const similarDayBaseline = (method: SimilarDayMethod, event: SimilarDayCase): Baseline | NoBaseline => {
  // a day without readings is replaced by an earlier one, within twice the count
  const { dates, known } = candidateDays(event, 2 * method.days, method.candidates);
  const days = usableDays(dates, event.history);
  const refused = refusalOf(method, { days, known });
  if (refused) return refused;
  const trimmed = trimmedOf(method, days);
  if (!trimmed)
    return noBaseline(method, 'insufficient-history', `fewer than ${MIN_DAYS} days are left after screening`);
  const evidence = trimmed.fates
    .map((fate, i) => ({ fate, day: days[i] }))
    .flatMap(({ fate, day }) => (day ? [{ ...day, fate }] : []));
  const taken = evidence.filter(({ fate }) => fate !== 'screened');
  const { expected, remarks } = adjusted(trimmed.expected, adjustmentOf(method, event, dates));
  const halfWidth = predictionHalfWidth(taken.map(({ use }) => use.wh));
  return {
    status: 'baseline',
    method: method.id,
    version: method.version,
    expected,
    interval: withConfidence(around(asNumber(expected), halfWidth)),
    quality: qualityOfUses(taken.map(({ use }) => use)),
    remarks: [
      ...(taken.length < method.days ? (['short-history'] as const) : []),
      ...(taken.length < evidence.length ? (['screened-day'] as const) : []),
      ...remarks,
    ],
    evidence: evidence.map(({ date, use, fate }) => ({ period: date, wh: use.wh, quality: use.quality, fate })),
    provisional: method.provisional ? [method.provisional] : [],
  };
};
