import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  DynamoDBClient,
  DescribeTableCommand,
  PutItemCommand,
  GetItemCommand,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
  CreateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { motoClient } from './moto-client.ts';
import { deadLettersOf } from './operations.ts';

const config = motoClient(process.env['MOTO_URL']);
const { region } = config;

const TEMPLATE = {
  Resources: {
    NotPlanned1A2B3C4D: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'ops-not-planned' } },
    PagesAAAA1111: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'ops-pages',
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['NotPlanned1A2B3C4D', 'Arn'] }, maxReceiveCount: 5 },
      },
    },
  },
};

test('dead letters of a stage are found by its stacks and by what they hold; the move itself moto does not know', async () => {
  const [stacks, queues] = [new CloudFormationClient(config), new SQSClient(config)];
  await stacks.send(new CreateStackCommand({ StackName: 'hems-ops-planning', TemplateBody: JSON.stringify(TEMPLATE) }));
  const [found, ...more] = await deadLettersOf({ region, stage: 'ops' }, config);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ id: 'planning/NotPlanned', depth: 0 });
  expect(found?.source).toContain('ops-pages');
  await queues.send(new SendMessageCommand({ QueueUrl: found?.url, MessageBody: '{"page":1}' }));
  expect((await deadLettersOf({ region, stage: 'ops' }, config))[0]?.depth).toBe(1);
});

test('a table is restored to a second beside the one that is there, with its items and keys, as docs/operations.md has it', async () => {
  const dynamo = new DynamoDBClient(config);
  const [from, to] = ['ops-ledger', 'ops-ledger-restored'];
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  await dynamo.send(
    new CreateTableCommand({
      TableName: from,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [text('pk'), text('sk')],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  const on = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
  await dynamo.send(new UpdateContinuousBackupsCommand({ TableName: from, ...on }));
  const key = { pk: { S: 'H#h-1' }, sk: { S: 'BAL' } };
  await dynamo.send(new PutItemCommand({ TableName: from, Item: { ...key, version: { N: '1' } } }));
  await dynamo.send(
    new RestoreTableToPointInTimeCommand({ SourceTableName: from, TargetTableName: to, UseLatestRestorableTime: true }),
  );
  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName: to }));
  expect(Table?.KeySchema?.map(({ AttributeName }) => AttributeName)).toEqual(['pk', 'sk']);
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: to, Key: key }));
  expect(Item?.['version']).toEqual({ N: '1' });
});
