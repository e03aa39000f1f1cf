import { beforeEach, describe, expect, test } from 'vitest';
import { busEventType, happening } from '@hems/shared/events/bus';
import { aWorld, HOME, type World } from '../../testing/world.ts';
import { ACCESS_KEPT_MS, nextAccess, readAccesses, readAccessHead } from '../stores/access-log.ts';
import { putPartner } from '../stores/partners.ts';
import { auditAccess, isWhole, readAccessLog } from './audit-access.ts';
import { lookUp } from './look-up.ts';
import { recordAccess, recordAccesses, type Access } from './record-access.ts';

const { householdId } = HOME;
const pkOf = `H#${householdId}`;
const STAFF = { kind: 'staff', id: 'staff-1' } as const;
const looked = (why: string): Access => ({ who: STAFF, what: 'look-up', why });

let world: World;
beforeEach(async () => void (world = await aWorld()));
const record = (why: string) => recordAccess(world, { householdId, ...looked(why) });
const chain = async () => ({
  householdId,
  head: await readAccessHead(world.table, householdId),
  entries: await readAccesses(world.table, householdId),
  nowMs: world.clock.now(),
});
const whole = async () => isWhole(await chain());

describe('the access log of a home', () => {
  test('says newest first who looked, at what, when and why, page by page', async () => {
    for (let i = 1; i <= 60; i += 1) await record(`reason ${i}`);
    const first = await readAccessLog(world.table, { householdId });
    expect(first.entries).toHaveLength(50);
    expect(first.entries[0]).toEqual({
      seq: 60,
      atMs: world.clock.now(),
      ...looked('reason 60'),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    const second = await readAccessLog(world.table, { householdId, cursor: first.cursor ?? '' });
    expect(second.entries.map(({ seq }) => seq)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(second.cursor).toBeNull();
  });

  test('calls the partners among them by their names of today; a partner that is no more has none', async () => {
    const kepco = {
      partnerId: 'kepco',
      name: '한국전력',
      kind: 'government' as const,
      scopes: [],
      status: 'active' as const,
    };
    await putPartner(world.table, kepco);
    for (const id of ['kepco', 'gone'])
      await recordAccess(world, { householdId, who: { kind: 'partner', id }, what: 'savings-read', why: 'x 2026-09' });
    expect((await readAccessLog(world.table, { householdId })).partners).toEqual({ kepco: '한국전력' });
  });

  test('takes the entries of many who look at once one after the other, and loses none', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, i) => record(`reason ${i}`)));
    const { entries } = await chain();
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(entries.map(({ why }) => why)).size).toBe(8);
    expect(await whole()).toBe(true);
  });

  test('holds an entry for two years and no longer, and is whole though the older ones are gone', async () => {
    await record('old');
    world.clock.set(world.clock.now() + 86_400_000);
    await record('newer');
    world.clock.set(world.clock.now() + ACCESS_KEPT_MS - 86_400_000 - 1000);
    expect((await chain()).entries.map(({ why }) => why)).toEqual(['old', 'newer']);
    world.clock.set(world.clock.now() + 2000);
    expect((await chain()).entries.map(({ why }) => why)).toEqual(['newer']);
    expect(await whole()).toBe(true);
    world.clock.set(world.clock.now() + 86_400_000);
    expect((await chain()).entries).toEqual([]);
    expect(await whole()).toBe(true);
    await record('after two quiet years');
    expect((await chain()).entries.map(({ seq }) => seq)).toEqual([3]);
    expect(await whole()).toBe(true);
  });

  test('keeps its order when a clock is behind', async () => {
    await record('one');
    world.clock.set(world.clock.now() - 5000);
    await record('two');
    const { entries } = await chain();
    expect(entries.map(({ atMs }) => atMs)).toEqual([entries[0]?.atMs, entries[0]?.atMs]);
    expect(await whole()).toBe(true);
  });

  test('goes on with its numbers after years in which nobody looked', async () => {
    await record('one');
    world.clock.set(world.clock.now() + 10 * ACCESS_KEPT_MS);
    await record('two');
    expect((await chain()).entries.map(({ seq }) => seq)).toEqual([2]);
    expect(await whole()).toBe(true);
  });

  test('tells the bus its last entry each time, by number, hash and opaque ids', async () => {
    for (const why of ['one', 'two']) await record(why);
    const { entries } = await chain();
    expect(world.said).toEqual(
      entries.map(({ seq, hash, atMs }) => ({
        type: 'access.recorded',
        detail: { householdId, atMs, key: `access:${householdId}:${seq}`, facts: { seq, hash } },
      })),
    );
    for (const { type, detail } of world.said) {
      expect(busEventType.parse(type)).toBe('access.recorded');
      expect(happening.parse(detail)).toEqual(detail);
    }
    expect(JSON.stringify(world.said)).not.toMatch(/staff-1|one|two/);
  });

  test('takes no entry of a home that was erased while it was written', async () => {
    const table: World['table'] = {
      ...world.table,
      transact: async (writes) => {
        for (const { table: name, pk, sk } of (await world.table.query({ table: 'homes', value: pkOf })).items)
          await world.table.delete({ table: name, pk, sk });
        await world.table.transact(writes);
      },
    };
    await recordAccess({ ...world, table }, { householdId, ...looked('too late') });
    expect((await world.table.query({ table: 'homes', value: pkOf })).items).toEqual([]);
    expect(world.said).toEqual([]);
  });

  test('is not begun for a home that is not, or no more', async () => {
    await recordAccesses(world, ['gone', householdId, householdId], looked('a list'));
    expect((await world.table.query({ table: 'homes', value: 'H#gone' })).items).toEqual([]);
    expect((await chain()).entries).toHaveLength(1);
  });
});

describe('an auditor sees that the log was tampered with:', () => {
  beforeEach(async () => {
    for (const why of ['one', 'two', 'three']) await record(why);
  });
  test('not before', async () => expect(await whole()).toBe(true));
  const pk = pkOf;
  const sk = (seq: number): string => `ACCESS#000000000${seq}`;
  const without = (...sks: string[]) =>
    Promise.all(sks.map((gone) => world.table.delete({ table: 'homes', pk, sk: gone })));
  const rewritten = async (seq: number, change: Record<string, unknown>): Promise<void> => {
    const item = (await world.table.get({ table: 'homes', pk, sk: sk(seq) }))!;
    await world.table.put({ table: 'homes', pk, sk: sk(seq), data: { ...(item.data as object), ...change } });
  };
  /** What may still be put but not deleted. */
  const expired = async (...sks: string[]): Promise<void> => {
    for (const one of sks) {
      const { version: _version, ...item } = (await world.table.get({ table: 'homes', pk, sk: one }))!;
      await world.table.put({ ...item, expiresAt: 1 });
    }
  };
  const CASES: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['a reason was rewritten', () => rewritten(2, { why: 'too' })],
    ['a name was rewritten in the last', () => rewritten(3, { who: { kind: 'staff', id: 'staff-9' } })],
    ['the first was made to begin the log', () => rewritten(2, { previous: null })],
    ['the first was taken out', () => without(sk(1))],
    ['one in the middle was taken out', () => without(sk(2))],
    ['the last was taken out', () => without(sk(3))],
    ['all of them were taken out', () => without(sk(1), sk(2), sk(3))],
    ['the head was taken out', () => without('ACCESS')],
    ['all of them were made to expire', () => expired(sk(1), sk(2), sk(3))],
    ['the first two were made to expire', () => expired(sk(1), sk(2))],
  ];
  test.each(CASES)('%s', async (_what, tamper) => {
    await tamper();
    expect(await whole()).toBe(false);
  });

  test('an entry of another home was put in its place', async () => {
    expect(isWhole({ ...(await chain()), householdId: 'h-2' })).toBe(false);
  });

  test('an entry was written over with a hash of its own', async () => {
    const { head, entries } = await chain();
    const before = { last: entries[0], version: 1 };
    const forged = nextAccess(householdId, before, { ...looked('nothing'), nowMs: world.clock.now() });
    const [first, , third] = entries;
    expect(isWhole({ householdId, head, entries: [first!, forged, third!], nowMs: world.clock.now() })).toBe(false);
  });

  test('all of it was wiped with its head, by an entry that the bus was told of, and by nothing else', async () => {
    const [, , told] = world.said;
    const facts = told?.detail['facts'] as { seq: number; hash: string };
    const audit = (after?: { seq: number; hash: string }) =>
      auditAccess(world, { householdId, who: STAFF, why: 'the yearly audit', after });
    expect(await audit(facts)).toMatchObject({ isWhole: true });
    expect(await audit({ ...facts, hash: '0'.repeat(64) })).toMatchObject({ isWhole: false });
    expect(await audit({ ...facts, seq: facts.seq - 1 })).toMatchObject({ isWhole: false });
    await expired(sk(1), sk(2), sk(3), sk(4), sk(5), sk(6), 'ACCESS');
    // without a witness a log that begins anew looks like a home at which nobody looked before
    expect(await audit()).toMatchObject({ isWhole: true });
    expect(await audit(facts)).toMatchObject({ isWhole: false });
  });
});

describe('an audit', () => {
  const audit = (over = {}) => auditAccess(world, { householdId, who: STAFF, why: 'the yearly audit', ...over });

  test('stands in the log itself, and says that the chain is whole', async () => {
    await record('one');
    expect(await audit()).toMatchObject({ isWhole: true, cursor: null, entries: [{ what: 'audit' }, { why: 'one' }] });
  });

  test('of a home that is not says so and leaves nothing', async () => {
    await expect(audit({ householdId: 'gone' })).rejects.toMatchObject({ kind: 'not-found' });
    expect((await world.table.query({ table: 'homes', value: 'H#gone' })).items).toEqual([]);
  });
});

describe('a look-up', () => {
  const find = (by: 'household' | 'telemetry' | 'gateway' | 'device', id: string) =>
    lookUp(world, { by, id, reason: 'the resident asked for help', who: STAFF });

  test.each([
    ['household', HOME.householdId],
    ['telemetry', HOME.telemetryId],
    ['gateway', HOME.gateway],
    ['device', 'battery-1'],
  ] as const)(
    'by %s id finds the home, tells neither readings nor who lives there, and is seen by the resident',
    async (by, id) => {
      const found = await find(by, id);
      expect(found).toMatchObject({
        householdId,
        members: 1,
        proof: 'proven',
        buildingType: 'apartment',
        region: null,
      });
      expect(found.devices).toContainEqual({
        deviceId: 'battery-1',
        kind: 'battery',
        status: 'active',
        lastSeenMs: null,
      });
      expect(JSON.stringify(found)).not.toMatch(/demo|owner|power_w|_wh/);
      expect((await readAccessLog(world.table, { householdId })).entries).toMatchObject([
        { who: STAFF, what: 'look-up', why: 'the resident asked for help' },
      ]);
    },
  );

  test('that finds nothing says so, and one that cannot be recorded tells nothing', async () => {
    await expect(find('device', 'nobody’s')).rejects.toMatchObject({ kind: 'not-found' });
    const table = { ...world.table, transact: () => Promise.reject(new Error('the store is away')) };
    await expect(
      lookUp({ ...world, table }, { by: 'household', id: householdId, reason: 'help', who: STAFF }),
    ).rejects.toThrow('away');
  });
});
