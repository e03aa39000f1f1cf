import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { measure } from '../runtime/metrics.ts';
import { noticeDeps } from '../runtime/notice-deps.ts';
import { step } from '../runtime/step.ts';
import { sendDue } from '../use-cases/notices/send-due.ts';

/** Sweeps the outbox of messages once, each minute. Whatever the schedule hands in, and however often it calls, says nothing. */
export const handler = step(z.unknown(), async () => {
  const { delaysMs, ...counts } = await sendDue(await noticeDeps());
  if (counts.unreadable > 0) log.error('messages that could not be read were ended', { count: counts.unreadable });
  measure('MessagesSent', counts.sent);
  measure('MessagesFailed', counts.failed + counts.abandoned);
  for (const delayMs of delaysMs) measure('NoticeDelayMs', delayMs);
  log.info('messages swept', counts);
});
