import { log } from '../runtime/log.ts';
import { measure } from '../runtime/metrics.ts';
import { clock, table } from '../runtime/ports.ts';
import { runTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import type { ForecastFigures } from '../use-cases/runs/forecast-figures.ts';
import { reportRun } from '../use-cases/runs/report-run.ts';

/** By what they are called in the report; a day of which too little was foreseen has none. */
const tellForecasts = ({ accuracy, naiveAccuracy, within80, usualShare }: ForecastFigures): void => {
  if (accuracy !== undefined) measure('ForecastAccuracy', accuracy);
  if (naiveAccuracy !== undefined) measure('ForecastNaiveAccuracy', naiveAccuracy);
  if (within80 !== undefined) measure('ForecastWithin80', within80);
  if (usualShare !== undefined) measure('ForecastUsualShare', usualShare);
};

export const handler = step(runTask, async (task) => {
  const { state, forecasts } = await reportRun({ table: await table(), clock: await clock() }, task);
  if (forecasts && Object.keys(forecasts).length > 0) {
    tellForecasts(forecasts);
    log.info('the day as it was forecast', forecasts);
  }
  return { state };
});
