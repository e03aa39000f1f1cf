import { log } from '../runtime/log.ts';
import { measure } from '../runtime/metrics.ts';
import { clock, table } from '../runtime/ports.ts';
import { scheduleTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { checkReadiness } from '../use-cases/runs/check-readiness.ts';

/** Looks in the morning for what nobody has done yet and everybody would miss. */
export const handler = step(scheduleTask, async ({ yesterday }) => {
  const { tariffs, noForecasts } = await checkReadiness({ table: await table(), clock: await clock() }, yesterday);
  measure('TariffQuartersMissing', tariffs.length);
  measure('ForecastsMissing', noForecasts ? 1 : 0);
  if (tariffs.length > 0) log.error('tariffs lack a row for the next quarter', { tariffs });
  if (noForecasts) log.error('no forecast was made', { date: yesterday });
});
