import { log } from '../runtime/log.ts';
import { trainings } from '../runtime/ports.ts';
import { scheduleTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';

/** Starts the weekly training of the forecasts. Schedules call at least once: a second call finds it started. */
export const handler = step(scheduleTask, async ({ yesterday }) => {
  const name = `training-${yesterday}`;
  const started = await (await trainings()).start(name, {});
  log.info('training of the forecasts', { name, started });
});
