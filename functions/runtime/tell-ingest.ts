import type { RuleEvent } from '@hems/shared/events/rules';
import { ingest, type IngestDeps, type IngestReport } from '../use-cases/ingest/ingest.ts';
import type { Kept } from '../use-cases/stores/quarantine.ts';
import { correlated } from './correlation.ts';
import { log } from './log.ts';
import { measure } from './metrics.ts';

/** Told one by one; a gateway gone mad must not fill the log. */
const MOST_LINES = 20;

/** A line for each message that was kept out, under its own id. What it held stays in the quarantine. */
export const tellKept = (kept: readonly Kept[]): void => {
  for (const [reason, same] of Map.groupBy(kept, (one) => one.reason))
    measure('MessagesQuarantined', same.length, reason);
  for (const { event, reason } of kept.slice(0, MOST_LINES))
    correlated(event.correlation, () =>
      log.warn('a message was kept out', { reason, channel: event.channel, gateway: event.gateway }),
    );
  const more = kept.length - MOST_LINES;
  if (more > 0) log.warn('more messages were kept out', { count: more });
};

/** What became of messages, whenever they were sent. */
export const tellTaken = ({ byKind, kept }: Pick<IngestReport, 'byKind' | 'kept'>): void => {
  for (const [kind, count] of byKind) measure('ReadingsAccepted', count, kind);
  tellKept(kept);
};

/** Who wants to follow each message that is taken, sets LOG_LEVEL: a line for each would cost more than the message. */
const tellEach = (messages: readonly RuleEvent[]): void => {
  if (log.getLevelName() !== 'DEBUG') return;
  for (const { correlation, channel, gateway } of messages)
    correlated(correlation, () => log.debug('a message was taken in', { channel, gateway }));
};

/** Takes messages that have just come, and tells what became of them and how long it took. */
export const ingestTold = async (deps: IngestDeps, messages: readonly RuleEvent[]): Promise<void> => {
  const report = await ingest(deps, messages);
  const nowMs = deps.clock.now();
  for (const { received } of messages) measure('IngestDelayMs', Math.max(0, nowMs - received));
  for (const ts of report.liveMs) measure('ReadingAgeMs', Math.max(0, nowMs - ts));
  tellTaken(report);
  tellEach(messages);
};
