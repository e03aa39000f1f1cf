import type { NotSettled } from './programme.ts';
import { settleCashback, type MonthlyUse, type Settled } from './settle.ts';

/** "You would have earned": what past periods would have paid under the rules of their own time. */
export type Simulation = {
  readonly settled: readonly Settled[];
  readonly refused: readonly (NotSettled & { readonly period: string })[];
  /** whole won or points; periods without a published price count 0 here */
  readonly total: number;
  /** what those periods would have paid at most beside it */
  readonly atMostBeside: number;
  readonly provisional: boolean;
};

/** Energy cashback over past months, the regional test taken as passed or failed throughout. */
export const simulateCashback = (
  use: MonthlyUse,
  months: readonly string[],
  regionalMeanPassed: boolean,
): Simulation => {
  const answers = months.map((period) => ({ period, answer: settleCashback(use, period, regionalMeanPassed) }));
  const settled = answers.flatMap(({ answer }) => ('reward' in answer ? [answer] : []));
  return {
    settled,
    refused: answers.flatMap(({ period, answer }) => ('reward' in answer ? [] : [{ ...answer, period }])),
    total: settled.reduce((sum, { reward }) => sum + (reward.status === 'reward' ? reward.amount : 0), 0),
    atMostBeside: settled.reduce((sum, { reward }) => sum + (reward.status === 'unpriced' ? reward.atMost : 0), 0),
    provisional: settled.some(({ reward }) => reward.provisional.length > 0),
  };
};
