import { log } from '../runtime/log.ts';
import { measure } from '../runtime/metrics.ts';
import { queue } from '../runtime/queue.ts';
import { webhookDeps } from '../runtime/webhook-deps.ts';
import { deliver } from '../use-cases/webhooks/deliver.ts';
import { wakeCall } from '../use-cases/webhooks/wake.ts';

/** The queue `webhooks`: endpoints to be looked at. Posts what is due to each. */
export const handler = queue(wakeCall, async (ref) => {
  const report = await deliver(await webhookDeps(), ref);
  measure('WebhooksGivenUp', report.dead);
  if (report.dead > 0) log.warn('webhooks given up', { ...ref, dead: report.dead });
  if (report.broken + report.gone > 0) log.warn('a webhook endpoint has ended', { ...ref, ...report });
  if (report.unreadable > 0) log.error('webhooks that could not be read were ended', { ...ref, ...report });
  log.info('webhooks posted', { ...ref, ...report });
});
