import type { DaysReport } from '../days/report.ts';
import type { ForecastOutcome } from '../forecast/forecast-household.ts';
import type { SettleOutcome } from '../settle-outcome.ts';
import { nothing, type Tally } from './tally.ts';
import type { Gate } from './run-shard.ts';
import type { ShardState } from '../stores/runs.ts';

/** What each stage answers for one household, as figures of the run. */

const positive = (counted: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(counted).filter(([, n]) => n !== 0));

type Counted = Pick<DaysReport, 'moved' | 'derived' | 'corrected' | 'unchanged' | 'missing'>;
export const tallyOfDays = ({ moved, derived, corrected, unchanged, missing }: Counted): Tally => {
  const tally: Tally = { ...nothing(), days: positive({ derived, corrected, unchanged, missing }) };
  for (const { date, cause, ...by } of moved) tally.moved[date] = { [cause]: { households: 1, ...by } };
  return tally;
};

export const tallyOfForecast = ({ made, held }: ForecastOutcome): Tally => ({
  ...nothing(),
  forecasts: { [made]: 1 },
  foreseen: held ? { households: 1, ...held } : {},
});

const plus = (counted: Record<string, number> | undefined, name: string, n: number): Record<string, number> => ({
  ...counted,
  [name]: (counted?.[name] ?? 0) + n,
});

export const tallyOfSettlements = (outcomes: readonly SettleOutcome[]): Tally => {
  const tally = nothing();
  for (const one of outcomes) {
    const { programme, period } = one;
    const name = one.outcome === 'refused' ? `refused: ${one.code}` : one.outcome;
    tally.settled[programme] = plus(tally.settled[programme], name, 1);
    if (one.outcome === 'settled') tally.amounts = plus(tally.amounts, programme, one.amount);
    if (one.outcome === 'corrected') tally.corrections[programme] = plus(tally.corrections[programme], period, 1);
  }
  return tally;
};

/**
 * Nothing is settled on days that may still be wrong: not while the pipeline is behind, not in a shard that was not aggregated, and not for
 * the households whose day could not be derived; the others of the shard are settled.
 */
export const settleGate =
  (refusal: string | null) =>
  (shard: ShardState | undefined): Gate => {
    if (refusal !== null) return { refusal };
    const aggregate = shard?.stages.aggregate;
    const named = Object.values(aggregate?.failed ?? {}).flat();
    if (aggregate?.state === 'done' || named.length > 0) return { skip: new Set(named) };
    return { refusal: 'aggregate-not-done: the days of this shard were not derived in this attempt' };
  };
