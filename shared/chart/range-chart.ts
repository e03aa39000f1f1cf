import { DAY_MS, dayStart, HOUR_MS, localDate } from '@hems/models/calendar/seoul';
import { bandPath, linePath, type Pixel } from './path.ts';
import { linear } from './scale.ts';
import { stretchesOf, type Known } from './sample.ts';
import { timeTicks, type TimeTick } from './time-ticks.ts';

/** What a quantity did in one interval: its mean, between its least and its greatest; null: nothing was heard. */
export type RangePoint = {
  readonly ts: number;
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
};

export type RangeChart = {
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly ticks: readonly { readonly y: number; readonly value: number }[];
  readonly timeTicks: readonly TimeTick[];
  /** the marks are days, not hours of one */
  readonly hasDays: boolean;
  readonly line: string;
  readonly band: string;
  /** where a point stands; undefined: it is not known */
  readonly at: (index: number) => Pixel | undefined;
};

type Frame = {
  readonly width: number;
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** width of an interval */
  readonly stepMs: number;
  /** the scale holds 0: an amount, of which a small change must not look like a large one */
  readonly fromZero: boolean;
  /** the scale spans at least this */
  readonly leastSpan: number;
};

const MARGIN = { left: 52, right: 10, top: 12, bottom: 26 };
const MAX_STEPS = 4;
const STEPS = [1, 2, 5, 10];

/** Marks at whole steps that hold both values: at steps of 1, 2 or 5 times a power of ten, at most 4 or 5 of them. */
export const ticksBetween = (least: number, most: number): number[] => {
  const power = 10 ** Math.floor(Math.log10((most - least) / MAX_STEPS));
  const step = (STEPS.find((one) => one * power * MAX_STEPS >= most - least) ?? 10) * power;
  const first = Math.floor(least / step);
  const last = Math.ceil(most / step);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
};

const scaleOf = (points: readonly RangePoint[], { fromZero, leastSpan }: Frame): number[] => {
  const known = points.filter(({ value }) => value !== null);
  const lows = [...known.map(({ min }) => min), ...(fromZero ? [0] : [])];
  const highs = [...known.map(({ max }) => max), ...(fromZero ? [0] : [])];
  const [low, high] = [Math.min(...lows), Math.max(...highs)];
  if (!Number.isFinite(low)) return [0, leastSpan];
  const lacking = Math.max(0, leastSpan - (high - low));
  // An amount grows upward from 0; what has no zero keeps its middle.
  return fromZero && low >= 0 ? ticksBetween(low, high + lacking) : ticksBetween(low - lacking / 2, high + lacking / 2);
};

/** The days of a week, each in its middle; of a month each seventh, where it begins. */
const dayTicks = ({ fromMs, toMs }: Frame, x: (ms: number) => number): TimeTick[] => {
  const days = Math.round((toMs - fromMs) / DAY_MS);
  const every = days > 10 ? 7 : 1;
  const midnight = dayStart(localDate(fromMs));
  return Array.from({ length: Math.ceil(days / every) }, (_, index) => midnight + index * every * DAY_MS).map((ms) => ({
    x: x(ms + (every === 1 ? DAY_MS / 2 : 0)),
    ms,
    hour: 0,
  }));
};

/** The geometry of a quantity over a span: the line of its means in the band of its extremes. Each stands in the middle of its interval. */
export const rangeChart = (points: readonly RangePoint[], frame: Frame): RangeChart => {
  const { width, height, fromMs, toMs, stepMs } = frame;
  const plot = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom };
  const x = linear([fromMs, toMs], [plot.left, plot.right]);
  const ticks = scaleOf(points, frame);
  const y = linear([ticks[0] ?? 0, ticks.at(-1) ?? 1], [plot.bottom, plot.top]);
  const pixel = (ts: number, value: number): Pixel => ({ x: x(ts + stepMs / 2), y: y(value) });
  const hasDays = toMs - fromMs > DAY_MS;
  const stretches: Known<RangePoint>[][] = stretchesOf(points);
  return {
    plot,
    ticks: ticks.map((value) => ({ y: y(value), value })),
    timeTicks: hasDays ? dayTicks(frame, x) : timeTicks(fromMs, toMs - HOUR_MS, x),
    hasDays,
    line: linePath(stretches.map((stretch) => stretch.map(({ ts, value }) => pixel(ts, value)))),
    band: stretches
      .map((stretch) =>
        bandPath(
          stretch.map(({ ts, max }) => pixel(ts, max)),
          stretch.map(({ ts, min }) => pixel(ts, min)),
        ),
      )
      .join(''),
    at: (index) => {
      const point = points[index];
      return point === undefined || point.value === null ? undefined : pixel(point.ts, point.value);
    },
  };
};
