import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { missingNextQuarter } from '@hems/models/tariff/next-quarter';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { readShardStates, type ShardState } from '../stores/runs.ts';

export type Readiness = {
  /** tariffs without a row for the next quarter */
  readonly tariffs: readonly string[];
  /** whether the run made no forecast although it should have */
  readonly noForecasts: boolean;
};

/** Made now, or said before. */
const forecastsOf = ({ stages: { forecast } }: ShardState): number => {
  const { forecast: made = 0, usual = 0, unchanged = 0 } = forecast?.tally.forecasts ?? {};
  return made + usual + unchanged;
};

/** Homes were there, and their forecasts failed or were never begun. Homes that do not agree to one, or are too new, are no failure. */
const leftOut = ({ stages: { aggregate, forecast } }: ShardState): boolean =>
  (aggregate?.households ?? 0) > 0 && forecast?.state !== 'done';

/** What will be missed tomorrow if nobody does anything today. A day without any run is told by `checkRun`. */
export const checkReadiness = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  date: LocalDate,
): Promise<Readiness> => {
  const shards = [...(await readShardStates(table, date)).values()];
  return {
    tariffs: missingNextQuarter(localDate(clock.now())),
    noForecasts: shards.every((shard) => forecastsOf(shard) === 0) && shards.some(leftOut),
  };
};
