import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { settableClock, systemClock } from '../clock.ts';
import { accounts } from './accounts.ts';

const USER = { sub: 'r-1', email: 'Demo1@Example.com', name: 'demo', password: 'right', groups: [] };

const aDirectory = async () => {
  const clock = settableClock(1_000_000);
  const table = sqliteTable({ database: openDatabase(':memory:'), clock: systemClock });
  const people = accounts(table, clock);
  await people.add([USER]);
  const guess = async (times: number) => {
    for (let count = 0; count < times; count += 1) await people.signIn(USER.email, `wrong ${count}`);
  };
  return { people, clock, guess, table };
};

describe('a password', () => {
  test('opens its account, whatever the case of the address', async () => {
    const { people } = await aDirectory();
    expect(await people.signIn(' demo1@example.com ', 'right')).toMatchObject({ account: { sub: 'r-1' } });
    expect(await people.signIn(USER.email, 'Right')).toEqual({ wrong: true });
    expect(await people.signIn('nobody@example.com', 'right')).toEqual({ wrong: true });
  });

  test('is kept as a salted hash only', async () => {
    const { table } = await aDirectory();
    const item = await table.get({ table: 'operations', pk: 'USER#demo1@example.com', sk: 'USER' });
    expect(JSON.stringify(item)).not.toContain('right');
    expect(item?.data).toMatchObject({ salt: expect.stringMatching(/^.{22}$/) as string });
  });

  test('guessed ten times makes everybody wait, longer each time, the right one included', async () => {
    const { people, clock, guess } = await aDirectory();
    await guess(9);
    expect(await people.signIn(USER.email, 'wrong')).toEqual({ wrong: true });
    expect(await people.signIn(USER.email, 'right')).toEqual({ waitSeconds: 1 });
    clock.advanceTo(clock.now() + 1000);
    expect(await people.signIn(USER.email, 'wrong')).toEqual({ wrong: true });
    expect(await people.signIn(USER.email, 'right')).toEqual({ waitSeconds: 2 });
    clock.advanceTo(clock.now() + 2000);
    expect(await people.signIn(USER.email, 'right')).toMatchObject({ account: { sub: 'r-1' } });
    expect(await people.signIn(USER.email, 'wrong')).toEqual({ wrong: true });
  });

  test('guessed at the same time is counted each time', async () => {
    const { people } = await aDirectory();
    await Promise.all(Array.from({ length: 10 }, async (_, at) => await people.signIn(USER.email, `wrong ${at}`)));
    expect(await people.signIn(USER.email, 'right')).toEqual({ waitSeconds: 1 });
  });
});

test('adding the residents again leaves their accounts as they are', async () => {
  const { people } = await aDirectory();
  await people.add([{ ...USER, password: 'another' }]);
  expect(await people.signIn(USER.email, 'right')).toMatchObject({ account: { sub: 'r-1' } });
});
