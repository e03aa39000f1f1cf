import type { DayKind } from '../calendar/holidays.ts';
import { weekday, type LocalDate } from '../calendar/seoul.ts';
import { isUsable, type Use } from './baseline.ts';
import { asNumber } from './exact-wh.ts';
import { hoursBeforeEvent } from './methods.ts';
import { seasonOf, type Outcome } from './scorecard.ts';
import type { WindowHistory } from './similar-days.ts';
import type { TestedMethod, WeatherBefore } from './tested-method.ts';

/** A home of any country: use by the hours of its wall clock, 24 a day; undefined: not recorded. */
export type HourlyHome = {
  readonly name: string;
  readonly southern: boolean;
  readonly days: ReadonlyMap<LocalDate, readonly (Use | undefined)[]>;
  /** measured daily mean outdoors, hundredths of a degree Celsius; empty where none was recorded */
  readonly meanCdegc: ReadonlyMap<LocalDate, number>;
};

/** Events are assumed on each weekday at 18, 19 and 20 h. On none of them was anything asked of the home. */
export const EVENT_HOURS = [18, 19, 20] as const;
const NO_EVENTS: ReadonlySet<LocalDate> = new Set();
const NOTHING: WindowHistory = new Map();

/** The holidays of the country are not known here: a weekday is a weekday. Each date is asked for many times. */
const kinds = new Map<LocalDate, DayKind>();
export const kindOf = (date: LocalDate): DayKind => {
  const known = kinds.get(date);
  if (known) return known;
  const day = weekday(date);
  const kind = day < 5 ? 'weekday' : day === 5 ? 'saturday' : 'sunday';
  kinds.set(date, kind);
  return kind;
};

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

/** The use of whole days; a day with an hour missing is not known. */
export const dayTotals = ({ days }: Pick<HourlyHome, 'days'>): WindowHistory =>
  new Map(
    [...days].flatMap(([date, uses]): [LocalDate, Use][] => {
      const known = uses.filter(isUsable);
      return known.length === 24 ? [[date, { wh: known.reduce((sum, { wh }) => sum + wh, 0), quality: 'good' }]] : [];
    }),
  );

type Judged = Pick<Outcome, 'season' | 'actualWh'>;
const outcomeOf = (judged: Judged, baseline: ReturnType<TestedMethod['baseline']>): Outcome => {
  if (baseline.status === 'refused') return { ...judged, expectedWh: null, held: null };
  const { expected, interval } = baseline;
  const held = interval && interval.lowWh <= judged.actualWh && judged.actualWh <= interval.highWh;
  return { ...judged, expectedWh: asNumber(expected), held };
};

/** The method held against the weekday evenings of a home, each from the days before it only. */
export const backTest = (method: TestedMethod, home: HourlyHome, weather: WeatherBefore): Outcome[] => {
  const histories = byHour(home);
  const historyAt = (hour: number): WindowHistory => histories[hour] ?? NOTHING;
  const weekdays = [...home.days.keys()].filter((date) => weekday(date) < 5);
  return weekdays.flatMap((eventDate) => {
    const before = hoursBeforeEvent(method.looksAt, EVENT_HOURS[0]).map((hour) => ({
      actual: historyAt(hour).get(eventDate),
      history: historyAt(hour),
    }));
    const event = { eventDate, earlierEventDates: NO_EVENTS, calendar: kindOf, before };
    return EVENT_HOURS.flatMap((hour): Outcome[] => {
      const history = historyAt(hour);
      const actual = history.get(eventDate);
      if (!isUsable(actual)) return [];
      const judged = { season: seasonOf(eventDate, home.southern), actualWh: actual.wh };
      return [
        outcomeOf(
          judged,
          method.baseline({ ...event, history }, () => weather(eventDate)),
        ),
      ];
    });
  });
};

const monthSoFar = (date: LocalDate): LocalDate[] =>
  Array.from({ length: Number(date.slice(8)) - 1 }, (_, i) => `${date.slice(0, 8)}${String(i + 1).padStart(2, '0')}`);

/** `day`: each day from all days before it. `month`: from the days before its month, as a ranking over a month needs it. */
export type Frozen = 'day' | 'month';

/** The method held against the whole days of a home. */
export const backTestDays = (
  method: TestedMethod,
  { home, weather }: { readonly home: HourlyHome; readonly weather: WeatherBefore },
  frozen: Frozen,
): Outcome[] => {
  const history = dayTotals(home);
  return [...history].map(([eventDate, { wh }]) => {
    const earlierEventDates = frozen === 'day' ? NO_EVENTS : new Set(monthSoFar(eventDate));
    const from = frozen === 'day' ? eventDate : `${eventDate.slice(0, 8)}01`;
    return outcomeOf(
      { season: seasonOf(eventDate, home.southern), actualWh: wh },
      method.baseline({ eventDate, earlierEventDates, calendar: kindOf, history }, () => weather(from)),
    );
  });
};
