import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import type { Clock } from '../../ports/clock.ts';
import { ConditionFailed, TABLES, type Table } from '../../ports/table.ts';
import { blocksTelemetryStore } from '../blocks/telemetry-store.ts';
import { laggingIndex } from '../contract/lagging-index.ts';
import { tableContract } from '../contract/table.contract.ts';
import { telemetryStoreContract } from '../contract/telemetry-store.contract.ts';
import { motoClient } from './moto-client.ts';
import { dynamoTable } from './table.ts';

const NOON = 1_767_582_000_000;
const config = motoClient(process.env['MOTO_URL']);

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
const keys = (partition: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: 'sk', KeyType: 'RANGE' as const },
];
const index = (name: string) => ({
  IndexName: `by-${name}`,
  KeySchema: keys(name),
  Projection: { ProjectionType: 'ALL' as const },
});

let made = 0;
/** The tables as the data stack makes them, under new names. */
const newTables = async () => {
  const suffix = (made += 1);
  const names = {
    homes: `homes-${suffix}`,
    energy: `energy-${suffix}`,
    history: `history-${suffix}`,
    operations: `operations-${suffix}`,
    ledger: `ledger-${suffix}`,
    community: `community-${suffix}`,
    people: `people-${suffix}`,
  };
  const client = new DynamoDBClient(config);
  const create = (TableName: string) =>
    client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk', 'i1', 'i2'].map(text),
        KeySchema: keys('pk'),
        GlobalSecondaryIndexes: [index('i1'), index('i2')],
      }),
    );
  await Promise.all(TABLES.map((name) => create(names[name])));
  return names;
};
const noon: Clock = { now: () => NOON };

const onMoto = async (clock: Clock): Promise<Table> => dynamoTable(await newTables(), { clock, config });

tableContract('DynamoDB', async (clock) => ({ table: await onMoto(clock), close: async () => {} }));
tableContract('DynamoDB behind a lagging index', async (clock) => ({
  table: laggingIndex(await onMoto(clock)),
  close: async () => {},
}));
telemetryStoreContract('blocks on DynamoDB', async () => {
  const pause = (attempt: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
  return { store: blocksTelemetryStore(await onMoto(noon), pause), nowMs: NOON, close: async () => {} };
});

/** Lets every request through, and loses the answer of the first write: the SDK then repeats it. */
const losingAnswers = () => {
  const handler = new DynamoDBClient(config).config.requestHandler;
  const handle = handler.handle.bind(handler);
  let lost = 0;
  handler.handle = async (request, options) => {
    const answer = await handle(request, options);
    const isWrite = /UpdateItem|DeleteItem/.test(request.headers['x-amz-target'] ?? '');
    if (!isWrite || (lost += 1) > 1) return answer;
    throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  };
  return handler;
};

it('a reward whose answer is lost on the way is written once and not reported as somebody else’s', async () => {
  const names = await newTables();
  const key = { table: 'energy', pk: 'H#1', sk: 'REWARD#1' } as const;
  const lossy = () => dynamoTable(names, { clock: noon, config: { ...config, requestHandler: losingAnswers() } });
  await lossy().put({ ...key, data: { won: 1200 }, if: { absent: true } });
  await lossy().put({ ...key, data: { won: 1300 }, if: { version: 1 } });
  expect(await lossy().get(key)).toMatchObject({ version: 2, data: { won: 1300 } });
  await expect(lossy().put({ ...key, data: { won: 1 }, if: { version: 1 } })).rejects.toBeInstanceOf(ConditionFailed);
  await lossy().delete({ ...key, if: { version: 2 } });
  expect(await lossy().get(key)).toBeUndefined();
});
