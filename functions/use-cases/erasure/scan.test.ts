import { beforeEach, describe, expect, test } from 'vitest';
import { aFullWorld, ERASURE_ID, type ErasingWorld, type FullWorld } from '../../testing/erasing.ts';
import type { Table } from '../../ports/table.ts';
import { HOME, type World } from '../../testing/world.ts';

const { householdId, telemetryId } = HOME;

let full: FullWorld;
let world: World;
let erasing: ErasingWorld;
beforeEach(async () => {
  full = await aFullWorld();
  ({ world, erasing } = full);
});

const FORFEIT = { forfeit: true };

describe('the scan of the cloud, which reads no table as a whole,', () => {
  const cloud = () => {
    const { everyItem: _walk, ...deps } = erasing.deps;
    return deps;
  };
  /** Something that is written after every step but the last, where the household has things. */
  const leftIn = async (
    key: {
      table: 'homes' | 'energy' | 'ledger' | 'history' | 'community' | 'operations';
      pk: string;
      sk: string;
      i1?: string;
    },
    data = {},
  ) => {
    await erasing.ask(FORFEIT);
    const before = async (step: string): Promise<void> => {
      if (step === 'scan') await world.table.put({ ...key, data });
    };
    return erasing.carryOut(ERASURE_ID, { with: cloud(), before });
  };

  test('finds nothing either', async () => {
    await erasing.ask(FORFEIT);
    expect(await erasing.carryOut(ERASURE_ID, { with: cloud() })).toBe('erased');
    await full.sweep();
    expect(full.traces()).toEqual([]);
  });

  test.each([
    ['an item of the home', { table: 'homes', pk: `H#${householdId}`, sk: 'NEW' }, {}],
    ['a day', { table: 'energy', pk: `H#${householdId}`, sk: 'DAY#2026-11-20' }, {}],
    ['an entry', { table: 'ledger', pk: `H#${householdId}`, sk: 'ENTRY#late#2026-11#0000' }, {}],
    ['a day of the history', { table: 'history', pk: `T#${telemetryId}`, sk: 'D#meter-1#smart_meter#2026-11-20' }, {}],
    ['the claim of a meter', { table: 'homes', pk: 'METER#meter-1', sk: 'COMMUNITY' }, { memberId: null }],
    [
      'a message that was kept out',
      { table: 'operations', pk: 'QUARANTINE#2026-11-22', sk: 'hash', i1: `Q#${telemetryId}` },
      { event: { household: telemetryId } },
    ],
  ] as const)('finds %s that came late, and the next pass takes it away', async (_, key, data) => {
    expect(await leftIn(key, data)).toBe('rows-left');
    expect(erasing.found).toEqual([`${key.table} ${key.pk} / ${key.sk}`]);
    await erasing.check();
    expect(await erasing.carryOut(ERASURE_ID, { with: cloud() })).toBe('erased');
    await full.sweep();
    expect(full.traces()).toEqual([]);
  });

  test('finds a gateway that came back into the registry', async () => {
    await erasing.ask(FORFEIT);
    const before = async (step: string): Promise<void> => {
      if (step === 'scan') await erasing.registry.enter({ household: telemetryId, gateway: full.claimed });
    };
    expect(await erasing.carryOut(ERASURE_ID, { with: cloud(), before })).toBe('rows-left');
    expect(erasing.found).toEqual([`gateway ${full.claimed} in the registry`]);
    await erasing.check();
    expect(await erasing.carryOut(ERASURE_ID, { with: cloud() })).toBe('erased');
  });

  test('finds the word of a person in a household that stays', async () => {
    await erasing.askAccount('guest');
    const before = async (step: string): Promise<void> => {
      if (step === 'scan')
        await world.table.put({ table: 'homes', pk: `H#${householdId}`, sk: 'LATE', data: { personId: 'guest' } });
    };
    expect(await erasing.carryOut(ERASURE_ID, { with: cloud(), before })).toBe('rows-left');
    expect(erasing.found).toEqual([`homes H#${householdId} / LATE`]);
  });

  test('reads the messages of the household alone, however many were kept out of others', async () => {
    const read: string[] = [];
    const table: Table = {
      ...world.table,
      query: async (query) => {
        if (query.value.startsWith('QUARANTINE#')) read.push(query.value);
        return world.table.query(query);
      },
    };
    await erasing.ask(FORFEIT);
    expect(await erasing.carryOut(ERASURE_ID, { with: { ...cloud(), table } })).toBe('erased');
    expect(read).toEqual([]);
  });
});
