import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../ports/clock.ts';
import {
  BadCursor,
  ConditionFailed,
  TRANSACT_MAX,
  type Item,
  type Key,
  type Put,
  type Query,
  type Table,
  type Write,
} from '../../ports/table.ts';

export type TableUnderTest = { readonly table: Table; close(): Promise<void> };

const NOON = 1_767_582_000_000;
const MAX_TRIES = 50;

let households = 0;
/** A partition of its own for each test. */
const aHousehold = (): string => `H#${(households += 1)}`;
const dayKey = (pk: string, day: string): Key => ({ table: 'energy', pk, sk: `DAY#${day}` });
const aDay = (pk: string, day: string, over: Partial<Put> = {}): Put => ({
  ...dayKey(pk, day),
  data: { importWh: 8200 },
  ...over,
});

/** Index reads may lag: asks again until the answer holds. */
const eventually = async (query: () => Promise<Item[]>, count: number): Promise<Item[]> => {
  let items = await query();
  for (let tries = 0; tries < MAX_TRIES && items.length !== count; tries += 1) items = await query();
  return items;
};

const allPages = async (table: Table, query: Query): Promise<Item[]> => {
  const page = await table.query(query);
  if (page.cursor === undefined) return page.items;
  return [...page.items, ...(await allPages(table, { ...query, cursor: page.cursor }))];
};

const winners = async (attempts: readonly Promise<void>[]): Promise<number> => {
  const results = await Promise.allSettled(attempts);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(ConditionFailed);
  return results.filter(({ status }) => status === 'fulfilled').length;
};

/** What every `Table` promises; see `ports/table.ts`. */
export const tableContract = (name: string, make: (clock: Clock) => Promise<TableUnderTest>): void => {
  describe(`Table: ${name}`, () => {
    let nowMs = NOON;
    let table: Table;
    let adapter: TableUnderTest;
    beforeAll(async () => {
      adapter = await make({ now: () => nowMs });
      table = adapter.table;
    });
    afterAll(() => adapter.close());

    describe('one item', () => {
      it('is absent before it was written', async () => {
        expect(await table.get(dayKey(aHousehold(), '2026-01-05'))).toBeUndefined();
      });

      it('comes back as written, with version 1, index keys and expiry', async () => {
        const pk = aHousehold();
        const put = aDay(pk, '2026-01-05', {
          data: {
            importWh: 8200,
            tariff: null,
            hours: [1, 2.5, -3, 0],
            nested: { quality: 'good', simulated: true },
            none: [],
          },
          expiresAt: NOON / 1000 + 60,
          i1: `T#${pk}`,
          i2: `R#${pk}`,
        });
        await table.put(put);
        expect(await table.get(put)).toEqual({ ...put, version: 1 });
      });

      it('keeps Korean, emoji and quotes in keys and data', async () => {
        const put = {
          ...dayKey(aHousehold(), '거실 에어컨 ❄️ "문"'),
          data: { name: '우리집 🏠', empty: '', 'key.with-dots': '\u0000 ok' },
        };
        await table.put(put);
        expect(await table.get(put)).toMatchObject(put);
      });

      it('grows its version by one at each unconditional write and keeps nothing of the old one', async () => {
        const pk = aHousehold();
        await table.put(aDay(pk, '2026-01-05', { i1: `old#${pk}`, expiresAt: NOON / 1000 + 60 }));
        await table.put(aDay(pk, '2026-01-05', { data: { importWh: 1 } }));
        await table.put(aDay(pk, '2026-01-05', { data: { importWh: 2 } }));
        expect(await table.get(dayKey(pk, '2026-01-05'))).toEqual({
          ...dayKey(pk, '2026-01-05'),
          version: 3,
          data: { importWh: 2 },
        });
      });

      it('is gone after a delete, and deleting nothing is no error', async () => {
        const pk = aHousehold();
        await table.put(aDay(pk, '2026-01-05'));
        await table.delete(dayKey(pk, '2026-01-05'));
        await table.delete(dayKey(pk, '2026-01-05'));
        expect(await table.get(dayKey(pk, '2026-01-05'))).toBeUndefined();
      });

      it('of nearly 400 KB is refused with its name and the limit, and one of 200 KB is taken', async () => {
        const pk = aHousehold();
        const tooBig = table.put(aDay(pk, '2026-01-05', { data: { photo: 'x'.repeat(390_000) } }));
        await expect(tooBig).rejects.toThrow(/DAY#2026-01-05.*bytes.*at most 262144/);
        const korean = table.put(aDay(pk, '2026-01-05', { data: { note: '가'.repeat(90_000) } }));
        await expect(korean).rejects.toThrow(/bytes/);
        await table.put(aDay(pk, '2026-01-06', { data: { note: 'x'.repeat(200_000) } }));
        expect(await table.get(dayKey(pk, '2026-01-05'))).toBeUndefined();
        expect(await table.get(dayKey(pk, '2026-01-06'))).toMatchObject({ version: 1 });
      });

      it('with an empty key is refused', async () => {
        await expect(table.put(aDay(aHousehold(), '2026-01-05', { i1: '' }))).rejects.toThrow(/i1 has 0 bytes/);
      });
    });

    describe('batchGet', () => {
      it('answers 250 keys in their order, repeated ones too, absent ones undefined', async () => {
        const pk = aHousehold();
        const days = Array.from({ length: 120 }, (_, day) => `${1000 + day}`);
        await Promise.all(days.map((day) => table.put(aDay(pk, day, { data: { day } }))));
        const keys = [...days, ...days.map((day) => `no-${day}`), ...days.slice(0, 10)].map((day) => dayKey(pk, day));
        const items = await table.batchGet(keys);
        expect(items.map((item) => item?.data)).toEqual(
          keys.map(({ sk }) => (sk.startsWith('DAY#no') ? undefined : { day: sk.slice(4) })),
        );
      });

      it('of no keys is empty', async () => {
        expect(await table.batchGet([])).toEqual([]);
      });
    });

    describe('conditions', () => {
      it('let the first entry of a ledger in and refuse the second', async () => {
        const pk = aHousehold();
        await table.put(aDay(pk, '2026-01-05', { if: { absent: true } }));
        const second = table.put(aDay(pk, '2026-01-05', { data: { importWh: 9 }, if: { absent: true } }));
        await expect(second).rejects.toBeInstanceOf(ConditionFailed);
        expect(await table.get(dayKey(pk, '2026-01-05'))).toMatchObject({ version: 1, data: { importWh: 8200 } });
      });

      it('write over the version that was read, once', async () => {
        const pk = aHousehold();
        await table.put(aDay(pk, '2026-01-05'));
        await table.put(aDay(pk, '2026-01-05', { data: { importWh: 9 }, if: { version: 1 } }));
        await expect(table.put(aDay(pk, '2026-01-05', { if: { version: 1 } }))).rejects.toBeInstanceOf(ConditionFailed);
        expect(await table.get(dayKey(pk, '2026-01-05'))).toMatchObject({ version: 2, data: { importWh: 9 } });
      });

      it('refuse a version of an item that does not exist', async () => {
        await expect(table.put(aDay(aHousehold(), '2026-01-05', { if: { version: 1 } }))).rejects.toBeInstanceOf(
          ConditionFailed,
        );
      });

      it('guard a delete', async () => {
        const pk = aHousehold();
        await table.put(aDay(pk, '2026-01-05'));
        const stale = table.delete({ ...dayKey(pk, '2026-01-05'), if: { version: 7 } });
        await expect(stale).rejects.toBeInstanceOf(ConditionFailed);
        await table.delete({ ...dayKey(pk, '2026-01-05'), if: { version: 1 } });
        expect(await table.get(dayKey(pk, '2026-01-05'))).toBeUndefined();
      });

      it('have exactly one winner among 20 writers that read the same version', async () => {
        const pk = aHousehold();
        const writer = (importWh: number, condition: Put['if'] & {}) =>
          table.put(aDay(pk, '2026-01-05', { data: { importWh }, if: condition }));
        const numbers = Array.from({ length: 20 }, (_, index) => index);
        expect(await winners(numbers.map((wh) => writer(wh, { absent: true })))).toBe(1);
        expect(await winners(numbers.map((wh) => writer(wh, { version: 1 })))).toBe(1);
        expect(await table.get(dayKey(pk, '2026-01-05'))).toMatchObject({ version: 2 });
      });

      it('lose nothing when 10 writers add to one total by reading and writing back', async () => {
        const pk = aHousehold();
        const key = dayKey(pk, 'total');
        await table.put({ ...key, data: { wh: 0 } });
        const add = async (tries = 0): Promise<void> => {
          const { version, data } = (await table.get(key))!;
          const next = { ...key, data: { wh: (data as { wh: number }).wh + 10 }, if: { version } };
          await table.put(next).catch((error: unknown) => {
            if (!(error instanceof ConditionFailed) || tries > MAX_TRIES) throw error;
            return add(tries + 1);
          });
        };
        await Promise.all(Array.from({ length: 10 }, () => add()));
        expect(await table.get(key)).toMatchObject({ version: 11, data: { wh: 100 } });
      });
    });

    describe('an expired item', () => {
      it('counts as absent for get, batchGet, query and conditions, and its key can be taken again', async () => {
        const pk = aHousehold();
        const session = aDay(pk, 'session', { expiresAt: NOON / 1000 + 60 });
        await table.put(session);
        nowMs = NOON + 59_999;
        expect(await table.get(session)).toBeDefined();
        nowMs = NOON + 60_000;
        expect(await table.get(session)).toBeUndefined();
        expect(await table.batchGet([session])).toEqual([undefined]);
        expect(await table.query({ table: 'energy', value: pk })).toEqual({ items: [] });
        await expect(table.put({ ...session, if: { version: 1 } })).rejects.toBeInstanceOf(ConditionFailed);
        await table.put({ ...session, expiresAt: NOON / 1000 + 600, if: { absent: true } });
        expect(await table.get(session)).toMatchObject({ version: 1 });
        nowMs = NOON;
      });

      it('does not eat into a page', async () => {
        const pk = aHousehold();
        const hours = ['00', '01', '02', '03', '04', '05'];
        await Promise.all(
          hours.map((hour, index) => table.put(aDay(pk, hour, index < 4 ? { expiresAt: NOON / 1000 + 5 } : {}))),
        );
        nowMs = NOON + 10_000;
        expect((await table.query({ table: 'energy', value: pk, limit: 2 })).items.map(({ sk }) => sk)).toEqual([
          'DAY#04',
          'DAY#05',
        ]);
        nowMs = NOON;
      });
    });

    transactContract(() => table);
    queryContract(() => table);
  });
};

const transactContract = (of: () => Table): void => {
  describe('transact', () => {
    it('writes an entry and its total, checks a guard and removes a draft, together', async () => {
      const pk = aHousehold();
      await of().transact([{ put: aDay(pk, 'total') }, { put: aDay(pk, 'draft') }]);
      const [entry, total, draft] = [dayKey(pk, 'entry'), dayKey(pk, 'total'), dayKey(pk, 'draft')];
      await of().transact([
        { put: { ...entry, data: { won: 120 }, if: { absent: true } } },
        { put: { ...total, data: { won: 120 }, if: { version: 1 } } },
        { delete: { ...draft, if: { version: 1 } } },
        { check: { ...dayKey(pk, 'closed'), if: { absent: true } } },
      ]);
      const items = await of().batchGet([entry, total, draft]);
      expect(items.map((item) => item?.version)).toEqual([1, 2, undefined]);
    });

    it.each<[string, (pk: string) => Write]>([
      ['put', (pk) => ({ put: aDay(pk, 'held', { if: { absent: true } }) })],
      ['delete', (pk) => ({ delete: { ...dayKey(pk, 'held'), if: { version: 9 } } })],
      ['check', (pk) => ({ check: { ...dayKey(pk, 'held'), if: { version: 9 } } })],
    ])('writes nothing when the condition of one %s fails', async (_kind, failing) => {
      const pk = aHousehold();
      await of().put(aDay(pk, 'held'));
      const writes = [{ put: aDay(pk, 'first') }, failing(pk), { put: aDay(pk, 'last') }];
      await expect(of().transact(writes)).rejects.toBeInstanceOf(ConditionFailed);
      expect((await of().query({ table: 'energy', value: pk })).items.map(({ sk }) => sk)).toEqual(['DAY#held']);
    });

    it(`takes ${TRANSACT_MAX} writes and refuses one more, a repeated key and none`, async () => {
      const pk = aHousehold();
      const writes = Array.from({ length: TRANSACT_MAX + 1 }, (_, index) => ({ put: aDay(pk, `${1000 + index}`) }));
      await expect(of().transact(writes)).rejects.toThrow(/1 to 100 writes, not 101/);
      await expect(of().transact([...writes.slice(0, 1), ...writes.slice(0, 1)])).rejects.toThrow(/twice/);
      await expect(of().transact([])).rejects.toThrow(/not 0/);
      expect((await of().query({ table: 'energy', value: pk })).items).toEqual([]);
      await of().transact(writes.slice(0, TRANSACT_MAX));
      expect((await of().query({ table: 'energy', value: pk })).items).toHaveLength(TRANSACT_MAX);
    });

    it('of more than the common size limit is refused', async () => {
      const pk = aHousehold();
      const writes = Array.from({ length: 12 }, (_, index) => ({
        put: aDay(pk, `${index}`, { data: 'x'.repeat(250_000) }),
      }));
      await expect(of().transact(writes)).rejects.toThrow(/transact has \d+ bytes/);
    });

    it('has exactly one winner when two payouts spend the same balance', async () => {
      const pk = aHousehold();
      await of().put(aDay(pk, 'balance'));
      const spend = (id: string) =>
        of().transact([
          { put: aDay(pk, 'balance', { data: { won: 0 }, if: { version: 1 } }) },
          { put: aDay(pk, `payout-${id}`, { if: { absent: true } }) },
        ]);
      expect(await winners(['a', 'b', 'c', 'd'].map(spend))).toBe(1);
      expect((await of().query({ table: 'energy', value: pk })).items).toHaveLength(2);
    });
  });
};

const queryContract = (of: () => Table): void => {
  describe('query', () => {
    const days = ['2026-01-30', '2026-01-31', '2026-02-01', '2026-02-02', '2026-03-01'];
    const filled = async (): Promise<string> => {
      const pk = aHousehold();
      await Promise.all(days.toReversed().map((day) => of().put(aDay(pk, day))));
      await of().put({ table: 'energy', pk, sk: 'MON#2026-01', data: {} });
      await of().put({ table: 'energy', pk: `${pk}0`, sk: 'DAY#2026-02-01', data: {} });
      await of().put({ table: 'homes', pk, sk: 'DAY#2026-02-01', data: {} });
      return pk;
    };
    const found = async (query: Omit<Query, 'table'>): Promise<string[]> =>
      (await of().query({ table: 'energy', ...query })).items.map(({ sk }) => sk.slice(4));

    it('answers one partition of one table in order of the sort key', async () => {
      expect(await found({ value: await filled() })).toEqual([...days, '2026-01']);
    });

    it('narrows by prefix, by an inclusive range and by one open side', async () => {
      const value = await filled();
      expect(await found({ value, prefix: 'DAY#2026-02' })).toEqual(['2026-02-01', '2026-02-02']);
      expect(await found({ value, from: 'DAY#2026-01-31', to: 'DAY#2026-02-01' })).toEqual([
        '2026-01-31',
        '2026-02-01',
      ]);
      expect(await found({ value, from: 'DAY#2026-02-02' })).toEqual(['2026-02-02', '2026-03-01', '2026-01']);
      expect(await found({ value, to: 'DAY#2026-01-31' })).toEqual(['2026-01-30', '2026-01-31']);
      expect(await found({ value, from: 'DAY#2026-02-02', to: 'DAY#2026-01-01' })).toEqual([]);
      expect(await found({ value, prefix: '' })).toHaveLength(6);
      expect(await found({ value, from: '', to: 'DAY#2026-01-31' })).toHaveLength(2);
      expect(await found({ value, to: '' })).toEqual([]);
    });

    it('orders by the bytes of UTF-8, upper case before lower case before Korean before emoji', async () => {
      const pk = aHousehold();
      const names = ['\u{1F3E0}', '\uFFEE', '가', 'a', 'B'];
      await Promise.all(names.map((sk) => of().put({ table: 'energy', pk, sk: `DAY#${sk}`, data: {} })));
      expect(await found({ value: pk, prefix: 'DAY#' })).toEqual(['B', 'a', '가', '\uFFEE', '\u{1F3E0}']);
    });

    it.each([false, true])(
      'pages through everything once (descending: %s), and the last page has no cursor',
      async (descending) => {
        const value = await filled();
        const expected = days.toSorted((a, b) => (descending ? b : a).localeCompare(descending ? a : b));
        for (const limit of [1, 2, 5, 6]) {
          const query: Query = { table: 'energy', value, prefix: 'DAY#', descending, limit };
          expect((await of().query(query)).items).toHaveLength(Math.min(limit, 5));
          expect((await allPages(of(), query)).map(({ sk }) => sk.slice(4))).toEqual(expected);
        }
        expect(
          (await of().query({ table: 'energy', value, prefix: 'DAY#', descending, limit: 5 })).cursor,
        ).toBeUndefined();
      },
    );

    it('refuses a cursor that it did not give out, and a forged one opens nothing outside of the range', async () => {
      const value = await filled();
      await expect(of().query({ table: 'energy', value, cursor: 'abc' })).rejects.toThrow(BadCursor);
      const forged = Buffer.from(JSON.stringify(['A', value])).toString('base64url');
      const answer = await of()
        .query({ table: 'energy', value, prefix: 'MON#', cursor: forged })
        .catch(() => ({ items: [] }));
      expect(answer.items.every(({ sk }) => sk.startsWith('MON#'))).toBe(true);
    });

    it.each(['i1', 'i2'] as const)(
      'finds items of several partitions by %s, in pages, and forgets one that left the index',
      async (by) => {
        const board = `board-${by}-${aHousehold()}`;
        const homes = Array.from({ length: 5 }, aHousehold);
        await Promise.all(homes.map((pk) => of().put(aDay(pk, 'score', { [by]: board }))));
        const query: Query = { table: 'energy', by, value: board, prefix: 'DAY#', limit: 2 };
        const pks = (items: Item[]) => items.map(({ pk }) => pk).toSorted();
        expect(pks(await eventually(() => allPages(of(), query), 5))).toEqual(homes.toSorted());
        await of().put(aDay(homes[0] ?? '', 'score'));
        expect(pks(await eventually(() => allPages(of(), query), 4))).toEqual(homes.slice(1).toSorted());
      },
    );
  });
};
