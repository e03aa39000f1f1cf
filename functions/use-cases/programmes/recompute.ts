import * as z from 'zod';
import { challengeInputs, challengeTotal } from '@hems/models/community/challenge';
import { settlementInputs } from '@hems/models/incentive/inputs';
import type { RewardLine } from '@hems/models/incentive/reward';
import { COMMUNITY_CHALLENGE } from '@hems/models/incentive/rows/community';
import { settleInputs } from '@hems/models/incentive/settle';

type Recomputed = { readonly total: number; readonly lines: readonly RewardLine[] };

const challenge = (inputs: unknown): Recomputed => {
  const total = challengeTotal(z.parse(challengeInputs, inputs));
  return { total, lines: [{ item: 'challenge', amount: total }] };
};

/**
 * What a period is worth by the inputs frozen with its ledger entry. An entry is settled with this figure, so its evidence gives
 * the same figure again. Throws where the inputs are not those of a settled period of the programme.
 */
export const recompute = (programme: string, inputs: unknown): Recomputed => {
  if (programme === COMMUNITY_CHALLENGE.id) return challenge(inputs);
  const parsed = z.parse(settlementInputs, inputs);
  if (parsed.programme !== programme)
    throw new RangeError(`the inputs are of ${parsed.programme}, the entry is of ${programme}`);
  const answer = settleInputs(parsed);
  if (!('reward' in answer)) throw new RangeError(`${programme} ${parsed.period}: ${answer.code}, ${answer.detail}`);
  if (answer.reward.status === 'unpriced')
    throw new RangeError(`${programme} ${parsed.period}: ${answer.reward.version} has no published price`);
  return { total: answer.reward.amount, lines: answer.reward.lines };
};
