import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, test } from 'vitest';
import { deadLettersOf, redrive, type StageLetters } from './operations.ts';

const stacks = mockClient(CloudFormationClient);
const queues = mockClient(SQSClient);
const lambda = mockClient(LambdaClient);
const broker = mockClient(IoTDataPlaneClient);
afterEach(() => [stacks, queues, lambda, broker].forEach((one) => one.reset()));

const region = 'ap-northeast-2';
const at = { CreationTime: new Date(0), StackStatus: 'UPDATE_COMPLETE' } as const;
const resource = (LogicalResourceId: string, PhysicalResourceId: string, ResourceType = 'AWS::SQS::Queue') => ({
  LogicalResourceId,
  PhysicalResourceId,
  ResourceType,
  LastUpdatedTimestamp: new Date(0),
  ResourceStatus: 'CREATE_COMPLETE' as const,
});

describe('the queues in which messages of a stage end', () => {
  test('are found by the stacks of the stage alone, and a work queue is none of them', async () => {
    stacks
      .on(DescribeStacksCommand, { NextToken: undefined })
      .resolves({
        Stacks: [
          { StackName: 'hems-prod-ingest', ...at },
          { StackName: 'hems-dev-ingest', ...at },
        ],
        NextToken: 'more',
      })
      .on(DescribeStacksCommand, { NextToken: 'more' })
      .resolves({ Stacks: [{ StackName: 'hems-prod-planning', ...at }] });
    stacks
      .on(ListStackResourcesCommand, { StackName: 'hems-prod-ingest' })
      .resolves({
        StackResourceSummaries: [
          resource('NotIngested1A2B3C4D', 'url-not-ingested'),
          resource('Ingest9F8E7D6C', 'fn', 'AWS::Lambda::Function'),
        ],
      })
      .on(ListStackResourcesCommand, { StackName: 'hems-prod-planning' })
      .resolves({
        StackResourceSummaries: [
          resource('Pages0000AAAA', 'url-pages'),
          resource('NotPlannedBBBB1111', 'url-not-planned'),
        ],
      });
    const facts = (name: string, count: string) => ({
      Attributes: { QueueArn: `arn:${name}`, ApproximateNumberOfMessages: count },
    });
    queues
      .on(GetQueueAttributesCommand, { QueueUrl: 'url-not-ingested' })
      .resolves(facts('not-ingested', '3'))
      .on(GetQueueAttributesCommand, { QueueUrl: 'url-not-planned' })
      .resolves(facts('not-planned', '0'))
      .on(GetQueueAttributesCommand, { QueueUrl: 'url-pages' })
      .resolves({ Attributes: { ...facts('pages', '1').Attributes, RedrivePolicy: '{}' } })
      .on(ListDeadLetterSourceQueuesCommand, { QueueUrl: 'url-not-ingested' })
      .resolves({ queueUrls: [] })
      .on(ListDeadLetterSourceQueuesCommand, { QueueUrl: 'url-not-planned' })
      .resolves({ queueUrls: ['url-pages'] });
    expect(await deadLettersOf({ region, stage: 'prod' })).toEqual([
      { id: 'ingest/NotIngested', url: 'url-not-ingested', arn: 'arn:not-ingested', depth: 3, source: undefined },
      { id: 'planning/NotPlanned', url: 'url-not-planned', arn: 'arn:not-planned', depth: 0, source: 'url-pages' },
    ]);
  });
});

const letters = (over: Partial<StageLetters> = {}): StageLetters => ({
  id: 'ingest/NotIngested',
  url: 'url',
  arn: 'arn:queue',
  depth: 1,
  source: undefined,
  ...over,
});
const holding = (...bodies: unknown[]): void => {
  queues
    .on(ReceiveMessageCommand)
    .resolvesOnce({
      Messages: bodies.map((body, index) => ({
        Body: JSON.stringify(body),
        ReceiptHandle: `r-${index}`,
        MessageId: `m-${index}`,
      })),
    })
    .resolves({ Messages: [] });
};
const given = {
  requestContext: {
    functionArn: 'arn:aws:lambda:ap-northeast-2:123456789012:function:hems-ingest:$LATEST',
    condition: 'RetriesExhausted',
  },
  requestPayload: { channel: 'reading', gateway: 'g-1' },
  responsePayload: { errorMessage: 'the table was away' },
};
const deleted = (): unknown[] =>
  queues.commandCalls(DeleteMessageCommand).map((call) => call.args[0].input.ReceiptHandle);

describe('a redrive', () => {
  test('of what a queue gave up is the move of SQS, which keeps no message in our hands', async () => {
    queues.on(StartMessageMoveTaskCommand).resolves({ TaskHandle: 'task' });
    expect(await redrive({ region }, letters({ source: 'url-pages', depth: 7 }))).toEqual({ taken: 7, left: [] });
    expect(queues.commandCalls(StartMessageMoveTaskCommand)[0]?.args[0].input).toEqual({ SourceArn: 'arn:queue' });
    expect(queues.commandCalls(ReceiveMessageCommand)).toHaveLength(0);
  });

  test('of an empty queue asks for no move: SQS would refuse a second one within its time', async () => {
    expect(await redrive({ region }, letters({ source: 'url-pages', depth: 0 }))).toEqual({ taken: 0, left: [] });
    expect(queues.calls()).toHaveLength(0);
  });

  test('hands an invocation to its function again and deletes it once it was taken', async () => {
    holding(given);
    lambda.on(InvokeCommand).resolves({ StatusCode: 200 });
    expect(await redrive({ region }, letters())).toEqual({ taken: 1, left: [] });
    const { FunctionName, Payload } = lambda.commandCalls(InvokeCommand)[0]!.args[0].input;
    expect(FunctionName).toBe('arn:aws:lambda:ap-northeast-2:123456789012:function:hems-ingest');
    expect(JSON.parse(Buffer.from(Payload as Uint8Array).toString())).toEqual(given.requestPayload);
    expect(deleted()).toEqual(['r-0']);
  });

  test('leaves a message whose function fails again where it is, takes the next, and says why', async () => {
    holding(given, given);
    lambda
      .on(InvokeCommand)
      .resolvesOnce({ FunctionError: 'Unhandled', Payload: Buffer.from('{"errorMessage":"still away"}') as never })
      .resolves({ StatusCode: 200 });
    const { taken, left } = await redrive({ region }, letters());
    expect([taken, left]).toEqual([1, ['hems-ingest failed again: {"errorMessage":"still away"}']]);
    expect(deleted()).toEqual(['r-1']);
  });

  test('of what fails for ever ends when the first message comes back, and tells each failure once', async () => {
    const again = (handle: string) => ({ Body: JSON.stringify(given), ReceiptHandle: handle, MessageId: 'm-0' });
    queues
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [again('first'), { ...again('other'), MessageId: 'm-1' }] })
      .resolves({ Messages: [again('later')] });
    lambda.on(InvokeCommand).resolves({ FunctionError: 'Unhandled', Payload: Buffer.from('{}') as never });
    const { taken, left } = await redrive({ region }, letters());
    expect([taken, left.length, lambda.commandCalls(InvokeCommand).length]).toEqual([0, 2, 2]);
    expect(deleted()).toEqual([]);
  });

  test('that the account does not allow deletes nothing', async () => {
    holding(given);
    lambda
      .on(InvokeCommand)
      .rejects(
        Object.assign(new Error('not authorized to perform: lambda:InvokeFunction'), { name: 'AccessDeniedException' }),
      );
    const { taken, left } = await redrive({ region }, letters());
    expect([taken, left]).toEqual([0, ['AccessDeniedException: not authorized to perform: lambda:InvokeFunction']]);
    expect(deleted()).toEqual([]);
  });

  test('publishes again what the broker could not hand on', async () => {
    const payload = Buffer.from('{"v":1}').toString('base64');
    holding({
      ruleName: 'hems_reading',
      topic: 'hems/v1/t-1/g-1/reading',
      base64OriginalPayload: payload,
      failures: [],
    });
    broker.on(PublishCommand).resolves({});
    expect(await redrive({ region }, letters({ id: 'ingest/RuleFailures' }))).toEqual({ taken: 1, left: [] });
    const { topic, qos, payload: sent } = broker.commandCalls(PublishCommand)[0]!.args[0].input;
    expect([topic, qos, Buffer.from(sent as Uint8Array).toString()]).toEqual(['hems/v1/t-1/g-1/reading', 1, '{"v":1}']);
  });

  test('publishes no reading again that only the history refused, and nothing it does not know', async () => {
    holding({ ruleName: 'hems_history_electrical', topic: 't', base64OriginalPayload: 'e30=' }, { some: 'schedule' });
    const { taken, left } = await redrive({ region }, letters());
    expect(taken).toBe(0);
    expect(left).toEqual([
      expect.stringContaining('hems_history_electrical'),
      expect.stringContaining('look at it by hand'),
    ]);
    expect(broker.calls()).toHaveLength(0);
    expect(deleted()).toEqual([]);
  });
});
