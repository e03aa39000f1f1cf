import { DAY_MS, dayStart, HOUR_MS, localDate } from '@hems/models/calendar/seoul';
import { minMaxBuckets } from './buckets.ts';
import { areaPath, linePath, type Pixel } from './path.ts';
import { chunksBy, type Known, type Sample } from './sample.ts';
import { linear, ticksFromZero } from './scale.ts';

/** A power in W at an instant, and whether it was measured or estimated. */
export type PowerSample = Sample & { readonly estimated: boolean };

export type DayChart = {
  readonly line: string;
  readonly measuredArea: string;
  readonly estimatedArea: string;
  /** the newest value, where the line ends */
  readonly end: Pixel | undefined;
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly powerTicks: readonly { readonly y: number; readonly powerW: number }[];
  /** local hours 0, 6, 12, 18 */
  readonly hourTicks: readonly { readonly x: number; readonly hour: number }[];
};

type Frame = { readonly width: number; readonly height: number; readonly nowMs: number };

const MARGIN = { left: 36, right: 10, top: 14, bottom: 26 };
/** A nearly idle home must not look like a mountain range. */
const LEAST_TOP_W = 500;
const TICK_HOURS = 6;

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

/** Pairs of neighbours joined again into stretches of one quality: a step between two qualities counts as estimated. */
const byQuality = (stretch: readonly Known<PowerSample>[], estimated: boolean): Known<PowerSample>[][] => {
  const pairs = stretch.slice(1).flatMap((b, index) => {
    const a = stretch[index];
    return a !== undefined && (a.estimated || b.estimated) === estimated ? [{ a, b }] : [];
  });
  return chunksBy(pairs, (one, next) => one.b === next.a).map((chunk) =>
    chunk.flatMap(({ a, b }, index) => (index === 0 ? [a, b] : [b])),
  );
};

/** The geometry of the last 24 hours of power up to `nowMs`. Samples ascend in time, values in W. */
export const dayChart = (samples: readonly PowerSample[], { width, height, nowMs }: Frame): DayChart => {
  const plot = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom };
  const fromMs = nowMs - DAY_MS;
  const x = linear([fromMs, nowMs], [plot.left, plot.right]);
  const shown = samples.filter((sample) => sample.ts >= fromMs && sample.ts <= nowMs);
  const stretches = minMaxBuckets(shown, (2 * DAY_MS) / (plot.right - plot.left));

  const powers = ticksFromZero(Math.max(LEAST_TOP_W, ...stretches.flat().map((sample) => sample.value)), 4);
  const y = linear([0, powers.at(-1) ?? LEAST_TOP_W], [plot.bottom, plot.top]);
  const toPixels = (stretch: readonly Known<PowerSample>[]): Pixel[] =>
    stretch.map((sample) => ({ x: x(sample.ts), y: Math.min(plot.bottom, y(sample.value)) }));
  const area = (estimated: boolean): string =>
    areaPath(
      stretches.flatMap((stretch) => byQuality(stretch, estimated)).map((stretch) => toPixels(stretch)),
      plot.bottom,
    );

  return {
    line: linePath(stretches.map((stretch) => toPixels(stretch))),
    measuredArea: area(false),
    estimatedArea: area(true),
    end: toPixels(stretches.at(-1) ?? []).at(-1),
    plot,
    powerTicks: powers.map((powerW) => ({ y: y(powerW), powerW })),
    hourTicks: hourTicksOf(fromMs, nowMs, x),
  };
};
