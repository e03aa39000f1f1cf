import { modeOf, type Mode } from '@hems/models/plan/reasons';
import type { PlanAnswer } from '../api/plan.ts';
import { kwhText } from '../format/energy.ts';
import { groupedText } from '../format/number.ts';
import { powerText } from '../format/power.ts';
import { momentText } from '../format/time.ts';
import type { PlanTexts } from '../i18n/ko/plan.ts';
import type { Words } from '../i18n/texts.ts';
import { endClockText } from './until.ts';
import { wordOf } from './word.ts';

export type PlanWords = Words<PlanTexts>;
type Plan = NonNullable<PlanAnswer['plan']>;
export type Step = Plan['steps'][number];

/** What the battery or the car does over some steps, and why. */
export type BlockView = {
  readonly startMs: number;
  readonly when: string;
  readonly isNow: boolean;
  readonly what: 'charge' | 'discharge' | 'rest' | 'car';
  readonly name: string;
  readonly power: string | undefined;
  readonly reason: string;
  /** in the battery at its end */
  readonly stored: string | undefined;
};
export type StepRow = {
  readonly startMs: number;
  readonly time: string;
  readonly battery: string;
  readonly car: string;
  readonly grid: string;
  readonly stored: string;
  readonly price: string;
  readonly reason: string;
};

export type Timed = {
  readonly stepMs: number;
  readonly nowMs: number;
  /** by when the car is to be ready */
  readonly readyBy: string | undefined;
};

/** Neighbours that do the same for the same reason. */
const runsOf = (steps: readonly Step[], keyOf: (step: Step) => string): Step[][] => {
  const runs: Step[][] = [];
  for (const step of steps) {
    const last = runs.at(-1)?.[0];
    if (last !== undefined && keyOf(last) === keyOf(step)) runs.at(-1)?.push(step);
    else runs.push([step]);
  }
  return runs;
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const spanOf = (run: readonly Step[], { stepMs, nowMs }: Timed, { t, s }: PlanWords) => {
  const startMs = run[0]?.startMs ?? 0;
  const endMs = (run.at(-1)?.startMs ?? 0) + stepMs;
  return {
    startMs,
    when: `${momentText(startMs, nowMs, t)} – ${endClockText(endMs, t, s.midnight)}`,
    isNow: startMs <= nowMs && nowMs < endMs,
  };
};

const batteryBlock = (run: readonly Step[], timed: Timed, words: PlanWords): BlockView => {
  const { s } = words;
  const last = run.at(-1);
  const what: Mode = modeOf({ batteryW: last?.batteryW ?? 0 });
  const reason = last?.reason ?? '';
  return {
    ...spanOf(run, timed, words),
    what,
    name: s.block[what],
    power: what === 'rest' ? undefined : powerText(Math.abs(meanOf(run.map(({ batteryW }) => batteryW)))),
    reason: wordOf(s.reason, reason, s.unknownReason),
    stored: reason === NO_BATTERY ? undefined : s.stored(kwhText(last?.storedWh ?? 0)),
  };
};

const carBlock = (run: readonly Step[], timed: Timed, words: PlanWords): BlockView => ({
  ...spanOf(run, timed, words),
  what: 'car',
  name: words.s.block.car,
  power: powerText(meanOf(run.map(({ carW }) => carW))),
  reason: timed.readyBy === undefined ? words.s.unknownReason : words.s.carReason(timed.readyBy),
  stored: undefined,
});

const NO_BATTERY = 'no-battery';

/** What happens when, in the order of time; a home without a battery has only its car. */
export const blocksOf = (steps: readonly Step[], timed: Timed, words: PlanWords): BlockView[] => {
  const battery = runsOf(steps, (step) => `${modeOf(step)} ${step.reason}`)
    .filter(([first]) => first?.reason !== NO_BATTERY)
    .map((run) => batteryBlock(run, timed, words));
  const car = runsOf(steps, ({ carW }) => String(carW > 0))
    .filter(([first]) => (first?.carW ?? 0) > 0)
    .map((run) => carBlock(run, timed, words));
  return [...battery, ...car].toSorted((a, b) => a.startMs - b.startMs);
};

const batteryText = (step: Step, { s }: PlanWords): string => {
  const mode = modeOf(step);
  return mode === 'rest' ? s.battery.rest : s.battery[mode](powerText(Math.abs(step.batteryW)));
};

const gridText = ({ gridW }: Step, { s }: PlanWords): string => {
  if (gridW === 0) return s.grid.none;
  return (gridW > 0 ? s.grid.draws : s.grid.feeds)(powerText(Math.abs(gridW)));
};

/** A step as a line of the chart's table twin. */
export const stepRow = (step: Step, { nowMs }: Timed, words: PlanWords): StepRow => {
  const { t, s } = words;
  return {
    startMs: step.startMs,
    time: momentText(step.startMs, nowMs, t),
    battery: batteryText(step, words),
    car: powerText(step.carW),
    grid: gridText(step, words),
    stored: `${kwhText(step.storedWh)} kWh`,
    price: s.price(groupedText(step.buyWon, 0)),
    reason: wordOf(s.reason, step.reason, s.unknownReason),
  };
};
