import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { noticeDeps } from '../runtime/notice-deps.ts';
import { step } from '../runtime/step.ts';
import { sendDue } from '../use-cases/notices/send-due.ts';

/** Sweeps the outbox of messages once, each minute. Whatever the schedule hands in, and however often it calls, says nothing. */
export const handler = step(z.unknown(), async () => {
  const report = await sendDue(await noticeDeps());
  if (report.unreadable > 0) log.error('messages that could not be read were ended', { count: report.unreadable });
  log.info('messages swept', report);
});
