import type { SettlementInputs } from './inputs.ts';
import type { NotSettled } from './programme.ts';
import type { Settled } from './reward.ts';
import { settleCarbonHalf } from './settle-carbon.ts';
import { settleCashback } from './settle-cashback.ts';
import { settleEvent } from './settle-event.ts';

/** What a period is worth by its frozen inputs, and by nothing else: to settle, to simulate and to audit it is this one function. */
export const settleInputs = (inputs: SettlementInputs): Settled | NotSettled => {
  if (inputs.programme === 'energy-cashback') return settleCashback(inputs);
  if (inputs.programme === 'carbon-points-energy') return settleCarbonHalf(inputs);
  return settleEvent(inputs);
};
