import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aSettling } from '../../testing/ledger.ts';
import { aWorld, HOME } from '../../testing/world.ts';
import { settle } from '../../use-cases/stores/ledger.ts';
import { checkLedger } from './ledger-check.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-ledger-'));
  file = join(folder, 'hems.sqlite');
  const world = await aWorld();
  const settled = (over: Parameters<typeof aSettling>[0]) => settle(world, aSettling(over), over);
  await settled({ total: 3000 });
  await settled({ total: 2500 });
  await settled({ period: 'another', total: 700 });
  world.database.exec(`VACUUM INTO '${file}'`);
  await world.database.close();
});
afterEach(async () => await rm(folder, { recursive: true }));

const tamper = (sql: string): void => {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
};

test('a restored ledger whose balances are the sums of its entries breaks no rule', async () => {
  expect(await checkLedger(file)).toEqual({ households: 1, entries: 3, broken: [] });
});

test('a balance that lacks a won is found', async () => {
  tamper(`UPDATE ledger SET data = json_set(data, '$.won.earned', 3199) WHERE sk = 'BAL'`);
  expect((await checkLedger(file)).broken).toEqual([`${HOME.householdId}: the balance is not the sum of its entries`]);
});

test('an entry that is missing between two others is found', async () => {
  tamper(`DELETE FROM ledger WHERE sk = 'ENTRY#community-challenge#save-together#0000'`);
  expect((await checkLedger(file)).broken).toEqual([
    `${HOME.householdId}: the balance is not the sum of its entries`,
    `${HOME.householdId}: the revisions of community-challenge save-together do not chain`,
  ]);
});
