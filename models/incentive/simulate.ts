import type { MonthlyUse } from './monthly-use.ts';
import type { HalfYear } from './periods.ts';
import type { NotSettled } from './programme.ts';
import type { Settled } from './reward.ts';
import { freezeCarbonHalf, isCarbonWin, settleCarbonHalf } from './settle-carbon.ts';
import { freezeCashback, settleCashback } from './settle-cashback.ts';

/** "You would have earned": what past periods would have paid under the rules of their own time. */
export type SimulatedPeriod = { readonly period: string; readonly answer: Settled | NotSettled };

export const simulateCashback = (use: MonthlyUse, months: readonly string[]): SimulatedPeriod[] =>
  months.map((period) => {
    const inputs = freezeCashback(use, period);
    return { period, answer: 'status' in inputs ? inputs : settleCashback(inputs) };
  });

/** Half-years that follow each other, oldest first: a half-year that was won counts toward the next. */
export const simulateCarbon = (use: MonthlyUse, halves: readonly HalfYear[]): SimulatedPeriod[] => {
  let wins = 0;
  return halves.map((period) => {
    const inputs = freezeCarbonHalf(use, period, wins);
    const answer = 'status' in inputs ? inputs : settleCarbonHalf(inputs);
    const isWin = 'reward' in answer && answer.reward.status === 'reward' && isCarbonWin(answer.reward);
    wins = isWin ? wins + 1 : 0;
    return { period, answer };
  });
};

/** Whole won or points; a period without a published price counts 0 in the total, and its ceiling is told beside it. */
export const totalsOf = (periods: readonly SimulatedPeriod[]): { total: number; atMostBeside: number } => {
  const rewards = periods.flatMap(({ answer }) => ('reward' in answer ? [answer.reward] : []));
  return {
    total: rewards.reduce((sum, reward) => sum + (reward.status === 'reward' ? reward.amount : 0), 0),
    atMostBeside: rewards.reduce((sum, reward) => sum + (reward.status === 'unpriced' ? reward.atMost : 0), 0),
  };
};
