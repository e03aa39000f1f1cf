import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { EVENT_TYPES, eventBusContract } from '../contract/event-bus.contract.ts';
import { eventBridgeBus } from './event-bus.ts';
import { motoClient } from './moto-client.ts';
import { sqsQueue } from './queue.ts';

const config = motoClient(process.env['MOTO_URL']);
const delivered = z.object({
  source: z.literal('hems'),
  'detail-type': z.string(),
  detail: z.record(z.string(), z.unknown()),
});

eventBusContract('EventBridge', async () => {
  const [events, queues] = [new EventBridgeClient(config), new SQSClient(config)];
  const { QueueUrl: url = '' } = await queues.send(new CreateQueueCommand({ QueueName: 'listener' }));
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
  );
  await events.send(new CreateEventBusCommand({ Name: 'hems' }));
  const rule = { Name: 'listen', EventBusName: 'hems', EventPattern: JSON.stringify({ 'detail-type': EVENT_TYPES }) };
  await events.send(new PutRuleCommand(rule));
  await events.send(
    new PutTargetsCommand({
      Rule: 'listen',
      EventBusName: 'hems',
      Targets: [{ Id: 'queue', Arn: Attributes?.QueueArn }],
    }),
  );

  const listener = sqsQueue({ url, deadLetterUrl: url }, config);
  const received = async () => {
    const messages = await listener.receive(10);
    await Promise.all(messages.map(({ receipt }) => listener.acknowledge(receipt)));
    return messages.map(({ body }) => {
      const { 'detail-type': type, detail } = delivered.parse(JSON.parse(body));
      return { type, detail };
    });
  };
  return { bus: eventBridgeBus('hems', config), received, close: async () => {} };
});
