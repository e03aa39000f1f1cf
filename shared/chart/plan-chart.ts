import { areaPath, linePath, stepPath, type Pixel } from './path.ts';
import { linear } from './scale.ts';
import { timeTicks, type TimeTick } from './time-ticks.ts';

/** What is drawn of a step of a plan. Power W, + discharges, − charges; stored Wh at the step's end; price won a kWh. */
export type PlannedStep = {
  readonly startMs: number;
  readonly batteryW: number;
  readonly carW: number;
  readonly storedWh: number;
  readonly buyWon: number;
};

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type PlanBar = {
  readonly startMs: number;
  readonly discharge: Box | undefined;
  readonly charge: Box | undefined;
  readonly car: Box | undefined;
};
type Panel = { readonly top: number; readonly bottom: number };
export type AxisTick = { readonly y: number; readonly value: number };

export type PlanChart = {
  readonly left: number;
  readonly right: number;
  readonly zeroY: number;
  readonly panels: { readonly power: Panel; readonly stored: Panel; readonly price: Panel };
  readonly bars: readonly PlanBar[];
  readonly storedLine: string;
  readonly storedArea: string;
  readonly price: string;
  readonly ticks: {
    readonly power: readonly AxisTick[];
    readonly stored: readonly AxisTick[];
    readonly price: readonly AxisTick[];
  };
  readonly timeTicks: readonly TimeTick[];
};

type Frame = { readonly width: number; readonly height: number; readonly stepMs: number };

const MARGIN = { left: 44, right: 10, top: 10, bottom: 26 };
const GAP = 22;
/** Shares of the height that three panels under each other have. */
const SHARES = { power: 0.46, stored: 0.3 };
const BAR_SHARE = 0.8;
const LEAST_W = 1000;
const LEAST_WH = 1000;

const panelsOf = (height: number): PlanChart['panels'] => {
  const room = height - MARGIN.top - MARGIN.bottom - 2 * GAP;
  const powerBottom = MARGIN.top + room * SHARES.power;
  const storedBottom = powerBottom + GAP + room * SHARES.stored;
  return {
    power: { top: MARGIN.top, bottom: powerBottom },
    stored: { top: powerBottom + GAP, bottom: storedBottom },
    price: { top: storedBottom + GAP, bottom: height - MARGIN.bottom },
  };
};

type Scale = { readonly x: (ms: number) => number; readonly y: (watts: number) => number; readonly width: number };

/** What leaves the battery stands above the line, what it and the car take hangs below, one under the other. */
const barOf = ({ startMs, batteryW, carW }: PlannedStep, { x, y, width }: Scale): PlanBar => {
  const box = (fromW: number, toW: number): Box | undefined =>
    fromW === toW
      ? undefined
      : {
          x: x(startMs) + (width * (1 - BAR_SHARE)) / 2,
          y: y(fromW),
          width: width * BAR_SHARE,
          height: y(toW) - y(fromW),
        };
  const charge = Math.min(0, batteryW);
  return { startMs, discharge: box(Math.max(0, batteryW), 0), charge: box(0, charge), car: box(charge, charge - carW) };
};

/** The geometry of a plan: power of battery and car, what is stored, and the price, over the same time. */
export const planChart = (steps: readonly PlannedStep[], { width, height, stepMs }: Frame): PlanChart => {
  const [left, right] = [MARGIN.left, width - MARGIN.right];
  const panels = panelsOf(height);
  const fromMs = steps[0]?.startMs ?? 0;
  const toMs = fromMs + Math.max(1, steps.length) * stepMs;
  const x = linear([fromMs, toMs], [left, right]);
  const upW = Math.max(0, ...steps.map(({ batteryW }) => batteryW));
  const downW = Math.max(0, ...steps.map(({ batteryW, carW }) => Math.max(0, -batteryW) + carW));
  const room = Math.max(LEAST_W, upW + downW);
  const topW = Math.max(upW, room - downW);
  const y = linear([-downW, topW], [panels.power.bottom, panels.power.top]);
  const mostWh = Math.max(LEAST_WH, ...steps.map(({ storedWh }) => storedWh));
  const storedY = linear([0, mostWh], [panels.stored.bottom, panels.stored.top]);
  const prices = steps.map(({ buyWon }) => buyWon);
  const [leastWon, mostWon] = [Math.min(...prices), Math.max(...prices)];
  const spreadWon = Math.max(10, mostWon - leastWon);
  const priceY = linear([leastWon, leastWon + spreadWon], [panels.price.bottom, panels.price.top]);
  const stored = [steps.map(({ startMs, storedWh }): Pixel => ({ x: x(startMs + stepMs), y: storedY(storedWh) }))];
  const tick = (value: number, at: (value: number) => number): AxisTick => ({ y: at(value), value });
  return {
    left,
    right,
    zeroY: y(0),
    panels,
    bars: steps.map((step) => barOf(step, { x, y, width: x(stepMs) - x(0) })),
    storedLine: linePath(stored),
    storedArea: areaPath(stored, panels.stored.bottom),
    price: stepPath(
      [steps.map(({ startMs, buyWon }): Pixel => ({ x: x(startMs), y: priceY(buyWon) }))],
      x(stepMs) - x(0),
    ),
    ticks: {
      power: [...(upW > 0 ? [tick(upW, y)] : []), tick(0, y), ...(downW > 0 ? [tick(-downW, y)] : [])],
      stored: [tick(mostWh, storedY), tick(0, storedY)],
      price: mostWon > leastWon ? [tick(mostWon, priceY), tick(leastWon, priceY)] : [tick(leastWon, priceY)],
    },
    timeTicks: timeTicks(fromMs, toMs, x),
  };
};
