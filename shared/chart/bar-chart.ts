import { linear, ticksFromZero } from './scale.ts';

/** One bar and, behind it, what it is compared with; null: nothing to draw. */
export type BarValue = { readonly value: number | null; readonly compared: number | null };

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Column = {
  /** the column's whole room, where a finger may tap */
  readonly left: number;
  readonly width: number;
  readonly bar: Box | undefined;
  readonly compared: Box | undefined;
};
export type BarChart = {
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly ticks: readonly { readonly y: number; readonly value: number }[];
  readonly zeroY: number;
  readonly columns: readonly Column[];
};

type Frame = {
  readonly width: number;
  readonly height: number;
  /** the scale reaches at least this high, so that a trickle does not look like a mountain */
  readonly leastTop: number;
};

const MARGIN = { left: 52, right: 4, top: 12, bottom: 26 };
const MAX_TICKS = 4;
/** Shares of a column's room. */
const BAR_SHARE = 0.62;
const COMPARED_SHARE = 0.86;
const LEAST_BAR_PX = 1;

const ticksOf = (least: number, most: number): number[] => {
  const up = ticksFromZero(most, MAX_TICKS);
  const step = up[1] ?? most;
  const below = Math.ceil(Math.max(0, -least) / step);
  return [...Array.from({ length: below }, (_, index) => (index - below) * step), ...up];
};

/** The geometry of bars over a common zero, which lies higher where a value is negative. */
export const barChart = (bars: readonly BarValue[], { width, height, leastTop }: Frame): BarChart => {
  const plot = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom };
  const values = bars.flatMap(({ value, compared }) => [value ?? 0, compared ?? 0]);
  const ticks = ticksOf(Math.min(0, ...values), Math.max(leastTop, ...values));
  const y = linear([ticks[0] ?? 0, ticks.at(-1) ?? leastTop], [plot.bottom, plot.top]);
  const zeroY = y(0);
  const room = (plot.right - plot.left) / Math.max(1, bars.length);

  const box = (value: number | null, left: number, share: number): Box | undefined => {
    if (value === null) return undefined;
    const [top, bottom] = value < 0 ? [zeroY, y(value)] : [y(value), zeroY];
    // A value that rounds to nothing on the screen is still a value: it keeps a line.
    const drawn = Math.max(LEAST_BAR_PX, bottom - top);
    return {
      x: left + (room * (1 - share)) / 2,
      y: value < 0 ? zeroY : zeroY - drawn,
      width: room * share,
      height: drawn,
    };
  };

  return {
    plot,
    zeroY,
    ticks: ticks.map((value) => ({ y: y(value), value })),
    columns: bars.map(({ value, compared }, index) => {
      const left = plot.left + index * room;
      return { left, width: room, bar: box(value, left, BAR_SHARE), compared: box(compared, left, COMPARED_SHARE) };
    }),
  };
};
