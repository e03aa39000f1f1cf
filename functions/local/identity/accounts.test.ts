import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { embeddedKeys } from '../../adapters/embedded/keys.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { settableClock, systemClock } from '../clock.ts';
import { accounts } from './accounts.ts';
import { guesses } from './guesses.ts';
import { isAllowedPassword, secretOf } from './password.ts';

const USER = { sub: 'r-1', email: 'Demo1@Example.com', name: 'demo 👩‍👩‍👧 שלום', password: 'right', groups: [] };
const ADDRESS = 'demo1@example.com';

const aDirectory = async () => {
  const clock = settableClock(1_000_000);
  const database = openDatabase(':memory:');
  const table = sqliteTable({ database, clock: systemClock });
  const keys = embeddedKeys(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2));
  const keptUntil = (seconds: number) => Math.floor(systemClock.now() / 1000) + seconds;
  const people = accounts({ table, keys, guesses: guesses({ table, keys, clock, keptUntil }) });
  await people.add([USER]);
  const guess = async (times: number, email = USER.email) => {
    for (let count = 0; count < times; count += 1) await people.signIn(email, `wrong ${count}`);
  };
  const rows = () => JSON.stringify(database.prepare('SELECT * FROM operations').all());
  return { people, clock, guess, rows };
};

describe('a password', () => {
  test('opens its account, whatever the case of the address', async () => {
    const { people } = await aDirectory();
    expect(await people.signIn(' demo1@example.com ', 'right')).toEqual({
      account: { sub: 'r-1', email: ADDRESS, name: USER.name, groups: [] },
    });
    expect(await people.signIn(USER.email, 'Right')).toEqual({ wrong: true });
    expect(await people.signIn('nobody@example.com', 'right')).toEqual({ wrong: true });
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

  test('of an address that nobody has, guessed ten times, makes everybody wait just the same', async () => {
    const { people, guess } = await aDirectory();
    await guess(10, 'nobody@example.com');
    expect(await people.signIn('nobody@example.com', 'right')).toEqual({ waitSeconds: 1 });
  });

  test('guessed at the same time is counted each time', async () => {
    const { people } = await aDirectory();
    await Promise.all(Array.from({ length: 10 }, async (_, at) => await people.signIn(USER.email, `wrong ${at}`)));
    expect(await people.signIn(USER.email, 'right')).toEqual({ waitSeconds: 1 });
  });

  test('that was changed opens at once, also after ten wrong ones, and the one before opens no more', async () => {
    const { people, guess } = await aDirectory();
    await guess(10);
    await people.setPassword('r-1', await secretOf('another'));
    expect(await people.signIn(USER.email, 'another')).toMatchObject({ account: { sub: 'r-1' } });
    expect(await people.signIn(USER.email, 'right')).toEqual({ wrong: true });
  });

  test.each([
    ['Correct-horse-1', true],
    ['Correct horse 1', false],
    ['correct-horse-1', false],
    ['CORRECT-HORSE-1', false],
    ['Correct-horse-x', false],
    ['Short-pass1', false],
    [`Aa1-${'x'.repeat(252)}`, true],
    [`Aa1-${'x'.repeat(253)}`, false],
  ])('%s: %s by the rule of the pool', (password, allowed) => {
    expect(isAllowedPassword(password)).toBe(allowed);
  });
});

test('neither address, name nor password can be read where accounts are kept', async () => {
  const { people, guess, rows } = await aDirectory();
  await guess(1);
  await people.signIn(USER.email, 'right');
  expect(rows()).toContain('ACCOUNT#r-1');
  expect(rows()).not.toMatch(/demo1|Demo1|demo |right/);
});

test('adding the residents again leaves their accounts as they are', async () => {
  const { people } = await aDirectory();
  await people.add([{ ...USER, password: 'another' }]);
  expect(await people.signIn(USER.email, 'right')).toMatchObject({ account: { sub: 'r-1' } });
});

test('of two accounts opened for one address at once, one stands', async () => {
  const { people } = await aDirectory();
  const kept = await secretOf('Correct-horse-1');
  const opened = await Promise.all([1, 2].map(() => people.open({ email: 'new@example.com', name: 'new' }, kept)));
  expect(opened.filter(Boolean)).toHaveLength(1);
  expect(await people.byEmail('NEW@example.com')).toEqual(opened.find(Boolean));
  expect(await people.open({ email: ADDRESS, name: 'thief' }, kept)).toBeUndefined();
  expect(await people.bySub('r-1')).toMatchObject({ name: USER.name });
});
