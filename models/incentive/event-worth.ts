import { asNumber, exactly, plus, times, wonFor, type ExactWh } from '../baseline/exact-wh.ts';
import { worst } from '../reading/quality.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { EventOutcome } from './event-outcome.ts';
import { targetCut } from './events.ts';
import type { EventInputs } from './inputs.ts';
import { versionNamed, type NotSettled, type Unit } from './programme.ts';
import { APARTMENT_MISSION, HOME_TARGET, NATIONAL_DR } from './rows/events.ts';
import { eventBaselines, settleEvent } from './settle-event.ts';

/** By the function that settles: with the same inputs the provisional result is the final one. */
export const outcomeOf = (inputs: EventInputs, atMs: number): EventOutcome => {
  const answer = settleEvent(inputs);
  if ('status' in answer) return { status: 'unknown', atMs, code: answer.code };
  const { reward, baseline } = answer;
  if (reward.status === 'unpriced') return { status: 'unknown', atMs, code: 'unpriced' };
  const uses = inputs.hours.flatMap(({ actual }) => actual ?? []);
  const importWh = uses.reduce((sum, { wh }) => sum + wh, 0);
  return {
    status: 'known',
    atMs,
    importWh,
    baselineWh: baseline.wh,
    savedWh: baseline.wh - importWh,
    method: `${baseline.method}/${baseline.version}`,
    quality: worst([baseline.quality, ...uses.map((use) => use.quality)]),
    unit: reward.unit,
    amount: reward.amount,
  };
};

/**
 * Cuts between which an event is announced to be worth something: about a tenth by homes that were only told, about two fifths by
 * those that joined (Centre for Net Zero 2024).
 */
const USUAL_CUT_PERCENT = { low: 10, high: 40 } as const;

/** What an event is worth to a home before it begins. `targetWh`: the cut that earns it; null: every Wh below the baseline counts. */
export type EventEstimate = {
  readonly status: 'known';
  readonly baselineWh: number;
  readonly targetWh: number | null;
  readonly unit: Unit;
  readonly low: number;
  readonly high: number;
};

const wholeWh = (wh: ExactWh): number => Math.round(asNumber(wh));
const sumOf = (hours: readonly { readonly baseline: Baseline }[]): ExactWh =>
  hours.map(({ baseline }) => baseline.expected).reduce(plus, exactly(0));

const wonOf = (inputs: EventInputs, baseline: ExactWh): EventEstimate | NotSettled => {
  const version = versionNamed(NATIONAL_DR, inputs.version);
  if ('status' in version) return version;
  const won = (percent: number): number => wonFor(times(baseline, percent, 100), version.rule.wonPerKwh);
  const { low, high } = USUAL_CUT_PERCENT;
  return {
    status: 'known',
    baselineWh: wholeWh(baseline),
    targetWh: null,
    unit: 'won',
    low: won(low),
    high: won(high),
  };
};

type Points = { readonly baseline: ExactWh; readonly target: ExactWh; readonly points: number };
const pointsOf = ({ baseline, target, points }: Points): EventEstimate => ({
  status: 'known',
  baselineWh: wholeWh(baseline),
  // the share must be reached: a part of a Wh less is not enough
  targetWh: Math.ceil(asNumber(target)),
  unit: 'points',
  low: points,
  high: points,
});

/** From the inputs as they are known before the event; the use of the event itself is not looked at. */
export const estimateOf = (inputs: EventInputs): EventEstimate | NotSettled => {
  const hours = eventBaselines(inputs);
  if ('status' in hours) return hours;
  const baseline = sumOf(hours);
  if (inputs.programme === 'national-dr') return wonOf(inputs, baseline);
  if (inputs.programme === 'apartment-mission') {
    const version = versionNamed(APARTMENT_MISSION, inputs.version);
    if ('status' in version) return version;
    const { minCutBasisPoints, pointsPerSuccess, paidSuccessesPerYear } = version.rule;
    const points = inputs.successesBefore < paidSuccessesPerYear ? pointsPerSuccess : 0;
    return pointsOf({ baseline, target: times(baseline, minCutBasisPoints, 10_000), points });
  }
  const version = versionNamed(HOME_TARGET, inputs.version);
  if ('status' in version) return version;
  return pointsOf({ baseline, target: targetCut(version, baseline), points: inputs.points });
};
