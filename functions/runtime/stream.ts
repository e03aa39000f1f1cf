import type { KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { ruleEvent, type RuleEvent } from '@hems/shared/events/rules';
import { explain } from '../use-cases/explain.ts';
import type { Kept } from '../use-cases/stores/quarantine.ts';
import { correlated } from './correlation.ts';
import { log } from './log.ts';
import { measure } from './metrics.ts';
import { watched } from './watched.ts';

export type Taking = {
  /** resolves when every message is durable, rejects when nothing can be said; a repeat changes nothing */
  readonly take: (events: readonly RuleEvent[]) => Promise<unknown>;
  /** keeps a message with the reason why it is not taken */
  readonly keepOut: (kept: Kept) => Promise<void>;
};

/** Of a household, as it stands in topics. */
const TELEMETRY_ID = /^[\w-]{1,64}$/;

type Message = { readonly event: RuleEvent; readonly sequence: string };

/** What a rule put into the stream, or what else lies there, in a form in which it can be kept. */
const read = ({ kinesis }: KinesisStreamRecord): Message | { readonly poison: Kept } => {
  const { data, partitionKey, sequenceNumber, approximateArrivalTimestamp } = kinesis;
  const poison = (detail: string): { poison: Kept } => ({
    poison: {
      event: {
        payload: data,
        channel: 'reading',
        household: TELEMETRY_ID.test(partitionKey) ? partitionKey : 'unknown',
        gateway: 'unknown',
        received: Math.round(approximateArrivalTimestamp * 1000),
        correlation: sequenceNumber,
      },
      reason: 'not-a-rule-event',
      detail,
      state: 'held',
    },
  });
  try {
    const parsed = ruleEvent.safeParse(JSON.parse(Buffer.from(data, 'base64').toString()));
    return parsed.success ? { event: parsed.data, sequence: sequenceNumber } : poison(explain(parsed));
  } catch {
    return poison('the record is not JSON');
  }
};

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const attempt = async ({ take }: Taking, messages: readonly Message[]): Promise<Error | undefined> => {
  try {
    await take(messages.map(({ event }) => event));
    return undefined;
  } catch (error) {
    return asError(error);
  }
};

/** Errors that a repeat meets again, whatever the tables do: our code does not know such a message, or DynamoDB takes no such item. */
const OF_THE_MESSAGE: ReadonlySet<string> = new Set([
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ZodError',
  'ValidationException',
]);

const keepOutAlone = async ({ keepOut }: Taking, { event }: Message, error: Error): Promise<void> => {
  correlated(event.correlation, () => log.error('a message of the stream cannot be taken', error));
  await keepOut({ event, reason: 'cannot-be-taken', detail: `${error.name}; the log has more`, state: 'held' });
};

/**
 * Takes the messages in their order and answers the first that has to come again with all that follow, if there is one. Of a batch that
 * fails, halves are tried until the failing message stands alone. If the fault is its own it is kept out and the shard goes on; else
 * it is the tables', and what follows would only fail as well.
 */
const workOff = async (taking: Taking, part: readonly Message[]): Promise<Message | undefined> => {
  const error = await attempt(taking, part);
  const [first] = part;
  if (!error || !first) return undefined;
  if (part.length > 1) {
    const half = Math.ceil(part.length / 2);
    return (await workOff(taking, part.slice(0, half))) ?? (await workOff(taking, part.slice(half)));
  }
  if (!OF_THE_MESSAGE.has(error.name)) {
    correlated(first.event.correlation, () => log.error('a message of the stream is not taken yet', error));
    return first;
  }
  await keepOutAlone(taking, first, error);
  return undefined;
};

const work = async (taking: Taking, { Records: records }: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> => {
  const messages: Message[] = [];
  for (const one of records.map(read)) {
    if ('poison' in one) await taking.keepOut(one.poison);
    else messages.push(one);
  }
  if (messages.length === 0) return { batchItemFailures: [] };
  const failed = await workOff(taking, messages);
  return { batchItemFailures: failed ? [{ itemIdentifier: failed.sequence }] : [] };
};

/** Of the batch: what comes again, the message that is answered and all that follow. */
const notTakenOf = (
  { Records: records }: KinesisStreamEvent,
  { batchItemFailures: [failed] }: KinesisStreamBatchResponse,
): number =>
  failed ? records.length - records.findIndex(({ kinesis }) => kinesis.sequenceNumber === failed.itemIdentifier) : 0;

/**
 * The Lambda of a stream. Lambda's checkpoint is the one sequence number that is answered: what lies before it does not come again, it and
 * everything after it does, also what was taken. A failure that is thrown (the quarantine cannot be written either) brings the whole
 * batch again, in halves. Lambda counts an answered failure as a success, so what was not taken is told.
 */
export const stream = (taking: () => Promise<Taking>) =>
  watched<KinesisStreamEvent, KinesisStreamBatchResponse>(
    { correlationOf: () => undefined, failed: ({ batchItemFailures }) => batchItemFailures.length > 0 },
    async (event) => {
      let notTaken = event.Records.length;
      try {
        const answer = await work(await taking(), event);
        notTaken = notTakenOf(event, answer);
        return answer;
      } finally {
        measure('MessagesNotTaken', notTaken);
      }
    },
  );
