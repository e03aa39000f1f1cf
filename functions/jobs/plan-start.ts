import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { plans } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { startPlans } from '../use-cases/plan/start-plans.ts';

const called = z.object({ scheduled: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)) });

/** Asks for the plans of the half hour for which the schedule called. A second call asks again, and finds every home done. */
export const handler = step(called, async ({ scheduled }) => {
  const { forMs, shards } = await startPlans({ plans: await plans() }, scheduled);
  log.info('plans asked for', { forMs, shards });
});
