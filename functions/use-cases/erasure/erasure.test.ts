import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, DAY_MS, localDate } from '@hems/models/calendar/seoul';
import { aFullWorld, dumpOf, ERASURE_ID, type ErasingWorld, type FullWorld } from '../../testing/erasing.ts';
import { LEAVER, PLANTED_WH } from '../../testing/full-household.ts';
import { aSettling } from '../../testing/ledger.ts';
import { aSigningRequest } from '../../testing/local-registry.ts';
import { aReading, aRuleEvent, HOME, type World } from '../../testing/world.ts';
import type { Table } from '../../ports/table.ts';
import { aggregateHousehold } from '../aggregate-household.ts';
import { progressOf, TakenOver } from '../file-progress.ts';
import { importDays } from '../import-days.ts';
import { settleHousehold } from '../settle-household.ts';
import { readClaim } from '../stores/claims.ts';
import { settle } from '../stores/ledger.ts';
import { eraseStep } from './erase-step.ts';

const { householdId } = HOME;

let full: FullWorld;
let world: World;
let erasing: ErasingWorld;
beforeEach(async () => {
  full = await aFullWorld();
  ({ world, erasing } = full);
});

const FORFEIT = { forfeit: true };

describe('a household that has used everything', () => {
  test('is in every table before it is erased', () => {
    const tables = new Set(full.traces().map((row) => row.split(' ')[0]));
    expect([...tables].toSorted()).toEqual([
      'community',
      'energy',
      'history',
      'homes',
      'ledger',
      'operations',
      'people',
    ]);
    expect(full.traces().length).toBeGreaterThan(150);
  });

  test('leaves no row, no file and no index behind, and its receipt says so store by store', async () => {
    await erasing.ask(FORFEIT);
    expect(await erasing.carryOut()).toBe('erased');
    await full.sweep();
    expect(full.traces()).toEqual([]);
    expect([...erasing.files.files.keys()]).toEqual([]);
    const { receipt, ...said } = await full.report();
    expect(said).toMatchObject({ erasureId: ERASURE_ID, subject: 'household', state: 'erased', found: 0 });
    const stores = Object.fromEntries(receipt.map(({ store, outcome, count }) => [`${store} ${outcome}`, count]));
    expect(stores).toMatchObject({
      'devices deleted': 2,
      'objects deleted': 2,
      'keys shredded': 1,
      'ledger pseudonymised': 4,
      'backups kept-until': 0,
      'logs kept-until': 0,
    });
    expect(Object.keys(stores)).toEqual(
      expect.arrayContaining([
        'homes deleted',
        'energy deleted',
        'history deleted',
        'community deleted',
        'operations deleted',
        'people deleted',
        'ledger deleted',
      ]),
    );
  });

  test('tells nobody but that something was erased: the receipt and the event hold no id but their own', async () => {
    await erasing.ask(FORFEIT);
    await erasing.carryOut();
    const erased = world.said.filter(({ type }) => type === 'household.erased');
    expect(erased).toEqual([
      {
        type: 'household.erased',
        detail: { atMs: world.clock.now(), key: ERASURE_ID, facts: { erasureId: ERASURE_ID } },
      },
    ]);
    const rows = dumpOf(world).filter((row) => row.includes('ERASURE#'));
    expect(rows).toHaveLength(1);
  });

  test('says that a message may still come late, and until when its traces are kept', async () => {
    await erasing.ask(FORFEIT);
    await erasing.carryOut(ERASURE_ID, { with: { ...erasing.deps, remains: { 'dead-letters': 14 } } });
    const { receipt } = await full.report();
    // 14 days until nobody tries again, and 30 in the quarantine
    const line = receipt.find(({ store, outcome }) => store === 'operations' && outcome === 'kept-until');
    expect(line).toMatchObject({ until: '2027-01-05', reason: 'system-record' });
  });

  test('tells its other members that it goes, before they are none, and in words that outlive it in their inbox', async () => {
    await erasing.ask(FORFEIT);
    const before = world.said.length;
    let toldAt = -1;
    await erasing.carryOut(ERASURE_ID, {
      before: async (step) => void (step === 'devices' && (toldAt = world.said.length)),
    });
    const alerts = world.said.slice(before, toldAt).filter(({ type }) => type === 'security.alert');
    expect(alerts).toEqual([
      {
        type: 'security.alert',
        detail: expect.objectContaining({ personId: 'guest', facts: { what: 'home-erased' } }),
      },
    ]);
    expect(JSON.stringify(alerts)).not.toContain(householdId);
    // begun again, nobody is told again
    expect(world.said.filter(({ detail }) => JSON.stringify(detail).includes('home-erased'))).toHaveLength(1);
  });

  test('leaves nothing with who had left it before either: not in their inbox, their settings or the mark of their leaving', async () => {
    const inbox = () => full.rowsOf(householdId).filter((row) => row.includes(`U#${LEAVER}`));
    expect(inbox().length).toBeGreaterThan(3);
    await erasing.ask(FORFEIT);
    expect(await erasing.carryOut()).toBe('erased');
    expect(inbox()).toEqual([]);
  });

  test('leaves the other homes as they were: their items, their place on the board, their settings', async () => {
    const others = () => dumpOf(world).filter((row) => /"(pk|sk)":"[^"]*(h-10|t-10|neighbour-)/.test(row));
    const before = others();
    await erasing.ask(FORFEIT);
    await erasing.carryOut();
    expect(others()).toEqual(before);
    const boards = dumpOf(world).filter((row) => row.startsWith('community') && row.includes('COHORT#'));
    expect(boards.join()).toMatch(/neighbour-23/);
    const settings = dumpOf(world).find((row) => row.includes('U#guest') && row.includes('NOTICE-SETTINGS'));
    expect(settings).toContain('h-other');
  });
});

const TOTAL = { importWh: 9000, loadWh: 9000, quality: 'good', source: 'imported' } as const;

describe('while it is erased', () => {
  const reading = () =>
    aRuleEvent(
      'reading',
      aReading({
        deviceId: 'meter-1',
        kind: 'smart_meter',
        ts: world.clock.now(),
        boot: 2,
        seq: 1,
        q: 0,
        quantities: { energy_import_wh: 5000 },
      }),
      { received: world.clock.now() },
    );

  test('a reading that ingest had let in, and a settlement that was under way, leave nothing', async () => {
    // ingest knows the household already, and goes on knowing it for half a minute
    await world.take(reading());
    await erasing.ask(FORFEIT);
    const inFlight = async (step: string): Promise<void> => {
      if (step !== 'devices') return;
      expect(await world.take(reading())).toMatchObject({ accepted: 1, quarantined: 0 });
      await aggregateHousehold(world, { householdId, date: localDate(world.clock.now() - DAY_MS) });
      await settleHousehold(world, { householdId, date: localDate(world.clock.now() - DAY_MS) });
      await settle(world, aSettling({ period: 'in-flight' }), { usedWh: PLANTED_WH });
    };
    expect(await erasing.carryOut(ERASURE_ID, { before: inFlight })).toBe('erased');
    await full.sweep();
    expect(full.traces()).toEqual([]);
  });

  test('a reading that comes later is kept out, and its trace goes with the second pass', async () => {
    await erasing.ask(FORFEIT);
    world.clock.set(world.clock.now() + 31_000);
    const reports: unknown[] = [];
    const late = async (step: string): Promise<void> => {
      if (step === 'scan') reports.push(await world.take(reading()));
    };
    expect(await erasing.carryOut(ERASURE_ID, { before: late })).toBe('rows-left');
    expect(reports).toMatchObject([{ accepted: 0, quarantined: 1 }]);
    expect(erasing.found).toEqual([expect.stringMatching(/^operations QUARANTINE#/)]);
    expect((await full.report()).found).toBe(1);
    expect(await erasing.check()).toEqual({ open: 1, late: 0 });
    expect(await erasing.carryOut()).toBe('erased');
  });

  test('a gateway that the hook provisions while the doors are shut is ended when all is still', async () => {
    await erasing.ask(FORFEIT);
    const late = async (step: string): Promise<void> => {
      if (step !== 'devices') return;
      // decided on before the claim ended; the cloud makes thing and certificate after it
      await erasing.registry.register({ household: HOME.telemetryId, gateway: full.claimed }, await aSigningRequest());
    };
    expect(await erasing.carryOut(ERASURE_ID, { before: late })).toBe('erased');
    expect(full.rowsOf(full.claimed)).toEqual([]);
  });

  test('no gateway can be claimed or provisioned from the first step on', async () => {
    await erasing.ask(FORFEIT);
    await eraseStep(erasing.deps, { erasureId: ERASURE_ID, step: 'close' }, () => undefined);
    expect(await readClaim(world.table, 'SERIAL-1')).toMatchObject({ state: 'ended' });
    const rows = full.rowsOf(full.claimed).filter((row) => /THING#|CERT#/.test(row));
    expect(rows).toEqual([]);
  });

  test('a history file and an archive that are begun now write nothing', async () => {
    await erasing.ask(FORFEIT);
    const energy = () => full.rowsOf(householdId).filter((row) => row.startsWith('energy')).length;
    const before = energy();
    await expect(importDays(world, householdId, [{ date: '2025-05-01', ...TOTAL }])).rejects.toMatchObject({
      kind: 'not-found',
    });
    expect(energy()).toBe(before);
    const begun = { householdId, version: 0, touchedMs: 0 };
    const put = { table: 'homes', pk: `H#${householdId}`, sk: 'IMPORT#late', data: {} } as const;
    await expect(progressOf(world, () => put, begun).save({})).rejects.toBeInstanceOf(TakenOver);
    expect(full.rowsOf(householdId).filter((row) => row.includes('IMPORT#late'))).toEqual([]);
  });

  test('a long history stops between two of its parts', async () => {
    const days = Array.from({ length: 120 }, (_, n) => addDays('2024-01-01', n));
    let parts = 0;
    const table: Table = {
      ...world.table,
      transact: async (writes) => {
        if (writes.some((write) => 'put' in write && write.put.table === 'energy') && (parts += 1) === 2)
          await erasing.ask(FORFEIT);
        await world.table.transact(writes);
      },
    };
    const totals = days.map((date) => ({ date, ...TOTAL }));
    await expect(importDays({ ...world, table }, householdId, totals)).rejects.toMatchObject({ kind: 'not-found' });
    const taken = full.rowsOf(householdId).filter((row) => row.includes('DAY#2024'));
    expect(parts).toBe(2);
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.length).toBeLessThan(120);
  });

  test('the first step waits for whatever knew the household before, and does not wait again', async () => {
    await erasing.ask(FORFEIT);
    const close = () => eraseStep(erasing.deps, { erasureId: ERASURE_ID, step: 'close' }, () => undefined);
    expect((await close()).drainSeconds).toBe(960);
    world.clock.set(world.clock.now() + 600_000);
    expect((await close()).drainSeconds).toBe(360);
    world.clock.set(world.clock.now() + 600_000);
    expect((await close()).drainSeconds).toBe(0);
  });
});
