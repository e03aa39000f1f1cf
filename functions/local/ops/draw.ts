import { DAY_MS, HOUR_MS } from '@hems/models/calendar/seoul';
import { linePath, type Pixel } from '@hems/shared/chart/path';
import { ticksBetween } from '@hems/shared/chart/range-chart';
import { stretchesOf } from '@hems/shared/chart/sample';
import { linear } from '@hems/shared/chart/scale';
import { escape } from '../identity/pages.ts';
import type { DrawnChart } from './board-charts.ts';
import { dayAndTime, number, SEOUL_MS } from './words.ts';

const WIDTH = 640;
const HEIGHT = 200;
/** Above the uppermost line half of its value has room, in the largest type. */
const PLOT = { left: 76, right: WIDTH - 8, top: 18, bottom: HEIGHT - 24 };
const MOST_TIMES = 6;
const STEPS_MS = [0.25, 0.5, 1, 3, 6, 12, 24, 72].map((hours) => hours * HOUR_MS);
/** A line that differs from its neighbours by colour and by its dashes. */
export const LINE_KINDS = 8;
/** Half of the name of a time, in the largest type. */
const HALF_LABEL = 32;
/** More points than these run into each other: their line alone is drawn. */
const MOST_DOTS = 40;

const timesOf = (fromMs: number, toMs: number): { readonly ms: number; readonly text: string }[] => {
  const stepMs = STEPS_MS.find((step) => (toMs - fromMs) / step <= MOST_TIMES) ?? 3 * DAY_MS;
  const first = Math.ceil((fromMs + SEOUL_MS) / stepMs) * stepMs - SEOUL_MS;
  return Array.from({ length: Math.max(0, Math.ceil((toMs - first) / stepMs)) }, (_, index) => {
    const ms = first + index * stepMs;
    const [day, time] = dayAndTime(ms).split(' ');
    return { ms, text: (stepMs >= DAY_MS || time === '00:00' ? day?.slice(5) : time) ?? '' };
  });
};

const scaleOf = (values: readonly number[]): number[] => {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  return ticksBetween(least, most === least ? least + 1 : most);
};

const dots = (pixels: readonly Pixel[]): string => linePath(pixels.map((pixel) => [pixel]));

/** The chart as SVG, which says nothing that the text beside it does not; its classes are those of the style file. */
export const svgOf = ({ span, series }: DrawnChart, labelledBy: string): string => {
  const { fromMs, periodMs, points } = span;
  const toMs = fromMs + points * periodMs;
  const known = series.flatMap(({ values }) => values).filter((value) => value !== null);
  const ticks = scaleOf(known);
  const x = linear([fromMs, toMs], [PLOT.left, PLOT.right]);
  const y = linear([ticks[0] ?? 0, ticks.at(-1) ?? 1], [PLOT.bottom, PLOT.top]);
  const grid = ticks.map(
    (value) =>
      `<path class="grid" d="M${PLOT.left},${y(value).toFixed(1)}H${PLOT.right}"/><text class="value" x="${PLOT.left - 6}" y="${(y(value) + 4).toFixed(1)}">${escape(number(value))}</text>`,
  );
  const isWhole = ({ ms }: { readonly ms: number }): boolean => Math.abs(x(ms) - WIDTH / 2) < WIDTH / 2 - HALF_LABEL;
  const times = timesOf(fromMs, toMs)
    .filter(isWhole)
    .map(({ ms, text }) => `<text class="time" x="${x(ms).toFixed(1)}" y="${HEIGHT - 6}">${text}</text>`);
  const lines = series.map(({ values }, index) => {
    const samples = values.map((value, at) => ({ ts: fromMs + (at + 0.5) * periodMs, value }));
    const stretches = stretchesOf(samples).map((stretch) =>
      stretch.map(({ ts, value }): Pixel => ({ x: x(ts), y: y(value) })),
    );
    const kind = `k${index % LINE_KINDS}`;
    const line = `<path class="line ${kind}" d="${linePath(stretches)}"/>`;
    return points > MOST_DOTS ? line : `${line}<path class="dots ${kind}" d="${dots(stretches.flat())}"/>`;
  });
  return `<svg role="img" aria-labelledby="${labelledBy}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${[...grid, ...times, ...lines].join('')}</svg>`;
};
