import { HOUR_MS } from '@hems/models/calendar/seoul';
import { bandPath, linePath, stepPath, type Pixel } from './path.ts';
import { linear, ticksFromZero } from './scale.ts';
import { timeTicks, type TimeTick } from './time-ticks.ts';

/** Mean power of an hour in W, by what is said of it; null: nothing. */
export type ForecastHour = {
  readonly ts: number;
  readonly middle: number;
  readonly low: number;
  readonly high: number;
  readonly naive: number | null;
  readonly solar: number | null;
};
export type ActualHour = { readonly ts: number; readonly value: number | null };

export type ForecastChart = {
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly powerTicks: readonly { readonly y: number; readonly powerW: number }[];
  readonly timeTicks: readonly TimeTick[];
  readonly band: string;
  readonly expected: string;
  readonly naive: string;
  readonly solar: string;
  readonly actual: string;
};

type Frame = { readonly width: number; readonly height: number };

const MARGIN = { left: 36, right: 10, top: 14, bottom: 26 };
/** A nearly idle home must not look like a mountain range. */
const LEAST_TOP_W = 500;

/** Neighbouring hours that are known. */
const known = <T extends { readonly ts: number }>(
  hours: readonly T[],
  valueOf: (hour: T) => number | null,
  at: (ts: number, value: number) => Pixel,
): Pixel[][] => {
  const stretches: Pixel[][] = [[]];
  for (const hour of hours) {
    const value = valueOf(hour);
    if (value === null) stretches.push([]);
    else stretches.at(-1)?.push(at(hour.ts, value));
  }
  return stretches;
};

/** The geometry of hours that are expected, after those of the day that are over. Each stands in the middle of its hour. */
export const forecastChart = (
  { hours, actual }: { readonly hours: readonly ForecastHour[]; readonly actual: readonly ActualHour[] },
  { width, height }: Frame,
): ForecastChart => {
  const plot = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom };
  const starts = [...actual, ...hours].map(({ ts }) => ts);
  const [fromMs, toMs] = [Math.min(...starts), Math.max(...starts) + HOUR_MS];
  const x = linear([fromMs, toMs], [plot.left, plot.right]);
  const values = [...hours.flatMap((hour) => [hour.high, hour.solar ?? 0]), ...actual.map(({ value }) => value ?? 0)];
  const powers = ticksFromZero(Math.max(LEAST_TOP_W, ...values), 4);
  const y = linear([0, powers.at(-1) ?? LEAST_TOP_W], [plot.bottom, plot.top]);
  const middleOf = (ts: number, value: number): Pixel => ({ x: x(ts + HOUR_MS / 2), y: y(value) });
  const line = (valueOf: (hour: ForecastHour) => number | null): string =>
    linePath(known(hours, valueOf, middleOf).filter((stretch) => stretch.length > 0));
  const last = actual.at(-1);
  const now =
    last !== undefined && last.value !== null && last.ts + HOUR_MS === hours[0]?.ts
      ? [middleOf(last.ts, last.value)]
      : [];
  const steps = known(
    hours,
    ({ naive }) => naive,
    (ts, value) => ({ x: x(ts), y: y(value) }),
  );
  return {
    plot,
    powerTicks: powers.map((powerW) => ({ y: y(powerW), powerW })),
    timeTicks: timeTicks(fromMs, toMs, x),
    band: bandPath(
      hours.map(({ ts, high }) => middleOf(ts, high)),
      hours.map(({ ts, low }) => middleOf(ts, low)),
    ),
    // it goes on from what was used, where that is known up to now
    expected: linePath([[...now, ...hours.map(({ ts, middle }) => middleOf(ts, middle))]]),
    naive: stepPath(steps, x(HOUR_MS) - x(0)),
    solar: line(({ solar }) => solar),
    actual: linePath(known(actual, ({ value }) => value, middleOf).filter((stretch) => stretch.length > 0)),
  };
};
