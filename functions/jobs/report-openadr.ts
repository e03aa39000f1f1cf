import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { dispatchDeps } from '../runtime/openadr-deps.ts';
import { step } from '../runtime/step.ts';
import { reportEvents } from '../use-cases/openadr/report-events.ts';

/** Sweeps the events of partners that are due, each minute. Whatever the schedule hands in, and however often it calls, says nothing. */
export const handler = step(z.unknown(), async () => {
  const report = await reportEvents(await dispatchDeps());
  if (report.refused.length > 0) log.error('events could not call homes after all', { events: report.refused });
  if (report.failed.length > 0) log.error('events could not be reported', { events: report.failed });
  if (report.owed.length > 0) log.error('subscriptions could not be told', { owed: report.owed });
  log.info('events of partners swept', { looked: report.looked, reported: report.reported });
});
