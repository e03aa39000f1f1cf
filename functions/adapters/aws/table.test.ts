import {
  BatchGetItemCommand,
  DynamoDBClient,
  QueryCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ConditionFailed } from '../../ports/table.ts';
import { dynamoTable } from './table.ts';

/** What moto does not do: conflicts, keys left unread, pages that the filter has emptied. */
const dynamo = mockClient(DynamoDBClient);
beforeEach(() => dynamo.reset());
afterAll(() => dynamo.restore());

const names = {
  homes: 'Homes',
  energy: 'Energy',
  history: 'History',
  operations: 'Operations',
  ledger: 'Ledger',
  community: 'Community',
  people: 'People',
};
const table = dynamoTable(names, { clock: { now: () => 1_767_582_000_000 }, config: { region: 'us-east-1' } });
const key = (sk: string) => ({ table: 'energy', pk: 'H#1', sk }) as const;
const stored = (sk: string) => ({ pk: { S: 'H#1' }, sk: { S: sk }, version: { N: '1' }, data: { M: {} } });
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe('a payout that meets another transaction', () => {
  const payout = [{ put: { ...key('PAY#1'), data: {} } }, { check: { ...key('OPEN'), if: { version: 1 } } }];

  it('is sent again until its turn comes', async () => {
    dynamo
      .on(TransactWriteItemsCommand)
      .rejectsOnce(cancelled('TransactionConflict', 'None'))
      .rejectsOnce(cancelled('None', 'ThrottlingError'))
      .resolves({});
    await table.transact(payout);
    expect(dynamo.commandCalls(TransactWriteItemsCommand)).toHaveLength(3);
  });

  it('is refused at once when a condition has failed beside the conflict, and says which', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('TransactionConflict', 'ConditionalCheckFailed'));
    const refused = table.transact(payout);
    await expect(refused).rejects.toBeInstanceOf(ConditionFailed);
    await expect(refused).rejects.toThrow(/energy H#1 \/ OPEN/);
    expect(dynamo.commandCalls(TransactWriteItemsCommand)).toHaveLength(1);
  });

  it('fails as itself when AWS cancels it for any other reason', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('ValidationError', 'None'));
    await expect(table.transact(payout)).rejects.toBeInstanceOf(TransactionCanceledException);
  });

  it('holds a single put up, too', async () => {
    dynamo
      .on(UpdateItemCommand)
      .rejectsOnce(new TransactionConflictException({ message: 'busy', $metadata: {} }))
      .resolves({});
    await table.put({ ...key('BAL'), data: {} });
    expect(dynamo.commandCalls(UpdateItemCommand)).toHaveLength(2);
  });
});

describe('a batch of readings', () => {
  it('is asked for again where DynamoDB left keys out', async () => {
    const left = { Energy: { Keys: [{ pk: { S: 'H#1' }, sk: { S: 'Q#2' } }], ConsistentRead: true } };
    dynamo
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { Energy: [stored('Q#1')] }, UnprocessedKeys: left })
      .resolves({ Responses: { Energy: [stored('Q#2')] } });
    const items = await table.batchGet([key('Q#1'), key('Q#2')]);
    expect(items.map((item) => item?.sk)).toEqual(['Q#1', 'Q#2']);
    expect(dynamo.commandCalls(BatchGetItemCommand)[1]?.args[0].input.RequestItems).toEqual(left);
  });

  it('that DynamoDB goes on leaving out is an error, not an absence', async () => {
    const left = { Energy: { Keys: [{ pk: { S: 'H#1' }, sk: { S: 'Q#1' } }] } };
    dynamo.on(BatchGetItemCommand).resolves({ Responses: {}, UnprocessedKeys: left });
    await expect(table.batchGet([key('Q#1')])).rejects.toThrow(/left keys of a batch unread 6 times/);
  });
});

it('a page of a history is filled across answers that held only expired items', async () => {
  const LastEvaluatedKey = { pk: { S: 'H#1' }, sk: { S: 'Q#1' } };
  dynamo
    .on(QueryCommand)
    .resolvesOnce({ Items: [], LastEvaluatedKey })
    .resolvesOnce({ Items: [stored('Q#2')], LastEvaluatedKey })
    .resolves({ Items: [stored('Q#3'), stored('Q#4')] });
  const page = await table.query({ table: 'energy', value: 'H#1', limit: 2 });
  expect(page.items.map(({ sk }) => sk)).toEqual(['Q#2', 'Q#3']);
  expect(page.cursor).toBeDefined();
});
