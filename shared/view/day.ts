import { DAY_MS, HOUR_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import type { Usage, UsageInterval } from '../api/usage.ts';
import type { PowerSample } from '../chart/day-chart.ts';
import { isKnown, type Known } from '../chart/sample.ts';
import { kwhFineText } from '../format/energy.ts';
import { powerText } from '../format/power.ts';
import { clockText, momentText } from '../format/time.ts';
import type { DayTexts } from '../i18n/ko/day.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, empty, filled, type Card, type Loaded } from './card.ts';
import { SILENT_MS } from './freshness.ts';
import type { LiveState } from './live-tail.ts';

export type DayRow = {
  readonly startMs: number;
  readonly time: string;
  readonly power: string;
  readonly energy: string;
  readonly quality: string;
};
export type DayView = {
  /** right end of the chart, by the server's clock */
  readonly nowMs: number;
  /** power in W, ascending in time, broken where the record is */
  readonly samples: readonly PowerSample[];
  /** the chart in one sentence */
  readonly summary: string;
  readonly hasMeasured: boolean;
  readonly hasEstimated: boolean;
  readonly hasGap: boolean;
  /** the same as a table, newest first */
  readonly rows: readonly DayRow[];
};

export type DayWords = Words<DayTexts>;

const meanPowerW = ({ loadWh, startMs, endMs }: UsageInterval): number | null =>
  loadWh === null ? null : (loadWh * HOUR_MS) / (endMs - startMs);

const settledSample = (interval: UsageInterval): PowerSample => ({
  ts: (interval.startMs + interval.endMs) / 2,
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

const summaryOf = (known: readonly Known<PowerSample>[], nowMs: number, { t, s }: DayWords): string => {
  const least = known.reduce((a, b) => (b.value < a.value ? b : a));
  const most = known.reduce((a, b) => (b.value >= a.value ? b : a));
  const last = known.reduce((_, b) => b);
  return s.summary({
    least: powerText(least.value),
    most: powerText(most.value),
    mostAt: momentText(most.ts, nowMs, t),
    last: powerText(last.value),
    lastAt: momentText(last.ts, nowMs, t),
  });
};

const rowOf = (interval: UsageInterval, { t, s }: DayWords): DayRow => {
  const powerW = meanPowerW(interval);
  return {
    startMs: interval.startMs,
    time: clockText(interval.startMs, t),
    power: powerW === null ? s.none : powerText(powerW),
    energy: interval.loadWh === null ? s.none : `${kwhFineText(interval.loadWh)} kWh`,
    quality: t.quality[interval.quality],
  };
};

/** The last 24 hours. It changes with an answer, not with the second: keep it while `usage` and `live` stay the same. */
export const dayCard = (usage: Loaded<Usage>, live: Loaded<LiveState>, words: DayWords): Card<DayView> =>
  cardOf(usage, words.t, ({ intervals }) => {
    const nowMs = live.data?.live.now ?? usage.atMs;
    const settled = intervals.filter(({ startMs, endMs }) => endMs <= nowMs && startMs >= nowMs - DAY_MS);
    const samples = daySamples(settled, live.data?.tail ?? []);
    const known = samples.filter(isKnown);
    if (known.length === 0) return empty(words.s.empty);
    const missing = settled.filter(({ loadWh }) => loadWh === null).length;
    const content = {
      nowMs,
      samples,
      summary: summaryOf(known, nowMs, words),
      hasMeasured: known.some(({ estimated }) => !estimated),
      hasEstimated: known.some(({ estimated }) => estimated),
      hasGap: missing > 0,
      rows: settled.map((interval) => rowOf(interval, words)).toReversed(),
    };
    return filled(content, missing > 0 ? words.s.partial(missing) : undefined);
  });
