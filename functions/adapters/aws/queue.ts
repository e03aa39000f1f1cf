import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import type { Queue, Received } from '../../ports/queue.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

export type SqsQueueUrls = { readonly url: string; readonly deadLetterUrl: string };

/** ReceiveMessage takes this many. */
const MAX_RECEIVED = 10;
/** A long poll asks every server of the queue; a short one may miss messages that are there. */
const WAIT_SECONDS = 1;

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

const sendTo =
  (client: SQSClient, url: string) =>
  async (body: string, { delaySeconds = 0 } = {}): Promise<void> => {
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, DelaySeconds: delaySeconds }));
  };

/** Of a queue that Lambda reads. */
export const sqsSender = (url: string, config: SQSClientConfig = {}): Pick<Queue, 'send'> => ({
  send: sendTo(new SQSClient({ ...SHORT_TIMEOUTS, ...config }), url),
});

/** `Queue` on SQS; visibility time-out, attempts and the dead-letter queue are settings of the queue itself. */
export const sqsQueue = ({ url, deadLetterUrl }: SqsQueueUrls, config: SQSClientConfig = {}): Queue => {
  const client = new SQSClient({ ...SHORT_TIMEOUTS, ...config });
  const send = sendTo(client, url);

  const receive = async (from: string, max: number): Promise<Received[]> => {
    const request = {
      QueueUrl: from,
      MaxNumberOfMessages: Math.min(max, MAX_RECEIVED),
      WaitTimeSeconds: WAIT_SECONDS,
      MessageSystemAttributeNames: ['ApproximateReceiveCount' as const],
    };
    const { Messages: messages = [] } = await client.send(new ReceiveMessageCommand(request));
    return messages.map(({ Body = '', ReceiptHandle = '', Attributes }) => ({
      body: Body,
      receipt: ReceiptHandle,
      attempt: Number(Attributes?.ApproximateReceiveCount ?? 1),
    }));
  };
  const remove = async (from: string, receipt: string): Promise<void> => {
    await client.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: receipt }));
  };
  const count = async (of: string): Promise<number> => {
    const { Attributes: counts = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: of, AttributeNames: [...COUNTS] }),
    );
    return COUNTS.reduce((sum, name) => sum + Number(counts[name] ?? 0), 0);
  };
  const moveBack = async ({ body, receipt }: Received): Promise<void> => {
    await send(body);
    await remove(deadLetterUrl, receipt);
  };

  return {
    send,
    receive: (max) => receive(url, max),
    acknowledge: (receipt) => remove(url, receipt),
    depth: async () => ({ waiting: await count(url), dead: await count(deadLetterUrl) }),
    /** By hand: StartMessageMoveTask answers no count before it has ended, and only one may run at a time. */
    redrive: async () => {
      let moved = 0;
      for (
        let batch = await receive(deadLetterUrl, MAX_RECEIVED);
        batch.length > 0;
        batch = await receive(deadLetterUrl, MAX_RECEIVED)
      ) {
        await Promise.all(batch.map(moveBack));
        moved += batch.length;
      }
      return moved;
    },
  };
};
