import { dueMessages } from '../stores/outbox.ts';
import type { NoticeDeps } from './deps.ts';
import { sendMessage, type Outcome } from './send-message.ts';

const AT_ONCE = 16;
/** A sweep is called each minute; what it does not get to, the next one does. */
const MOST_SWEPT = 3000;

export type SendReport = Readonly<Record<Outcome, number>> & {
  readonly reasons: readonly string[];
  /** of each message that was sent */
  readonly delaysMs: readonly number[];
};

const NOTHING: Record<Outcome, number> = {
  sent: 0,
  waits: 0,
  failed: 0,
  abandoned: 0,
  elsewhere: 0,
  nobody: 0,
  unreadable: 0,
  refused: 0,
};

/** Goes through the outbox once: messages whose quiet hours are over, that failed a while ago, or whose sender died. */
export const sendDue = async (deps: NoticeDeps): Promise<SendReport> => {
  const counts = { ...NOTHING };
  const reasons = new Set<string>();
  const delaysMs: number[] = [];
  const errors: unknown[] = [];
  const waiting = (await dueMessages(deps.table, deps.clock.now(), MOST_SWEPT)).values();
  const work = async (): Promise<void> => {
    // the iterator is shared: each message is taken by one worker
    for (const ref of waiting)
      try {
        const { outcome, reason, delayMs } = await sendMessage(deps, ref);
        counts[outcome] += 1;
        if (reason !== undefined) reasons.add(reason);
        if (delayMs !== undefined) delaysMs.push(delayMs);
      } catch (error) {
        errors.push(error);
      }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} messages were not looked at`);
  return { ...counts, reasons: [...reasons], delaysMs };
};
