import type { KeptOut } from '@hems/models/reading/kept-out';
import type { RuleEvent } from '@hems/shared/events/rules';
import { ingest, type IngestDeps, type IngestReport } from '../use-cases/ingest/ingest.ts';
import type { Kept } from '../use-cases/stores/quarantine.ts';
import { correlated } from './correlation.ts';
import { log } from './log.ts';
import { measure } from './metrics.ts';

/** Told one by one; a gateway gone mad must not fill the log. */
const MOST_LINES = 20;

/** A line for each message that was kept out, under its own id. What it held stays in the quarantine. */
const lineEach = (kept: readonly Kept[]): void => {
  for (const { event, reason } of kept.slice(0, MOST_LINES))
    correlated(event.correlation, () =>
      log.warn('a message was kept out', { reason, channel: event.channel, gateway: event.gateway }),
    );
  const more = kept.length - MOST_LINES;
  if (more > 0) log.warn('more messages were kept out', { count: more });
};

/** A message of which parts are kept out for several reasons is one message, counted by the first of them. */
const countKept = (kept: readonly Kept[]): void => {
  const reasons = new Map<string, KeptOut>();
  for (const { event, reason } of kept) if (!reasons.has(event.correlation)) reasons.set(event.correlation, reason);
  for (const [reason, same] of Map.groupBy(reasons.values(), (one) => one))
    measure('MessagesQuarantined', same.length, reason);
};

const tellDelays = (messages: Iterable<RuleEvent>, nowMs: number): void => {
  for (const { received } of messages) measure('IngestDelayMs', Math.max(0, nowMs - received));
};

/** Messages that were kept out where no others are told of: they are among all that came, as in `ingestTold`. */
export const tellKept = (kept: readonly Kept[], nowMs: number): void => {
  tellDelays(new Map(kept.map(({ event }) => [event.correlation, event])).values(), nowMs);
  countKept(kept);
  lineEach(kept);
};

const countPoints = ({ byKind }: Pick<IngestReport, 'byKind'>): void => {
  for (const [kind, count] of byKind) measure('ReadingsAccepted', count, kind);
};

/** What became of a message that a person brought again. It came and was kept out once, and is counted there. */
export const tellReplayed = (report: Pick<IngestReport, 'byKind' | 'kept'>): void => {
  countPoints(report);
  lineEach(report.kept);
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
  tellDelays(messages, nowMs);
  for (const ts of report.liveMs) measure('ReadingAgeMs', Math.max(0, nowMs - ts));
  countPoints(report);
  countKept(report.kept);
  lineEach(report.kept);
  tellEach(messages);
};
