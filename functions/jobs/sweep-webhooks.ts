import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { measure } from '../runtime/metrics.ts';
import { step } from '../runtime/step.ts';
import { tellDeps } from '../runtime/webhook-deps.ts';
import { sweepWebhooks } from '../use-cases/webhooks/sweep.ts';

/** Each minute: calls for the endpoints to which something is due. Whatever the schedule hands in, and however often it calls, says nothing. */
export const handler = step(z.unknown(), async () => {
  const report = await sweepWebhooks(await tellDeps());
  measure('WebhooksLatestMs', report.latestMs);
  log.info('webhooks swept', report);
});
