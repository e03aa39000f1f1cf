import type { KeptOut } from '@hems/models/reading/kept-out';
import type { Point } from '@hems/models/reading/point';
import type { RuleEvent } from '@hems/shared/events/rules';
import {
  batchMessage,
  batchPoint,
  readingMessage,
  type BatchMessage,
  type BatchPoint,
  type ReadingMessage,
} from '@hems/shared/events/telemetry';
import { explain, notJson } from '../explain.ts';
import { readBatchPoint, readReading } from './read-point.ts';
import type { Kept } from '../stores/quarantine.ts';

/** Points of one message, and what of it is not a point. */
export type Decoded = {
  readonly event: RuleEvent;
  readonly points: readonly Point[];
  readonly kept: readonly Kept[];
  /** of a batch: what surrounds its points */
  readonly envelope?: Omit<BatchMessage, 'points'>;
};

const kept = (event: RuleEvent, reason: KeptOut, detail: string): Kept => ({ event, reason, detail, state: 'held' });
const refused = (event: RuleEvent, reason: KeptOut, detail: string): Decoded => ({
  event,
  points: [],
  kept: [kept(event, reason, detail)],
});

const decodeReading = (event: RuleEvent, json: unknown): Decoded => {
  const point = readReading(json);
  return point
    ? { event, points: [point], kept: [] }
    : refused(event, 'not-a-reading', explain(readingMessage.safeParse(json)));
};

const encode = (message: unknown): string => Buffer.from(JSON.stringify(message)).toString('base64');

const toWire = ({ deviceId, kind, ts, seq, q, quantities }: Point): BatchPoint => ({
  device_id: deviceId,
  kind,
  ts,
  seq,
  q,
  ...quantities,
});

/** Some points of a message as a message of their own, so that what was kept out can be replayed by itself. */
export const partOf = ({ event, envelope, points: own }: Decoded, points: readonly Point[]): RuleEvent => {
  if (envelope) return { ...event, payload: encode({ ...envelope, points: points.map(toWire) }) };
  const [point] = points;
  if (!point || point === own[0]) return event;
  return { ...event, payload: encode({ v: 1, boot: point.boot, ...toWire(point) } satisfies ReadingMessage) };
};

const decodeBatch = (event: RuleEvent, json: unknown): Decoded => {
  const parsed = batchMessage.safeParse(json);
  if (!parsed.success) return refused(event, 'not-a-batch', explain(parsed));
  const { points: candidates, ...envelope } = parsed.data;
  const points: Point[] = [];
  const bad: { point: unknown; detail: string }[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const point = readBatchPoint(candidate, envelope.boot);
    if (point) points.push(point);
    else bad.push({ point: candidate, detail: `points.${index}: ${explain(batchPoint.safeParse(candidate))}` });
  }
  if (bad.length === 0) return { event, envelope, points, kept: [] };
  const part = { ...event, payload: encode({ ...envelope, points: bad.map(({ point }) => point) }) };
  const detail = bad
    .slice(0, 5)
    .map((one) => one.detail)
    .join('; ');
  return { event, envelope, points, kept: [kept(part, 'not-a-point', detail)] };
};

/** Reads the bytes of a message. Whatever is not a reading or a batch is kept for the quarantine, never dropped. */
export const decode = (event: RuleEvent): Decoded => {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(event.payload, 'base64').toString());
  } catch {
    return refused(event, 'not-json', notJson(event.payload));
  }
  return event.channel === 'reading' ? decodeReading(event, json) : decodeBatch(event, json);
};
