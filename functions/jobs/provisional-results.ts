import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { clock, pause, table } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { sweepProvisional } from '../use-cases/saving-events/provisional.ts';

/** Less than the function has: a part of the homes that is begun is brought to its end. */
const SWEEP_MS = 4 * 60_000;

/** Works out what events that have just ended came to, each minute. Whatever the schedule hands in, and however often it calls, says nothing. */
export const handler = step(z.unknown(), async () => {
  const time = await clock();
  const deps = { table: await table(), clock: time, pause, untilMs: time.now() + SWEEP_MS };
  const report = await sweepProvisional(deps);
  if (report.failed > 0) log.error('homes could not be looked at', { count: report.failed });
  log.info('provisional results', report);
});
