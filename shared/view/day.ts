import { DAY_MS, HOUR_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import type { Forecast } from '../api/forecast.ts';
import type { Usage, UsageInterval } from '../api/usage.ts';
import { AHEAD_MS, type ExpectedHour, type PowerSample } from '../chart/day-chart.ts';
import { isKnown, type Known, type Sample } from '../chart/sample.ts';
import { powerRange } from '../format/power-range.ts';
import { powerText } from '../format/power.ts';
import { clockText, momentText } from '../format/time.ts';
import type { DayTexts } from '../i18n/ko/day.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, empty, filled, type Card, type Loaded } from './card.ts';
import { SILENT_MS } from './freshness.ts';
import type { LiveState } from './live-tail.ts';
import { hourSpan, madeAt } from './next-hour.ts';

export type DayRow = {
  readonly startMs: number;
  readonly time: string;
  readonly power: string;
  readonly before: string;
  readonly quality: string;
};
export type DayView = {
  /** right end of the record, by the server's clock */
  readonly nowMs: number;
  /** power in W, ascending in time, broken where the record is */
  readonly samples: readonly PowerSample[];
  /** the day before, moved to the same hours */
  readonly before: readonly Sample[];
  /** hours to come; empty where nothing is forecast */
  readonly expected: readonly ExpectedHour[];
  /** the hour that runs, in a sentence */
  readonly next: string | undefined;
  /** the chart in one sentence */
  readonly summary: string;
  readonly hasMeasured: boolean;
  readonly hasEstimated: boolean;
  readonly hasGap: boolean;
  /** the same as a table, newest first; hours to come before quarter hours */
  readonly rows: readonly DayRow[];
};

export type DayWords = Words<DayTexts>;

const meanPowerW = ({ loadWh, startMs, endMs }: UsageInterval): number | null =>
  loadWh === null ? null : (loadWh * HOUR_MS) / (endMs - startMs);

const middleMs = ({ startMs, endMs }: UsageInterval): number => (startMs + endMs) / 2;

const settledSample = (interval: UsageInterval): PowerSample => ({
  ts: middleMs(interval),
  value: meanPowerW(interval),
  estimated: interval.quality !== 'good',
});

/** Quarter hours stand in their middle; the newest one is followed by live values at most this much later. */
const JOIN_MS = 1.5 * SLOT_MS + SILENT_MS;

const withBreak = (before: PowerSample | undefined, next: PowerSample, limitMs: number): PowerSample[] =>
  before !== undefined && next.ts - before.ts > limitMs ? [{ ...next, value: null }, next] : [next];

/** The settled quarter hours, then the live values of the time they do not cover yet. */
const daySamples = (settled: readonly UsageInterval[], tail: readonly PowerSample[]): PowerSample[] => {
  const coveredMs = settled.findLast(({ loadWh }) => loadWh !== null)?.endMs ?? Number.NEGATIVE_INFINITY;
  const fresh = tail.filter((sample) => sample.ts >= coveredMs);
  const [first] = fresh;
  const means = settled.map(settledSample).filter((sample) => first === undefined || sample.ts < first.ts);
  const live = fresh.flatMap((sample, index) =>
    index === 0 ? withBreak(means.at(-1), sample, JOIN_MS) : withBreak(fresh[index - 1], sample, SILENT_MS),
  );
  return [...means, ...live];
};

/** The hours that run or come within the chart, and the one it ends in. */
const expectedHours = (forecast: Forecast | undefined, nowMs: number): ExpectedHour[] =>
  forecast?.status === 'ready'
    ? forecast.hours
        .filter(({ ts }) => ts + HOUR_MS > nowMs && ts <= nowMs + AHEAD_MS)
        .map(({ ts, p50Wh, p10Wh, p90Wh }) => ({ ts, middle: p50Wh, low: p10Wh, high: p90Wh }))
    : [];

const nextText = (hours: readonly ExpectedHour[], hourMs: number, { t, s }: DayWords): string | undefined => {
  const hour = hours.find(({ ts }) => ts === hourMs);
  if (hour === undefined) return undefined;
  const { text, unit } = powerRange({ middle: hour.middle, high: hour.high });
  return s.next({ when: hourSpan(hour.ts, t), power: `${text('middle')} ${unit}` });
};

const noteOf = (missing: number, made: string | undefined, s: DayTexts): string | undefined => {
  const notes = [...(missing > 0 ? [s.partial(missing)] : []), ...(made === undefined ? [] : [s.old(made)])];
  return notes.length > 0 ? notes.join(' ') : undefined;
};

type Shown = {
  readonly known: readonly Known<PowerSample>[];
  readonly expected: readonly ExpectedHour[];
  readonly nowMs: number;
};

const summaryOf = ({ known, expected, nowMs }: Shown, { t, s }: DayWords): string => {
  const least = known.reduce((a, b) => (b.value < a.value ? b : a));
  const most = known.reduce((a, b) => (b.value >= a.value ? b : a));
  const last = known.reduce((_, b) => b);
  const past = s.summary({
    least: powerText(least.value),
    most: powerText(most.value),
    mostAt: momentText(most.ts, nowMs, t),
    last: powerText(last.value),
    lastAt: momentText(last.ts, nowMs, t),
  });
  if (expected.length === 0) return past;
  const low = powerText(Math.min(...expected.map((hour) => hour.low)));
  const high = powerText(Math.max(...expected.map((hour) => hour.high)));
  return `${past} ${s.summaryAhead({ low, high })}`;
};

const wattsText = (watts: number | null | undefined, s: DayTexts): string =>
  watts === null || watts === undefined ? s.none : powerText(watts);

type Before = ReadonlyMap<number, UsageInterval>;

const quarterRow = (interval: UsageInterval, before: Before, { t, s }: DayWords): DayRow => {
  const earlier = before.get(interval.startMs - DAY_MS);
  return {
    startMs: interval.startMs,
    time: clockText(interval.startMs, t),
    power: wattsText(meanPowerW(interval), s),
    before: wattsText(earlier && meanPowerW(earlier), s),
    quality: t.quality[interval.quality],
  };
};

/** The mean power of the same hour the day before; not known where a part of it is not. */
const hourBefore = (ts: number, before: Before): number | null => {
  const quarters = [0, 1, 2, 3].map((quarter) => before.get(ts - DAY_MS + quarter * SLOT_MS)?.loadWh ?? null);
  return quarters.reduce((sum, wh) => (sum === null || wh === null ? null : sum + wh), 0);
};

const hourRow = ({ ts, middle, low, high }: ExpectedHour, before: Before, { t, s }: DayWords): DayRow => {
  const { text, unit } = powerRange({ low, high });
  return {
    startMs: ts,
    time: s.hourFrom(clockText(ts, t)),
    power: powerText(middle),
    before: wattsText(hourBefore(ts, before), s),
    quality: s.expected(`${text('low')}–${text('high')} ${unit}`),
  };
};

/** Power of the quarter hours from 24 hours before the chart to the end of its look ahead, moved by a day. */
const beforeSamples = (before: Before, nowMs: number): Sample[] =>
  [...before.values()]
    .filter(({ startMs, endMs }) => startMs >= nowMs - 2 * DAY_MS && endMs <= nowMs - DAY_MS + AHEAD_MS)
    .map((interval) => ({ ts: middleMs(interval) + DAY_MS, value: meanPowerW(interval) }))
    .toSorted((a, b) => a.ts - b.ts);

export type DayAsked = {
  /** quarter hours of today and yesterday */
  readonly usage: Loaded<Usage>;
  /** those of the day before yesterday */
  readonly earlier: Usage | undefined;
  readonly live: Loaded<LiveState>;
  /** undefined where none may be told: it holds up nothing */
  readonly forecast: Forecast | undefined;
  /** start of the hour that runs by the clock, which the answers may be behind */
  readonly hourMs: number;
};

/**
 * The last 24 hours, the day before them and the 6 hours after them. It changes with an answer, not with the second: keep it while
 * what is asked of it stays the same.
 */
export const dayCard = ({ usage, earlier, live, forecast, hourMs }: DayAsked, words: DayWords): Card<DayView> =>
  cardOf(usage, words.t, ({ intervals }) => {
    const nowMs = live.data?.live.now ?? usage.atMs;
    const settled = intervals.filter(({ startMs, endMs }) => endMs <= nowMs && startMs >= nowMs - DAY_MS);
    const samples = daySamples(settled, live.data?.tail ?? []);
    const known = samples.filter(isKnown);
    if (known.length === 0) return empty(words.s.empty);
    const missing = settled.filter(({ loadWh }) => loadWh === null).length;
    const before = new Map([...(earlier?.intervals ?? []), ...intervals].map((one) => [one.startMs, one]));
    const expected = expectedHours(forecast, nowMs);
    const made = expected.length > 0 && forecast ? madeAt(forecast, Math.max(nowMs, hourMs), words.t) : undefined;
    const content = {
      nowMs,
      samples,
      before: beforeSamples(before, nowMs),
      expected,
      next: nextText(expected, hourMs, words),
      summary: summaryOf({ known, expected, nowMs }, words),
      hasMeasured: known.some(({ estimated }) => !estimated),
      hasEstimated: known.some(({ estimated }) => estimated),
      hasGap: missing > 0,
      rows: [
        ...expected.map((hour) => hourRow(hour, before, words)),
        ...settled.map((interval) => quarterRow(interval, before, words)),
      ].toSorted((a, b) => b.startMs - a.startMs),
    };
    return filled(content, noteOf(missing, made, words.s));
  });
