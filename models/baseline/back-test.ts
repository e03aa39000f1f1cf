import type { DayKind } from '../calendar/holidays.ts';
import { weekday, type LocalDate } from '../calendar/seoul.ts';
import { isUsable, type Use } from './baseline.ts';
import { asNumber } from './exact-wh.ts';
import { hoursBeforeEvent, type SimilarDayMethod } from './methods.ts';
import { seasonOf, type Outcome } from './scorecard.ts';
import { similarDayBaseline, type WindowHistory } from './similar-days.ts';

/** A home of any country: use by the hours of its wall clock, 24 a day; undefined: not recorded. */
export type HourlyHome = {
  readonly name: string;
  readonly southern: boolean;
  readonly days: ReadonlyMap<LocalDate, readonly (Use | undefined)[]>;
};

/** Events are assumed on each weekday at 18, 19 and 20 h. On none of them was anything asked of the home. */
export const EVENT_HOURS = [18, 19, 20] as const;
const NO_EVENTS: ReadonlySet<LocalDate> = new Set();

/** The holidays of the country are not known here: a weekday is a weekday. Days before the record are no candidates. */
const weekdaysOf = ({ days }: HourlyHome): ReadonlySet<LocalDate> =>
  new Set([...days.keys()].filter((date) => weekday(date) < 5));

const byHour = ({ days }: HourlyHome): WindowHistory[] =>
  Array.from(
    { length: 24 },
    (_, hour) =>
      new Map(
        [...days].flatMap(([date, uses]): [LocalDate, Use][] => {
          const use = uses[hour];
          return use ? [[date, use]] : [];
        }),
      ),
  );

const NOTHING: WindowHistory = new Map();

/** The method held against the evenings of a home, each from the days before it only. */
export const backTest = (method: SimilarDayMethod, home: HourlyHome): Outcome[] => {
  const histories = byHour(home);
  const historyAt = (hour: number): WindowHistory => histories[hour] ?? NOTHING;
  const weekdays = weekdaysOf(home);
  const calendar = (date: LocalDate): DayKind => (weekdays.has(date) ? 'weekday' : 'saturday');
  return [...weekdays].flatMap((eventDate) => {
    const before = hoursBeforeEvent(method, EVENT_HOURS[0]).map((hour) => ({
      actual: historyAt(hour).get(eventDate),
      history: historyAt(hour),
    }));
    const event = { eventDate, earlierEventDates: NO_EVENTS, calendar, before };
    return EVENT_HOURS.flatMap((hour): Outcome[] => {
      const actual = historyAt(hour).get(eventDate);
      if (!isUsable(actual)) return [];
      const baseline = similarDayBaseline(method, { ...event, history: historyAt(hour) });
      const outcome = { season: seasonOf(eventDate, home.southern), actualWh: actual.wh };
      if (baseline.status === 'refused') return [{ ...outcome, expectedWh: null, held: null }];
      const { expected, interval } = baseline;
      const held = interval && interval.lowWh <= actual.wh && actual.wh <= interval.highWh;
      return [{ ...outcome, expectedWh: asNumber(expected), held }];
    });
  });
};
