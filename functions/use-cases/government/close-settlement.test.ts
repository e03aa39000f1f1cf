import { afterEach, beforeEach, expect, test } from 'vitest';
import { lineIdsOf } from '@hems/models/partner/settlement-line';
import { anOfficeWorld, CASHBACK, MAY, UTILITY, type OfficeWorld } from '../../testing/office-world.ts';
import { aPartner } from '../../testing/partner-call.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import { agree } from '../../testing/agree.ts';
import { putProfile } from '../stores/households.ts';
import { readInputs, settle } from '../stores/ledger.ts';
import { fileIdOf, readFile, readPart } from '../stores/settlement-parts.ts';
import type { Tell } from '../webhooks/tell-partner.ts';
import { closeSettlement } from './close-settlement.ts';

const PARTNER = aPartner({ partnerId: UTILITY, programmes: [CASHBACK] });
const OF = { partnerId: UTILITY, programme: CASHBACK, period: MAY };

let world: OfficeWorld;
let told: Tell[];
beforeEach(async () => {
  world = await anOfficeWorld();
  told = [];
});
afterEach(() => world.close());

const close = (table: Table = world.table) =>
  closeSettlement({ ...world, table, tell: async (tell) => void told.push(tell) }, PARTNER, {
    programme: CASHBACK,
    period: MAY,
  });
/** Every line id of the file, part by part. */
const linesOf = async (number = 1): Promise<string[]> => {
  const kept = await readFile(world.table, OF, number);
  const parts = await Promise.all(
    (kept?.record.parts ?? []).map(({ part }) => readPart(world.table, fileIdOf(OF, number), part)),
  );
  return parts.flatMap((part) => lineIdsOf(part?.text ?? ''));
};

/** The table, which refuses the write that a condition is true of, once, as if the process had died there. */
const dyingAt = (isIt: (sk: string) => boolean): Table => {
  let hasDied = false;
  const die = (sk: string): void => {
    if (hasDied || !isIt(sk)) return;
    hasDied = true;
    throw new Error('the process died');
  };
  return {
    ...world.table,
    put: async (put) => {
      die(put.sk);
      await world.table.put(put);
    },
    transact: async (writes) => {
      for (const write of writes) if ('put' in write) die(write.put.sk);
      await world.table.transact(writes);
    },
  };
};

const homes = async (...ids: string[]): Promise<void> => {
  for (const id of ids) {
    await world.addHome(id);
    await world.settleMay(id);
  }
};

test('the partner is told of a closed file, once', async () => {
  await homes('home-a');
  await close();
  const [first] = told;
  expect(first).toMatchObject({
    partnerId: UTILITY,
    type: 'settlement.ready',
    data: { file: fileIdOf(OF, 1), lines: 1, amount: 3200, unit: 'won' },
    key: fileIdOf(OF, 1),
  });
});

test.each([
  ['before its lines are written', (sk: string) => sk.startsWith('PART#')],
  ['before its entries are marked', (sk: string) => sk.startsWith('FILED#')],
  ['before the file counts it', (sk: string) => sk.startsWith('SETTLEMENT#') && sk.endsWith('#0001')],
])('a call that dies in a part %s leaves nothing lost and nothing twice', async (_when, isIt) => {
  await homes('home-a', 'home-b');
  let seen = 0;
  const table = dyingAt((sk) => isIt(sk) && (!sk.startsWith('SETTLEMENT#') || (seen += 1) > 1));
  await expect(close(table)).rejects.toThrow('the process died');
  const record = await close();
  expect(record).toMatchObject({ state: 'closed', lines: 2, number: 1 });
  expect(new Set(await linesOf()).size).toBe(2);
  expect((await close()).number).toBe(1);
});

test('a file of more lines than a part holds is closed part by part, each line once', async () => {
  await homes('home-a');
  const [entry] = await world.entriesOf('home-a');
  const frozen = entry && (await readInputs(world.table, entry));
  const others = Array.from({ length: 560 }, (_, n) => `other-${n}`);
  for (const householdId of others) {
    await putProfile(world.table, { householdId, telemetryId: `t-${householdId}`, buildingType: 'apartment' });
    await agree(world.table, householdId, 'government');
    const settling = { householdId, programme: CASHBACK, period: MAY, unit: 'won', payer: 'utility' } as const;
    await settle(
      world,
      { ...settling, endsOn: '2026-05-31', total: 3200, version: frozen?.version ?? '' },
      frozen?.inputs,
    );
  }
  let record = await close();
  for (let n = 0; n < 5 && record.state === 'closing'; n += 1) record = await close();
  expect(record).toMatchObject({ state: 'closed', lines: 561, amount: 561 * 3200 });
  expect(record.parts.map(({ lines }) => lines)).toEqual([500, 61]);
  expect(new Set(await linesOf()).size).toBe(561);
});

test('an entry that was recorded after the moment of the file waits for the next one', async () => {
  await homes('home-a');
  const table: Table = {
    ...world.table,
    query: async (query) => {
      const page = await world.table.query(query);
      const later = (data: unknown): unknown => ({ ...(data as object), recordedMs: world.clock.now() + 1 });
      return query.value.startsWith('SETTLED#')
        ? { ...page, items: page.items.map((item) => ({ ...item, data: later(item.data) })) }
        : page;
    },
  };
  await expect(close(table)).rejects.toMatchObject({ code: 'nothing-settled' });
  expect((await close()).lines).toBe(1);
});

test('two calls that are refused each other’s writes both end with the same file', async () => {
  await homes('home-a');
  let refusals = 0;
  const table: Table = {
    ...world.table,
    put: async (put) => {
      if (put.sk.startsWith('SETTLEMENT#') && (refusals += 1) === 2) {
        await close();
        throw new ConditionFailed();
      }
      await world.table.put(put);
    },
  };
  expect(await close(table)).toMatchObject({ number: 1, lines: 1, state: 'closed' });
  expect(await linesOf()).toHaveLength(1);
});

test('a call that dies after it closed the file, and before it told of it, is made good by the next call, which tells once', async () => {
  await homes('home-a');
  const dying = async (): Promise<never> => Promise.reject(new Error('the process died'));
  const asked = { programme: CASHBACK, period: MAY };
  await expect(closeSettlement({ ...world, tell: dying }, PARTNER, asked)).rejects.toThrow('the process died');
  expect(await close()).toMatchObject({ number: 1, state: 'closed' });
  expect(told).toMatchObject([{ type: 'settlement.ready', key: fileIdOf(OF, 1) }]);
});

test('an entry that no list leads to is filed with its correction, so that the payer owes what the ledger says', async () => {
  await homes('home-a');
  const [item] = (await world.table.query({ table: 'ledger', value: 'H#home-a', prefix: 'ENTRY#' })).items;
  const { pk, sk, data } = item!;
  await world.table.put({ table: 'ledger', pk, sk, data });
  await expect(close()).rejects.toMatchObject({ code: 'nothing-settled' });
  await world.settleMay('home-a', 300);
  const entries = await world.entriesOf('home-a');
  expect(entries).toHaveLength(2);
  const amount = entries.reduce((sum, entry) => sum + entry.amount, 0);
  expect(await close()).toMatchObject({ number: 1, lines: 2, amount, state: 'closed' });
  expect((await linesOf()).map((line) => line.slice(-4))).toEqual(['0000', '0001']);
  expect(await close()).toMatchObject({ number: 1, lines: 2 });
});
