import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { measure } from '../runtime/metrics.ts';
import { bus, clock, pause, payments, table } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { dispatchPayouts } from '../use-cases/dispatch-payouts.ts';

/** Sweeps the payout outbox once, each minute. Whatever the schedule hands in, and however often it calls, says nothing. */
export const handler = step(z.unknown(), async () => {
  const deps = { table: await table(), clock: await clock(), pause, payments: await payments(), bus: await bus() };
  const { reasons, ...counts } = await dispatchPayouts(deps);
  measure('PayoutsUnanswered', counts.unanswered);
  if (reasons.length > 0) log.warn('the rail did not answer', { reasons });
  log.info('payouts swept', counts);
});
