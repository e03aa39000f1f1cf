import type { Baseline } from '../baseline/baseline.ts';
import type { SettlementInputs } from '../incentive/inputs.ts';
import { monthsOfHalf } from '../incentive/periods.ts';
import { settleInputs } from '../incentive/settle.ts';
import { worst, type Quality } from '../reading/quality.ts';

/** A saving as an office may rely on it: by its frozen inputs alone, against a named baseline. Energy whole Wh. */
export type VerifiedSaving = {
  /** saved and used Wh are of the hours of the event, or of the month or half-year */
  readonly baselineWh: number;
  readonly usedWh: number;
  /** negative: more was used than the baseline says */
  readonly savedWh: number;
  /** of the baseline; null: its history is too short to say */
  readonly interval: Baseline['interval'];
  readonly method: string;
  readonly methodVersion: number;
  /** the worst of what was used and of the baseline */
  readonly quality: Quality;
};

type Use = { readonly wh: number; readonly quality: Quality };

const usesOf = (inputs: SettlementInputs): readonly (Use | undefined)[] => {
  if (inputs.programme === 'energy-cashback') return [inputs.use[inputs.period]];
  if (inputs.programme === 'carbon-points-energy') return monthsOfHalf(inputs.period).map((month) => inputs.use[month]);
  return inputs.hours.map(({ actual }) => actual);
};

/** Throws where the inputs are not those of a settled period. */
export const verifiedSaving = (inputs: SettlementInputs): VerifiedSaving => {
  const answer = settleInputs(inputs);
  if (!('reward' in answer))
    throw new RangeError(`${inputs.programme} ${inputs.period}: ${answer.code}, ${answer.detail}`);
  const { wh: baselineWh, method, version: methodVersion, interval, quality } = answer.baseline;
  const uses = usesOf(inputs).flatMap((use) => (use ? [use] : []));
  const usedWh = uses.reduce((sum, { wh }) => sum + wh, 0);
  return {
    baselineWh,
    usedWh,
    savedWh: baselineWh - usedWh,
    interval,
    method,
    methodVersion,
    quality: worst([quality, ...uses.map((use) => use.quality)]),
  };
};
