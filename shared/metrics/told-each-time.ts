import type { OwnMetric } from './catalogue.ts';

/**
 * What is told each time that the clock calls, 0 where there is nothing: alarms take its silence for a fault. `infra` compares the list with
 * its alarms, `functions` with what a call tells that finds nothing to do.
 */
export const TOLD_EACH_TIME = [
  'DailyRunsMissing',
  'TariffQuartersMissing',
  'HomesPlanned',
  'PayoutsUnanswered',
  'ErasuresLate',
  'MessagesFailed',
  'WebhooksLatestMs',
  'ConnectorsFailed',
  'FleetSeen',
] as const satisfies readonly OwnMetric[];
