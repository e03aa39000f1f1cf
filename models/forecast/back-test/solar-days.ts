import { solarAhead, type Generation } from '../solar.ts';
import { HOURS } from '../series.ts';
import type { Total } from '../totals.ts';

/** A home's generation by the hour since its first midnight, Wh; `irradiance` all NaN where there is no weather. */
export type SolarHome = Pick<Generation, 'wh' | 'irradiance'> & { readonly name: string };

/** Errors in percent of the generation of the window; of `peak` in percent of its largest hour, over the hours that have light. */
export type SolarScore = {
  readonly home: string;
  readonly days: number;
  readonly nmae: number;
  readonly peak: number;
  readonly yesterday: number;
  readonly yesterdayPeak: number;
  readonly sevenDayMean: number;
  /** the irradiance as it is, where it is given in Wh; NaN without */
  readonly published: number;
  /** the hours left of the day, asked at 9, 11, 13 and 15 h, with what the two hours before told, and as foreseen at midnight */
  readonly intraday: number;
  readonly intradayPlain: number;
  /** share of the hours with light between p10 and p90 */
  readonly cov80: number;
};

type Pair = { readonly forecast: number; readonly actual: number };

const nmaeOf = (pairs: readonly Pair[]): number => {
  const known = pairs.filter(({ forecast, actual }) => !Number.isNaN(forecast - actual));
  const total = known.reduce((sum, { actual }) => sum + actual, 0);
  return (100 * known.reduce((sum, { forecast, actual }) => sum + Math.abs(forecast - actual), 0)) / total;
};

const peakOf = (pairs: readonly Pair[]): number => {
  const lit = pairs.filter(({ forecast, actual }) => forecast + actual > 0);
  const most = Math.max(...lit.map(({ actual }) => actual));
  return (100 * lit.reduce((sum, { forecast, actual }) => sum + Math.abs(forecast - actual), 0)) / lit.length / most;
};

const ASKED_AT = [9, 11, 13, 15] as const;
const WEEK = 7;

/** The last `days` whole days of a home, each foreseen at its midnight. */
export const scoreSolar = ({ name, wh, irradiance }: SolarHome, days: number): SolarScore => {
  const all = Math.floor(wh.length / HOURS);
  const tested = Array.from({ length: Math.min(days, all - WEEK) }, (_, i) => all - Math.min(days, all - WEEK) + i);
  const askedAt = (now: number): readonly Total[] => solarAhead({ wh, irradiance, now }) ?? [];
  const midnights = new Map(tested.map((day) => [day, askedAt(day * HOURS)]));
  const ownAt = (at: number): Total | undefined => midnights.get(Math.floor(at / HOURS))?.[at % HOURS];
  const hours = tested.flatMap((day) => Array.from({ length: HOURS }, (_, hour) => day * HOURS + hour));
  const pairs = (forecastOf: (at: number) => number, from: readonly number[] = hours): Pair[] =>
    from.map((at) => ({ forecast: forecastOf(at), actual: wh[at] ?? NaN }));
  const own = pairs((at) => ownAt(at)?.meanWh ?? NaN);
  const yesterday = pairs((at) => wh[at - HOURS] ?? NaN);
  const week = (at: number): number => {
    const known = Array.from({ length: WEEK }, (_, back) => wh[at - (back + 1) * HOURS] ?? NaN).filter(
      (value) => !Number.isNaN(value),
    );
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const asked = tested.flatMap((day) => ASKED_AT.map((hour) => day * HOURS + hour));
  const left = asked.flatMap((now) => {
    const ahead = askedAt(now).slice(0, HOURS - (now % HOURS));
    return ahead.map(({ meanWh }, i) => ({ at: now + i, meanWh }));
  });
  const lit = hours.filter((at) => (ownAt(at)?.p90Wh ?? 0) + (wh[at] ?? 0) > 0);
  const held = lit.filter((at) => {
    const { p10Wh = NaN, p90Wh = NaN } = ownAt(at) ?? {};
    return p10Wh <= (wh[at] ?? NaN) && (wh[at] ?? NaN) <= p90Wh;
  });
  return {
    home: name,
    days: tested.length,
    nmae: nmaeOf(own),
    peak: peakOf(own),
    yesterday: nmaeOf(yesterday),
    yesterdayPeak: peakOf(yesterday),
    sevenDayMean: nmaeOf(pairs(week)),
    published: nmaeOf(pairs((at) => irradiance[at] ?? NaN)),
    intraday: nmaeOf(left.map(({ at, meanWh }) => ({ forecast: meanWh, actual: wh[at] ?? NaN }))),
    intradayPlain: nmaeOf(left.map(({ at }) => ({ forecast: ownAt(at)?.meanWh ?? NaN, actual: wh[at] ?? NaN }))),
    cov80: (100 * held.length) / lit.length,
  };
};
