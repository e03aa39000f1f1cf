import { busEvent } from '../runtime/bus-event.ts';
import { log } from '../runtime/log.ts';
import { measure } from '../runtime/metrics.ts';
import { noticeDeps } from '../runtime/notice-deps.ts';
import { step } from '../runtime/step.ts';
import { notify } from '../use-cases/notices/notify.ts';

/** Rule `notices` of the bus: whatever people are told of. */
export const handler = step(busEvent, async (event) => {
  const { delaysMs, ...counts } = await notify(await noticeDeps(), event);
  measure('MessagesSent', counts.sent);
  measure('MessagesFailed', counts.failed);
  for (const delayMs of delaysMs) measure('NoticeDelayMs', delayMs);
  log.info('people told', { type: event.type, ...counts });
  return counts;
});
