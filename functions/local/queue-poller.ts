import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Queue, Received } from '../ports/queue.ts';

export type QueuePollerParts = {
  readonly queue: Queue;
  /** the Lambda of the queue */
  readonly handler: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
  readonly context: () => Context;
  /** nothing is taken before this has passed, ms */
  readonly afterMs: number;
  readonly everyMs: number;
  readonly say: (line: string) => void;
};
export type QueuePoller = { stop(): Promise<void> };

const BATCH = 10;

const recordOf = ({ body, receipt, attempt }: Received): SQSRecord => ({
  messageId: receipt,
  receiptHandle: receipt,
  body,
  attributes: {
    ApproximateReceiveCount: String(attempt),
    SentTimestamp: '0',
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: 'local',
});

/** Hands the messages of a queue to its function as Lambda does; what failed comes back by itself. */
export const pollQueue = ({ queue, handler, context, afterMs, everyMs, say }: QueuePollerParts): QueuePoller => {
  const beginsMs = performance.now() + afterMs;
  const stopping = new AbortController();
  let working = Promise.resolve();

  const drain = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const messages = await queue.receive(BATCH);
      if (messages.length === 0) return;
      const { batchItemFailures } = await handler({ Records: messages.map(recordOf) }, context());
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const { receipt } of messages) if (!failed.has(receipt)) await queue.acknowledge(receipt);
    }
  };
  const timer = setInterval(() => {
    if (performance.now() < beginsMs) return;
    working = working
      .then(drain)
      .catch((error: unknown) => say(`a queue failed: ${error instanceof Error ? error.message : String(error)}`));
  }, everyMs);
  return {
    stop: async () => {
      stopping.abort();
      clearInterval(timer);
      await working;
    },
  };
};
