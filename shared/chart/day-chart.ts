import { DAY_MS, dayStart, HOUR_MS, localDate } from '@hems/models/calendar/seoul';
import { minMaxBuckets } from './buckets.ts';
import { areaPath, bandPath, linePath, type Pixel } from './path.ts';
import type { Known, Sample } from './sample.ts';
import { linear, ticksFromZero } from './scale.ts';

/** A power in W at an instant, and whether it was measured or estimated. */
export type PowerSample = Sample & { readonly estimated: boolean };

/** What an hour to come is expected to take, W: the middle value, and the range of 8 in 10. */
export type ExpectedHour = {
  readonly ts: number;
  readonly middle: number;
  readonly low: number;
  readonly high: number;
};

/** Each ascends in time. */
export type DaySeries = {
  readonly samples: readonly PowerSample[];
  /** the day before, moved to the same hours of today */
  readonly before: readonly Sample[];
  readonly expected: readonly ExpectedHour[];
};

export type DayChart = {
  readonly line: string;
  readonly measuredArea: string;
  readonly estimatedArea: string;
  readonly before: string;
  readonly expected: string;
  readonly band: string;
  /** the newest value, where the line ends */
  readonly end: Pixel | undefined;
  /** where the hours to come begin; undefined: nothing is said of them */
  readonly nowX: number | undefined;
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly powerTicks: readonly { readonly y: number; readonly powerW: number }[];
  /** local hours 0, 6, 12, 18 */
  readonly hourTicks: readonly { readonly x: number; readonly hour: number }[];
};

type Frame = { readonly width: number; readonly height: number; readonly nowMs: number };

/** So far the chart looks ahead. */
export const AHEAD_MS = 6 * HOUR_MS;

const MARGIN = { left: 36, right: 10, top: 14, bottom: 26 };
/** A nearly idle home must not look like a mountain range. */
const LEAST_TOP_W = 500;
const TICK_HOURS = 6;
/** A value older than this is not the beginning of what is to come. */
const JOIN_MS = HOUR_MS;

const hourTicksOf = (fromMs: number, toMs: number, x: (ms: number) => number): DayChart['hourTicks'] => {
  const tickMs = TICK_HOURS * HOUR_MS;
  const midnight = dayStart(localDate(fromMs));
  const first = midnight + Math.ceil((fromMs - midnight) / tickMs) * tickMs;
  const count = Math.floor((toMs - first) / tickMs) + 1;
  return Array.from({ length: count }, (_, index) => first + index * tickMs).map((ms) => ({
    x: x(ms),
    hour: ((ms - midnight) / HOUR_MS) % 24,
  }));
};

type Areas = { readonly measured: Pixel[][]; readonly estimated: Pixel[][] };

/** The neighbours of each stretch by their quality: a step between two qualities counts as estimated. */
const byQuality = (stretches: readonly Known<PowerSample>[][], drawn: readonly Pixel[][]): Areas => {
  const areas: Areas = { measured: [], estimated: [] };
  for (const [at, stretch] of stretches.entries()) {
    const pixels = drawn[at] ?? [];
    let from = 0;
    for (let index = 1; index < stretch.length; index += 1) {
      const isEstimated = steps(stretch, index);
      if (index + 1 < stretch.length && steps(stretch, index + 1) === isEstimated) continue;
      areas[isEstimated ? 'estimated' : 'measured'].push(pixels.slice(from, index + 1));
      from = index;
    }
  }
  return areas;
};
/** Whether the step to a value begins or ends at an estimate. */
const steps = (stretch: readonly PowerSample[], to: number): boolean =>
  stretch[to - 1]?.estimated === true || stretch[to]?.estimated === true;

/** The part of a series within two instants, both included. */
const within = <S extends Sample>(samples: readonly S[], fromMs: number, toMs: number): readonly S[] => {
  const first = samples.findIndex(({ ts }) => ts >= fromMs);
  const last = samples.findLastIndex(({ ts }) => ts <= toMs);
  return first === -1 ? [] : samples.slice(first, last + 1);
};

type Point = Omit<ExpectedHour, 'ts'> & { readonly ms: number };

const between = (a: Point, b: Point, ms: number): Point => {
  const at = linear([a.ms, b.ms], [0, 1])(ms);
  const mix = (one: number, other: number): number => one + (other - one) * at;
  return { ms, middle: mix(a.middle, b.middle), low: mix(a.low, b.low), high: mix(a.high, b.high) };
};

/** The hours to come as points in their middles, from the newest value on, cut where the chart ends. */
const expectedPoints = (
  expected: readonly ExpectedHour[],
  last: Known<PowerSample> | undefined,
  { nowMs, toMs }: { readonly nowMs: number; readonly toMs: number },
): Point[] => {
  const middles = expected
    .map(({ ts, middle, low, high }): Point => ({ ms: ts + HOUR_MS / 2, middle, low, high }))
    .filter(({ ms }) => ms > nowMs);
  const joins = last !== undefined && nowMs - last.ts <= JOIN_MS;
  const start = joins ? [{ ms: last.ts, middle: last.value, low: last.value, high: last.value }] : [];
  const points = [...start, ...middles];
  const over = points.findIndex(({ ms }) => ms > toMs);
  const [inside, outside] = [points[over - 1], points[over]];
  return inside && outside ? [...points.slice(0, over), between(inside, outside, toMs)] : points;
};

/**
 * The geometry of the last 24 hours of power up to `nowMs`, with the day before behind them and, where something is expected, the
 * 6 hours after them. Values in W; the height fits what is drawn.
 */
export const dayChart = (series: DaySeries, { width, height, nowMs }: Frame): DayChart => {
  const plot = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom };
  const hasAhead = series.expected.length > 0;
  const [fromMs, toMs] = [nowMs - DAY_MS, hasAhead ? nowMs + AHEAD_MS : nowMs];
  const x = linear([fromMs, toMs], [plot.left, plot.right]);
  // two pixels wide: what is thinner than that cannot be seen
  const columnMs = (2 * (toMs - fromMs)) / (plot.right - plot.left);
  const shownUntil = <S extends Sample>(samples: readonly S[], untilMs: number): Known<S>[][] =>
    minMaxBuckets(within(samples, fromMs, untilMs), columnMs);
  const stretches = shownUntil(series.samples, nowMs);
  const before = shownUntil(series.before, toMs);
  const last = stretches.at(-1)?.at(-1);
  const points = expectedPoints(series.expected, last, { nowMs, toMs });

  const values = [...[...stretches, ...before].flat().map(({ value }) => value), ...points.map(({ high }) => high)];
  const powers = ticksFromZero(Math.max(LEAST_TOP_W, ...values), 4);
  const y = linear([0, powers.at(-1) ?? LEAST_TOP_W], [plot.bottom, plot.top]);
  const at = (ms: number, value: number): Pixel => ({ x: x(ms), y: Math.min(plot.bottom, y(value)) });
  const toPixels = (run: readonly Known[][]): Pixel[][] =>
    run.map((stretch) => stretch.map(({ ts, value }) => at(ts, value)));
  const past = toPixels(stretches);
  const areas = byQuality(stretches, past);
  const ahead = (valueOf: (point: Point) => number): Pixel[] => points.map((point) => at(point.ms, valueOf(point)));

  return {
    line: linePath(past),
    measuredArea: areaPath(areas.measured, plot.bottom),
    estimatedArea: areaPath(areas.estimated, plot.bottom),
    before: linePath(toPixels(before)),
    expected: linePath([ahead(({ middle }) => middle)]),
    band: bandPath(
      ahead(({ high }) => high),
      ahead(({ low }) => low),
    ),
    end: last && at(last.ts, last.value),
    nowX: hasAhead ? x(nowMs) : undefined,
    plot,
    powerTicks: powers.map((powerW) => ({ y: y(powerW), powerW })),
    hourTicks: hourTicksOf(fromMs, toMs, x),
  };
};
