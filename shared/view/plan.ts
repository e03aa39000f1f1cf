import { dayStart, localDate, DAY_MS } from '@hems/models/calendar/seoul';
import type { PlanAnswer } from '../api/plan.ts';
import { kwhText } from '../format/energy.ts';
import { wonText } from '../format/money.ts';
import { powerText } from '../format/power.ts';
import { momentText } from '../format/time.ts';
import { cardOf, empty, filled, ready, type Card, type Loaded } from './card.ts';
import {
  blocksOf,
  stepRow,
  type BlockView,
  type PlanWords,
  type Step,
  type StepRow,
  type Timed,
} from './plan-steps.ts';
import { endClockText, untilText } from './until.ts';
import { wordOf } from './word.ts';

export type PlanView = {
  readonly madeAt: string;
  readonly headline: string;
  readonly saves: boolean;
  /** what it costs by the plan, and without one */
  readonly costs: readonly { readonly name: string; readonly won: string }[];
  readonly costsUntil: string;
  readonly changes: string;
  /** limits that contradict each other; undefined: the plan meets all of them */
  readonly conflicts: readonly string[] | undefined;
  /** nothing is ordered for their sake */
  readonly isSafe: boolean;
  readonly steps: readonly Step[];
  readonly stepMs: number;
  /** the chart in one sentence */
  readonly summary: string;
  readonly hasBattery: boolean;
  readonly hasCar: boolean;
  readonly blocks: readonly BlockView[];
  readonly rows: readonly StepRow[];
};

type Plan = NonNullable<PlanAnswer['plan']>;

/** Less is said to be nothing: the forecast knows no more. */
const LEAST_WON = 10;

const savingOf = (
  plan: Plan,
  until: string,
  { s }: PlanWords,
): Pick<PlanView, 'headline' | 'saves' | 'costs' | 'costsUntil'> => {
  const savedWon = plan.selfUseWon - plan.won;
  const saves = savedWon >= LEAST_WON;
  const cost = (won: number): string => (won < 0 ? s.credit(wonText(-won)) : wonText(won));
  return {
    headline: saves ? s.saving(wonText(savedWon)) : s.noSaving,
    saves,
    costs: [
      { name: s.costs.planned, won: cost(plan.won) },
      { name: s.costs.byItself, won: cost(plan.selfUseWon) },
    ],
    costsUntil: s.costs.until(until),
  };
};

const planView = (plan: Plan, { readyBy, nowMs }: Omit<Timed, 'stepMs'>, words: PlanWords): PlanView => {
  const { t, s } = words;
  const stepMs = plan.stepMinutes * 60_000;
  const steps = plan.steps.filter(({ startMs }) => startMs + stepMs > nowMs);
  const timed = { stepMs, nowMs, readyBy };
  const blocks = blocksOf(steps, timed, words);
  const stored = steps.map(({ storedWh }) => storedWh);
  const until = untilText((steps.at(-1)?.startMs ?? nowMs) + stepMs, nowMs, { t, midnight: s.midnight });
  return {
    madeAt: s.madeAt(momentText(plan.madeAtMs, nowMs, t)),
    ...savingOf(plan, until, words),
    changes: `${s.changes(plan.changes)} · ${s.changesLastDay(plan.changesLastDay)}`,
    conflicts: plan.conflicts.length > 0 ? plan.conflicts.map((limit) => wordOf(s.conflict, limit, limit)) : undefined,
    isSafe: plan.status === 'safe',
    steps,
    stepMs,
    summary: s.chart({
      until,
      blocks: blocks.length,
      low: `${kwhText(Math.min(...stored))} kWh`,
      high: `${kwhText(Math.max(...stored))} kWh`,
    }),
    hasBattery: plan.capacityWh > 0,
    hasCar: steps.some(({ carW }) => carW > 0),
    blocks,
    rows: steps.map((step) => stepRow(step, timed, words)),
  };
};

/** What battery and car are to do, or what is lacking for it. */
export const planCard = (loaded: Loaded<PlanAnswer>, words: PlanWords, nowMs: number): Card<PlanView> =>
  cardOf(loaded, words.t, ({ plan, why, automation }) => {
    const { s } = words;
    const isOver = plan?.steps.every(({ startMs }) => startMs + plan.stepMinutes * 60_000 <= nowMs);
    if (plan === null || isOver) return empty(s.why[why ?? 'no-state']);
    const view = planView(plan, { nowMs, readyBy: automation.car?.readyBy }, words);
    return filled(view, automation.isOn ? undefined : s.sketch);
  });

/** Whether there is anything that could be planned and switched on. */
export const isPlannable = ({ why }: PlanAnswer): boolean => why !== 'nothing-to-plan' && why !== 'no-consent';

export type OrderView = {
  readonly orderId: string;
  readonly what: string;
  readonly when: string;
  readonly state: string;
  readonly isFailed: boolean;
};
type Order = PlanAnswer['orders'][number];

const NOT_DONE = ['rejected', 'expired', 'failed'];

const whatOf = ({ powerW, isOn }: Order, { s }: PlanWords): string => {
  if (powerW === null) return isOn === true ? s.order.on : s.order.off;
  if (powerW === 0) return s.order.rest;
  return (powerW > 0 ? s.order.discharge : s.order.charge)(powerText(Math.abs(powerW)));
};

/** What was ordered and how it fared, newest first. */
export const ordersCard = (loaded: Loaded<PlanAnswer>, words: PlanWords, nowMs: number): Card<readonly OrderView[]> =>
  cardOf(loaded, words.t, ({ orders }) => {
    const { t, s } = words;
    if (orders.length === 0) return empty(s.noOrders);
    return ready(
      orders.map((order) => ({
        orderId: order.orderId,
        what: whatOf(order, words),
        when: s.orderUntil(momentText(order.atMs, nowMs, t), endClockText(order.untilMs, t, s.midnight)),
        state: wordOf(s.orderState, order.state, order.state),
        isFailed: NOT_DONE.includes(order.state),
      })),
    );
  });

/** Until when an override holds, in words; undefined: the plan is not set aside. */
export const overrideText = ({ override }: PlanAnswer, { t, s }: PlanWords, nowMs: number): string | undefined =>
  override === null || override.untilMs <= nowMs
    ? undefined
    : s.overridden(s.mode[override.mode], untilText(override.untilMs, nowMs, { t, midnight: s.midnight }));

export const LENGTHS = ['hour', 'three-hours', 'midnight', 'day'] as const;
export type Length = (typeof LENGTHS)[number];

const LEAST_MINUTES = 10;

/** The minutes of a length of time that was chosen by name. */
export const minutesOf = (length: Length, nowMs: number): number => {
  if (length === 'hour') return 60;
  if (length === 'three-hours') return 180;
  if (length === 'day') return 1440;
  const midnightMs = dayStart(localDate(nowMs)) + DAY_MS;
  return Math.max(LEAST_MINUTES, Math.ceil((midnightMs - nowMs) / 60_000));
};
