import { setTimeout as sleep } from 'node:timers/promises';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { QUEUE, queueContract } from '../contract/queue.contract.ts';
import { motoClient } from './moto-client.ts';
import { sqsQueue } from './queue.ts';

const config = motoClient(process.env['MOTO_URL']);
const client = new SQSClient(config);
let made = 0;

const create = async (name: string, attributes: Record<string, string>): Promise<string> =>
  (await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }))).QueueUrl ?? '';

queueContract('SQS', async () => {
  const name = `webhooks-${(made += 1)}`;
  const deadLetterUrl = await create(`${name}-dead`, {});
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: deadLetterUrl, AttributeNames: ['QueueArn'] }),
  );
  const redrive = { deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount: QUEUE.attempts };
  const url = await create(name, {
    VisibilityTimeout: String(QUEUE.visibilitySeconds),
    RedrivePolicy: JSON.stringify(redrive),
  });
  return {
    queue: sqsQueue({ url, deadLetterUrl }, config),
    elapse: (seconds) => sleep(seconds * 1000),
    close: async () => {},
  };
});
