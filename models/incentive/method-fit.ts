import { isUsable } from '../baseline/baseline.ts';
import { candidateDays } from '../baseline/candidate-days.ts';
import { asNumber } from '../baseline/exact-wh.ts';
import { SIMILAR_DAY_METHODS, type SimilarDayMethod } from '../baseline/methods.ts';
import { similarDayBaseline } from '../baseline/similar-days.ts';
import type { LocalDate } from '../calendar/seoul.ts';
import type { UseAt } from './event-inputs.ts';
import type { EventRule } from './rows/events.ts';
import { hoursOfEvent } from './saving-event.ts';

/** How well a baseline method told the hours of days on which nothing was asked of the home. */
type MethodFit = { readonly method: string; readonly rrmse: number | null };
export type FixedMethod = {
  readonly method: string;
  /** `rule`: too little is known for a fit, the first that the rule names is used */
  readonly by: 'fit' | 'rule';
  readonly fits: MethodFit[];
};

/** Eligible days before enrolment that the fit is judged on. */
const FIT_DAYS = 10;
/** Of the hours judged by; fewer say too little. */
const MIN_HOURS = 40;

const methodsOf = ({ baselineMethods }: EventRule): SimilarDayMethod[] =>
  baselineMethods.flatMap((id) => SIMILAR_DAY_METHODS.filter((method) => method.id === id));
const hoursOf = ({ calls }: EventRule): number[] => hoursOfEvent(calls);

/** What has to be read of a home for the fit: the days it is judged on, and those before them that stand for them. */
export const planFit = (
  rule: EventRule,
  date: LocalDate,
  calledOn: ReadonlySet<LocalDate>,
): { readonly dates: readonly LocalDate[]; readonly hours: readonly number[] } => {
  const furthest = FIT_DAYS + Math.max(...methodsOf(rule).map(({ days }) => 2 * days));
  const { dates } = candidateDays({ eventDate: date, earlierEventDates: calledOn }, furthest);
  return { dates, hours: hoursOf(rule) };
};

type Pair = { readonly actualWh: number; readonly expectedWh: number };

/** Relative root mean square error; null where there is too little to judge by. */
const rrmseOf = (pairs: readonly Pair[]): number | null => {
  const total = pairs.reduce((sum, { actualWh }) => sum + actualWh, 0);
  if (pairs.length < MIN_HOURS || total === 0) return null;
  const squares = pairs.reduce((sum, { actualWh, expectedWh }) => sum + (expectedWh - actualWh) ** 2, 0);
  return Math.sqrt(squares / pairs.length) / (total / pairs.length);
};

type Past = { readonly date: LocalDate; readonly calledOn: ReadonlySet<LocalDate>; readonly useAt: UseAt };

const pairsOf = (method: SimilarDayMethod, rule: EventRule, { date, calledOn, useAt }: Past): Pair[] => {
  const { dates } = candidateDays({ eventDate: date, earlierEventDates: calledOn }, FIT_DAYS);
  return dates.flatMap((eventDate) => {
    const day = { eventDate, earlierEventDates: calledOn };
    const before = candidateDays(day, 2 * method.days).dates;
    return hoursOf(rule).flatMap((hour): Pair[] => {
      const actual = useAt(eventDate, hour);
      if (!isUsable(actual)) return [];
      const history = new Map(
        before.flatMap((earlier) => {
          const use = useAt(earlier, hour);
          return use ? [[earlier, use] as const] : [];
        }),
      );
      const baseline = similarDayBaseline(method, { ...day, history });
      return baseline.status === 'refused' ? [] : [{ actualWh: actual.wh, expectedWh: asNumber(baseline.expected) }];
    });
  });
};

/**
 * The baseline method of a home, fixed once, at enrolment: of those the rule names the one with the smaller RRMSE over the call
 * hours of the last days before it (korea.md 3.1). Equal ones keep the order of the rule.
 */
export const fixMethod = (rule: EventRule, past: Past): FixedMethod => {
  const fits = methodsOf(rule).map((method): MethodFit => ({
    method: method.id,
    rrmse: rrmseOf(pairsOf(method, rule, past)),
  }));
  const [first] = fits;
  if (!first) throw new RangeError('the rule names no baseline method that there is');
  const judged = fits.flatMap(({ method, rrmse }) => (rrmse === null ? [] : [{ method, rrmse }]));
  if (judged.length < fits.length) return { method: first.method, by: 'rule', fits };
  const best = judged.reduce((a, b) => (b.rrmse < a.rrmse ? b : a));
  return { method: best.method, by: 'fit', fits };
};
