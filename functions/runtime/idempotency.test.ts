import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database } from '../adapters/embedded/database.ts';
import { sqliteTable } from '../adapters/embedded/table.ts';
import { lambdaContext } from '../local/lambda-context.ts';
import type { Table } from '../ports/table.ts';
import { Refused } from '../use-cases/refusal.ts';
import { once, type Once } from './idempotency.ts';

const TIMEOUT_MS = 20_000;
const DAY_MS = 86_400_000;
/** far from the machine's own time: only the platform's clock may decide */
const START_MS = 1_795_316_400_000;

let nowMs: number;
let database: Database;
let table: Table;
let effects: number;
const clock = { now: () => nowMs };
beforeEach(() => {
  nowMs = START_MS;
  effects = 0;
  database = openDatabase(':memory:');
  table = sqliteTable({ database, clock });
});
afterEach(async () => await database.close());

const asked = (over: Partial<Once> = {}): Once => ({
  partnerId: 'office',
  key: 'decision-000000001',
  request: { method: 'POST', path: '/partner/v1/x', query: '[]', body: 'hash' },
  context: lambdaContext('x', TIMEOUT_MS),
  keeps: true,
  ...over,
});

/** An effect that takes a while, and says which one it was. */
const decide = async () => {
  effects += 1;
  const body = JSON.stringify({ decision: effects });
  await sleep(5);
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
};
const send = (over: Partial<Once> = {}, act: Parameters<typeof once>[2] = decide) =>
  once({ table, clock }, asked(over), act);
const codeOf = async (answer: Promise<unknown>): Promise<string | undefined> =>
  answer.then(
    () => 'answered',
    (error: unknown) => (error instanceof Refused ? error.code : String(error)),
  );

test('the same request again has the same answer again, marked as such, and no second effect', async () => {
  const first = await send();
  expect(first).toMatchObject({ statusCode: 200, body: '{"decision":1}' });
  expect(first.headers).not.toHaveProperty('idempotent-replayed');
  nowMs += DAY_MS - 1000;
  expect(await send()).toEqual({ ...first, headers: { ...first.headers, 'idempotent-replayed': 'true' } });
  expect(effects).toBe(1);
});

test('a day later the key is as new', async () => {
  await send();
  nowMs += DAY_MS;
  expect(await send()).toMatchObject({ body: '{"decision":2}' });
});

test.each(['method', 'path', 'query', 'body'])(
  'another %s under the same key is refused, and nothing is done',
  async (part) => {
    await send();
    const request = { ...asked().request, [part]: 'another' };
    expect(await codeOf(send({ request }))).toBe('idempotency-mismatch');
    expect(effects).toBe(1);
  },
);

test('the same key of another partner is another key', async () => {
  await send();
  expect(await send({ partnerId: 'building' })).toMatchObject({ body: '{"decision":2}' });
});

/** Lets the effect begin when all the others have been told. */
const holding = (others: number) => {
  const gate = Promise.withResolvers<undefined>();
  let told = 0;
  return {
    act: async () => {
      await gate.promise;
      return decide();
    },
    tell: () => {
      told += 1;
      if (told === others) gate.resolve(undefined);
    },
  };
};

test('of 40 that come while one is carried out only that one takes effect; the others are asked to come again, and then have its answer', async () => {
  const { act, tell } = holding(39);
  const answers = Array.from({ length: 40 }, async () => {
    const code = await codeOf(send({}, act));
    tell();
    return code;
  });
  expect((await Promise.all(answers)).toSorted()).toEqual([
    'answered',
    ...Array.from({ length: 39 }, () => 'in-progress'),
  ]);
  expect(effects).toBe(1);
  expect((await send()).headers).toHaveProperty('idempotent-replayed', 'true');
});

test('40 requests with 10 keys, four of each at a time, take effect ten times', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, index) => codeOf(send({ key: `decision-00000${index % 10}-key` }))));
  expect(effects).toBe(10);
});

test('what was refused is not remembered: the same key may be used once the reason has gone', async () => {
  const refuse = async () => Promise.reject(new Refused('conflict', 'not yet', 'not-yet'));
  expect(await codeOf(send({}, refuse))).toBe('not-yet');
  expect(await send()).toMatchObject({ body: '{"decision":1}' });
});

test('what failed on our side is not remembered', async () => {
  expect(await codeOf(send({}, async () => Promise.reject(new Error('the table is down'))))).toContain(
    'the table is down',
  );
  expect(await send()).toMatchObject({ statusCode: 200 });
});

test('what was cut off in the middle can be repeated once its function can no longer be running, by one only', async () => {
  const never = () => new Promise<never>(() => undefined);
  void send({}, never);
  await sleep(20);
  nowMs += TIMEOUT_MS;
  expect(await codeOf(send())).toBe('in-progress');
  nowMs += 2000;
  expect(await codeOf(send({ request: { ...asked().request, body: 'another' } }))).toBe('idempotency-mismatch');
  const answers = await Promise.all(Array.from({ length: 10 }, () => codeOf(send())));
  expect(answers).toContain('answered');
  expect(effects).toBe(1);
});

test('whoever was overtaken after its time can neither answer for its successor nor undo what it does', async () => {
  const slow = Promise.withResolvers<'ends' | 'fails'>();
  const overtaken = async () => {
    if ((await slow.promise) === 'fails') throw new Error('too late');
    return decide();
  };
  const late = codeOf(send({}, overtaken));
  await sleep(20);
  nowMs += TIMEOUT_MS + 2000;
  expect(await send()).toMatchObject({ body: '{"decision":1}' });
  slow.resolve('fails');
  expect(await late).toContain('too late');
  expect(await send()).toMatchObject({ body: '{"decision":1}' });
});

test('an answer too large to be kept is given once, and afterwards it is said that it was carried out', async () => {
  const large = async () => {
    effects += 1;
    return { statusCode: 200, headers: {}, body: 'x'.repeat(300_000) };
  };
  expect((await send({}, large)).body).toHaveLength(300_000);
  const again = await send({}, large);
  expect([again.statusCode, JSON.parse(again.body ?? '')]).toMatchObject([409, { code: 'answer-not-kept' }]);
  expect(effects).toBe(1);
});

test('whoever carries on after an end or a failure is told the same name of the effect, and another request another one', async () => {
  const told: string[] = [];
  const effect = (ends: 'answers' | 'fails' | 'never') => async (name: string) => {
    told.push(name);
    if (ends === 'fails') throw new Error('the answer of the store was lost');
    return ends === 'never' ? await new Promise<never>(() => undefined) : await decide();
  };
  const cutOff = send({}, effect('never'));
  cutOff.catch(() => undefined);
  await sleep(10);
  nowMs += TIMEOUT_MS + 2000;
  await expect(send({}, effect('fails'))).rejects.toThrow('was lost');
  await send({}, effect('answers'));
  expect([told.length, new Set(told).size]).toEqual([3, 1]);
  await expect(send({ key: 'decision-000000002' }, effect('fails'))).rejects.toThrow('was lost');
  const request = { ...asked().request, body: 'another' };
  await send({ key: 'decision-000000002', request }, effect('answers'));
  expect(new Set(told).size).toBe(3);
});
