import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayStart, DAY_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import { datesBetween } from '@hems/models/day/open-days';
import { ASSUMED_SUPPLY } from '@hems/models/household/supply';
import { supplyBill } from '@hems/models/tariff/supply-bill';
import { aPoint } from '@hems/models/testing/builders';
import type { Table } from '../ports/table.ts';
import { aBatch, aRuleEvent, aWorld, HOME, type World } from '../testing/world.ts';
import { aggregateHousehold } from './aggregate-household.ts';
import { importDays, type DayTotal } from './import-days.ts';
import { readUsage } from './read-usage.ts';
import { readDays } from './stores/days.ts';
import { putDevice, putProfile } from './stores/households.ts';
import { markLate, readLateDays } from './stores/late-days.ts';
import { readMonths } from './stores/months.ts';
import { slotKey, slotPut } from './stores/slots.ts';
import { putSupplies } from './stores/supplies.ts';

const { householdId, telemetryId, gateway } = HOME;
const [FIRST, YESTERDAY, TODAY] = ['2026-10-22', '2026-11-21', '2026-11-22'];
/** where the registers begin */
const BEGIN = dayStart('2026-06-01');
/** 00:20, when the daily run starts */
const runTime = (date: string): number => dayStart(addDays(date, 1)) + 20 * 60_000;

let world: World;
beforeEach(async () => {
  world = await aWorld();
  // a home of one meter, so that a day is one register
  for (const [deviceId, kind] of [
    ['solar-1', 'solar_inverter'],
    ['battery-1', 'battery'],
  ] as const)
    await putDevice(world.table, householdId, { deviceId, kind, name: '', gateway, status: 'retired' });
});

type Lived = { readonly from: string; readonly to: string; readonly deviceId?: string; readonly whPerQuarter?: number };
/** The meter's register each half hour of the days, up to and with the midnight that ends them; it counts on from one day to the next. */
const pointsOf = ({ from, to, deviceId = 'meter-1', whPerQuarter = 100 }: Lived) => {
  const [startMs, endMs] = [dayStart(from), dayStart(addDays(to, 1))];
  return Array.from({ length: (endMs - startMs) / (2 * SLOT_MS) + 1 }, (_, index) => {
    const ts = startMs + index * 2 * SLOT_MS;
    const seq = (ts - BEGIN) / SLOT_MS;
    return aPoint({
      deviceId,
      ts,
      seq,
      quantities: { energy_import_wh: seq * whPerQuarter + 10_000, energy_export_wh: 0 },
    });
  });
};
/** One message a day. */
const live = async ({ from, to, ...lived }: Lived): Promise<void> => {
  const received = world.clock.now();
  const days = datesBetween(from, to).map((date) => aBatch(pointsOf({ from: date, to: date, ...lived })));
  await world.take(...days.map((batch) => aRuleEvent('batch', batch, { received })));
};

/** The same as ingest leaves it when all of it comes late, without the way there. */
const hold = async ({ from, to, ...lived }: Lived): Promise<void> => {
  const puts = pointsOf({ from, to, ...lived }).map(({ deviceId, ...value }) => ({
    put: slotPut(slotKey(householdId, deviceId, value.ts), { value: [value], version: 0 }),
  }));
  for (let first = 0; first < puts.length; first += 100) await world.table.transact(puts.slice(first, first + 100));
  const atMs = world.clock.now();
  await Promise.all(datesBetween(from, to).map((date) => markLate(world.table, { householdId, date, atMs })));
};

/** As the days passed: each day's readings on the day, and the run after midnight. */
const liveAndRun = async (from: string, to: string): Promise<void> => {
  for (const date of datesBetween(from, to)) {
    world.clock.set(dayStart(addDays(date, 1)));
    await live({ from: date, to: date });
    await run(date);
  }
};
const run = (date = YESTERDAY, table: Table = world.table) => {
  if (world.clock.now() < runTime(date)) world.clock.set(runTime(date));
  return aggregateHousehold({ table, clock: world.clock }, { householdId, date });
};
const daysFrom = (from = FIRST, to = YESTERDAY) => readDays(world.table, householdId, [from, to]);
const dayOf = async (date: string) => (await daysFrom(date, date))[0];
const stored = async () => {
  const of = async (prefix: string) =>
    (await world.table.query({ table: 'energy', value: `H#${householdId}`, prefix })).items;
  return [...(await of('DAY#')), ...(await of('MON#'))];
};
const lateDates = async () => (await readLateDays(world.table, householdId)).map(({ date }) => date);
const sum = (values: readonly (number | undefined)[]): number => values.reduce<number>((a, b) => a + (b ?? 0), 0);
const total = (date: string, over: Partial<DayTotal> = {}): DayTotal => ({
  date,
  importWh: 9000,
  exportWh: 0,
  loadWh: 9000,
  quality: 'good',
  source: 'imported',
  ...over,
});

describe('the daily run', () => {
  test('derives the day with its cost, CO2 and reasons, and sums its month', async () => {
    world.clock.set(dayStart(TODAY));
    await live({ from: YESTERDAY, to: YESTERDAY });
    const figures = { outcome: 'derived', importWh: 9600, savedWon: 0 };
    expect(await run()).toEqual({ derived: 1, corrected: 0, unchanged: 0, missing: 0, moved: [], ...figures });
    expect(await dayOf(YESTERDAY)).toMatchObject({
      importWh: 9600,
      quality: 'good',
      missingSlots: 0,
      source: 'measured',
      cost: { supplyAssumed: true },
      saving: { status: 'refused', code: 'insufficient-history' },
      withheld: { score: 'too-few-days' },
      revision: 0,
    });
    const [november] = await readMonths(world.table, householdId, ['2026-11', '2026-11']);
    expect(november?.month).toMatchObject({ to: YESTERDAY, importWh: 9600, knownDays: 1, missingDays: 20 });
  });

  test('run again changes nothing: no item gets a new version', async () => {
    await liveAndRun('2026-11-18', YESTERDAY);
    const before = await stored();
    const figures = { outcome: 'unchanged', importWh: 0, savedWon: 0 };
    expect(await run()).toEqual({ derived: 0, corrected: 0, unchanged: 1, missing: 0, moved: [], ...figures });
    expect(await stored()).toEqual(before);
  });

  test('of a month gives days whose costs add up to the bill of the month, to the won', async () => {
    await liveAndRun('2026-10-28', YESTERDAY);
    const november = await daysFrom('2026-11-01');
    const period = { from: '2026-11-01', to: '2026-11-30' };
    const bill = supplyBill(ASSUMED_SUPPLY, period, { importWh: 21 * 9600, exportWh: 0, carriedKwh: 0 });
    expect(sum(november.map(({ cost }) => cost?.won))).toBe(bill.status === 'priced' ? bill.won.bill : undefined);
    const [month] = await readMonths(world.table, householdId, ['2026-11', '2026-11']);
    expect(month?.month.costWon).toBe(sum(november.map(({ cost }) => cost?.won)));
  });

  test('catches up with days that had no run', async () => {
    world.clock.set(dayStart(TODAY));
    await live({ from: '2026-11-18', to: YESTERDAY });
    expect(await run()).toMatchObject({ derived: 4, corrected: 0 });
    expect((await daysFrom()).map(({ date }) => date)).toEqual(datesBetween('2026-11-18', YESTERDAY));
  });

  test('is refused for a day that is not over', async () => {
    await expect(aggregateHousehold(world, { householdId, date: TODAY })).rejects.toThrow('2026-11-22 is not over');
  });

  test('does nothing for a household that was erased, or that has no device yet', async () => {
    const counts = { derived: 0, corrected: 0, unchanged: 0, missing: 0, moved: [] };
    const nothing = { ...counts, outcome: 'missing', importWh: 0, savedWon: 0 };
    world.clock.set(runTime(YESTERDAY));
    expect(await aggregateHousehold(world, { householdId: 'gone', date: YESTERDAY })).toEqual(nothing);
    expect(await run()).toEqual(nothing);
    expect(await stored()).toEqual([]);
  });
});

describe('late readings', () => {
  /** A home that was silent on the 12th and 13th, as the runs told it on the days themselves. */
  const withGap = async (): Promise<void> => {
    await liveAndRun('2026-11-10', '2026-11-11');
    for (const date of ['2026-11-12', '2026-11-13']) await run(date);
  };

  test('of a silent home are missing until it speaks: then the days are corrected, and it says why', async () => {
    await withGap();
    expect(await dayOf('2026-11-13')).toMatchObject({ quality: 'missing', missingSlots: 96, unheard: 1 });
    expect((await dayOf('2026-11-13'))?.cost).toBeUndefined();
    expect(await run('2026-11-13')).toMatchObject({ derived: 0, corrected: 0, missing: 1 });

    // a day in one go: the register says what was used in between, not when
    world.clock.set(dayStart('2026-11-15'));
    await live({ from: '2026-11-14', to: '2026-11-14' });
    const report = await run('2026-11-14');
    expect(report).toMatchObject({ derived: 1, corrected: 2, missing: 0 });
    expect(report.moved.map(({ date }) => date)).toEqual(['2026-11-12', '2026-11-13']);
    const known = await dayOf('2026-11-12');
    expect(known?.importWh).toBeGreaterThan(9000);
    expect(report.moved[0]).toEqual({
      date: '2026-11-12',
      cause: 'a silent device was heard again',
      importWh: known?.importWh,
      costWon: known?.cost?.won,
      savedWon: 0,
    });
    expect(await dayOf('2026-11-12')).toMatchObject({ quality: 'estimated', missingSlots: 0, revision: 1 });
    expect(sum((await daysFrom()).map(({ importWh }) => importWh))).toBe(5 * 9600);
  });

  test('correct their days with a revision and their reason, and end their mark; the bill they share stays', async () => {
    await withGap();
    world.clock.set(dayStart('2026-11-15'));
    await live({ from: '2026-11-14', to: '2026-11-14' });
    await run('2026-11-14');
    const before = await daysFrom('2026-11-12');

    // the gateway's memory: little was used on the 12th, much on the 13th
    const [first] = pointsOf({ from: '2026-11-12', to: '2026-11-12' });
    const memory = Array.from({ length: 95 }, (_, index) => {
      const usedWh = index < 47 ? 125 * (index + 1) : 6000 + 275 * (index - 47);
      const seq = 9000 + index;
      const ts = dayStart('2026-11-12') + (index + 1) * 2 * SLOT_MS;
      return aPoint({ ts, seq, quantities: { energy_import_wh: first!.quantities.energy_import_wh! + usedWh } });
    });
    await world.take(aRuleEvent('batch', aBatch(memory), { received: world.clock.now() }));
    expect(await lateDates()).toEqual(['2026-11-12', '2026-11-13']);
    const { moved, corrected } = await run('2026-11-14');
    expect(corrected).toBe(2);
    const after = await daysFrom('2026-11-12');
    const costWon = after[0]!.cost!.won - before[0]!.cost!.won;
    expect(moved[0]).toEqual({ date: '2026-11-12', cause: 'late readings', importWh: -3600, costWon, savedWon: 0 });
    expect(after.map(({ importWh, quality, revision }) => [importWh, quality, revision])).toEqual([
      [6000, 'good', 2],
      [13_200, 'good', 2],
      [9600, 'good', 0],
    ]);
    expect(sum(after.map(({ cost }) => cost?.won))).toBe(sum(before.map(({ cost }) => cost?.won)));
    expect(await lateDates()).toEqual([]);
  });

  test('that change the use of an early day of the period change the cost of later ones, and their sum is still the bill', async () => {
    await liveAndRun('2026-11-01', '2026-11-04');
    // a second meter that nobody had heard of counted since the 2nd
    await putDevice(world.table, householdId, {
      deviceId: 'meter-2',
      kind: 'smart_meter',
      name: '',
      gateway,
      status: 'active',
    });
    world.clock.set(runTime('2026-11-19'));
    await live({ from: '2026-11-05', to: '2026-11-19' });
    await run('2026-11-19');
    const before = await daysFrom();
    await live({ from: '2026-11-02', to: '2026-11-19', deviceId: 'meter-2', whPerQuarter: 200 });
    const report = await run('2026-11-19');
    expect(report.corrected).toBe(18);
    const after = await daysFrom();
    expect(after[0]).toEqual(before[0]);
    expect(after[1]?.importWh).toBe(9600 + 19_200);
    const period = { from: '2026-11-01', to: '2026-11-30' };
    const use = { importWh: sum(after.map(({ importWh }) => importWh)), exportWh: 0, carriedKwh: 0 };
    const bill = supplyBill(ASSUMED_SUPPLY, period, use);
    expect(sum(after.map(({ cost }) => cost?.won))).toBe(bill.status === 'priced' ? bill.won.bill : undefined);
    const [month] = await readMonths(world.table, householdId, ['2026-11', '2026-11']);
    expect(month?.month.importWh).toBe(use.importWh);
  });

  test('31 days old do not change a final day, and 30 days old do', async () => {
    const [final, open] = ['2026-10-21', '2026-10-22'];
    world.clock.set(runTime(open));
    await live({ from: final, to: open });
    await run(final);
    await run(open);
    await liveAndRun('2026-11-20', YESTERDAY);
    await putDevice(world.table, householdId, {
      deviceId: 'meter-2',
      kind: 'smart_meter',
      name: '',
      gateway,
      status: 'active',
    });
    await live({ from: final, to: open, deviceId: 'meter-2' });
    const before = await daysFrom(final, open);
    await run();
    const after = await daysFrom(final, open);
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).toMatchObject({ importWh: 2 * 9600, revision: before[1]!.revision + 1 });
    expect(await lateDates()).toEqual([]);
  });

  describe('of a day in its last night before it is final', () => {
    const [final, next] = ['2026-10-21', '2026-10-22'];
    /** A second meter counted on the day, and its memory is handed in on another day. */
    const memoryComesOn = async (date: string): Promise<void> => {
      world.clock.set(dayStart(date) + DAY_MS / 2);
      const deviceId = 'meter-2';
      await putDevice(world.table, householdId, { deviceId, kind: 'smart_meter', name: '', gateway, status: 'active' });
      await live({ from: final, to: final, deviceId });
    };
    beforeEach(async () => {
      await liveAndRun(final, next);
      await liveAndRun('2026-11-18', '2026-11-19');
    });

    test('change it although that night failed and a later run is the first to get to it', async () => {
      await memoryComesOn('2026-11-20');
      const before = await dayOf(final);
      // 2026-11-21 00:20, the run that was to correct it, failed
      await run(YESTERDAY);
      expect(await dayOf(final)).toMatchObject({ importWh: 2 * 9600, revision: before!.revision + 1 });
      const october = await daysFrom('2026-10-01', '2026-10-31');
      const use = { importWh: sum(october.map(({ importWh }) => importWh)), exportWh: 0, carriedKwh: 0 };
      const bill = supplyBill(ASSUMED_SUPPLY, { from: '2026-10-01', to: '2026-10-31' }, use);
      expect(sum(october.map(({ cost }) => cost?.won))).toBe(bill.status === 'priced' ? bill.won.bill : undefined);
      expect(await lateDates()).toEqual([]);
    });

    test('change it also when more comes after it is final, and what comes only then does not', async () => {
      await memoryComesOn('2026-11-20');
      world.clock.set(dayStart(TODAY));
      await live({ from: final, to: final, deviceId: 'meter-2' });
      await run(YESTERDAY);
      const corrected = await dayOf(final);
      expect(corrected?.importWh).toBe(2 * 9600);

      world.clock.set(world.clock.now() + SLOT_MS);
      await putDevice(world.table, householdId, {
        deviceId: 'meter-3',
        kind: 'smart_meter',
        name: '',
        gateway,
        status: 'active',
      });
      world.clock.set(world.clock.now() + SLOT_MS);
      await live({ from: final, to: final, deviceId: 'meter-3' });
      await run(YESTERDAY);
      expect(await dayOf(final)).toEqual(corrected);
      expect(await lateDates()).toEqual([]);
    });
  });

  test('of a new home reach back as far as they come, once', async () => {
    world.clock.set(dayStart(TODAY));
    await hold({ from: '2026-09-20', to: YESTERDAY });
    expect(await run()).toMatchObject({ derived: 63, corrected: 0, missing: 0 });
    expect((await daysFrom('2026-09-01')).every(({ importWh, inputsHash }) => importWh === 9600 && inputsHash)).toBe(
      true,
    );
    expect((await readMonths(world.table, householdId, ['2026-09', '2026-11'])).map(({ month }) => month.to)).toEqual([
      '2026-09-30',
      '2026-10-31',
      YESTERDAY,
    ]);
    expect(await lateDates()).toEqual([]);
    expect(await run()).toMatchObject({ derived: 0, corrected: 0 });
  });
});

describe('a meter swap', () => {
  test('adds the old meter up to its last word to the new one from its first: no use is lost or made', async () => {
    await liveAndRun('2026-11-19', '2026-11-19');
    world.clock.set(dayStart(YESTERDAY));
    const points = pointsOf({ from: '2026-11-20', to: '2026-11-20' });
    const old = points.filter((_, index) => index <= 24);
    await world.take(aRuleEvent('batch', aBatch(old)));
    await putDevice(world.table, householdId, {
      deviceId: 'meter-1',
      kind: 'smart_meter',
      name: '',
      gateway,
      status: 'retired',
    });
    await putDevice(world.table, householdId, {
      deviceId: 'meter-2',
      kind: 'smart_meter',
      name: '',
      gateway,
      status: 'active',
    });
    // the registry of devices is remembered for half a minute
    world.clock.set(world.clock.now() + 60_000);
    const fresh = points
      .filter((_, index) => index >= 24)
      .map((point, index) => ({
        ...point,
        deviceId: 'meter-2',
        quantities: { energy_import_wh: index * 200, energy_export_wh: 0 },
      }));
    const report = await world.take(aRuleEvent('batch', aBatch(fresh), { household: telemetryId }));
    expect(report.quarantined).toBe(0);
    await run('2026-11-20');
    expect(await dayOf('2026-11-20')).toMatchObject({ importWh: 9600, missingSlots: 0 });
  });
});

describe('totals that were handed in', () => {
  test('get cost, CO2, saving and score, and stay where the quarter hours are not whole', async () => {
    world.clock.set(dayStart(TODAY));
    await importDays(
      world,
      householdId,
      datesBetween('2026-10-01', '2026-11-20').map((date) => total(date)),
    );
    const points = pointsOf({ from: '2026-11-20', to: YESTERDAY }).slice(20);
    await world.take(aRuleEvent('batch', aBatch(points)));
    await run();
    expect(await dayOf('2026-11-20')).toMatchObject({
      importWh: 9000,
      source: 'imported',
      saving: { status: 'saved', expectedWh: 9000, savedWh: 0 },
      score: { grade: 'B' },
    });
    expect((await dayOf('2026-11-20'))?.cost?.won).toBeGreaterThan(0);
    expect(await dayOf(YESTERDAY)).toMatchObject({ importWh: 9600, source: 'measured' });
  });

  test('give way to whole quarter hours as a correction', async () => {
    world.clock.set(dayStart(TODAY));
    await importDays(world, householdId, [total('2026-11-19'), total('2026-11-20')]);
    await live({ from: '2026-11-20', to: YESTERDAY });
    const { moved } = await run();
    expect(moved).toMatchObject([{ date: '2026-11-20', cause: 'its quarter hours are whole now', importWh: 600 }]);
    expect(await dayOf('2026-11-20')).toMatchObject({ source: 'measured', revision: 1 });
  });

  test('are refused where a day is not over, not a date, known from readings, or final and said otherwise', async () => {
    await liveAndRun('2026-11-20', '2026-11-20');
    world.clock.set(runTime(YESTERDAY));
    await importDays(world, householdId, [total('2026-09-01', { source: 'simulated' })]);
    const report = await importDays(world, householdId, [
      total('2026-09-01', { source: 'simulated' }),
      total('2026-09-01', { source: 'simulated', importWh: 1 }),
      total('2026-11-20'),
      total(TODAY),
      total('2026-02-30'),
      total('2026-09-02', { importWh: -5 }),
      total('2026-09-02', { importWh: 0.5 }),
    ]);
    expect(report.imported).toBe(1);
    expect(report.refused.map(({ date, reason }) => [date, reason.slice(0, 24)])).toEqual([
      ['2026-09-01', 'the day is final since i'],
      ['2026-11-20', 'the day is known from it'],
      [TODAY, 'the day is not over'],
      ['2026-02-30', 'not a daily total: whole'],
      ['2026-09-02', 'not a daily total: whole'],
      ['2026-09-02', 'not a daily total: whole'],
    ]);
    expect((await dayOf('2026-09-01'))?.importWh).toBe(9000);
  });

  test('handed in again change nothing', async () => {
    world.clock.set(dayStart(TODAY));
    const days = datesBetween('2026-08-01', '2026-10-10').map((date) => total(date));
    await importDays(world, householdId, days);
    const before = await stored();
    expect(await importDays(world, householdId, days)).toEqual({ imported: days.length, refused: [] });
    expect(await stored()).toEqual(before);
  });
});

describe('another contract', () => {
  test('re-costs the days that are not final, with a revision, and leaves the final ones', async () => {
    world.clock.set(dayStart(TODAY));
    await importDays(
      world,
      householdId,
      datesBetween('2026-10-01', '2026-11-20').map((date) => total(date)),
    );
    await live({ from: YESTERDAY, to: YESTERDAY });
    await run();
    const before = await daysFrom('2026-10-01');
    const supply = { ...ASSUMED_SUPPLY, voltage: 'high' } as const;
    await putSupplies(world.table, householdId, { rows: [{ from: '2026-11-01', supply }], version: 0 });
    const { moved } = await run();
    const after = await daysFrom('2026-10-01');
    expect(moved.at(-1)).toMatchObject({
      cause: 'the contract, the area or a row changed',
      importWh: 0,
      costWon: after.at(-1)!.cost!.won - before.at(-1)!.cost!.won,
    });
    expect(after.filter(({ date }) => date < FIRST)).toEqual(before.filter(({ date }) => date < FIRST));
    const november = after.filter(({ date }) => date >= '2026-11-01');
    expect(november.every(({ cost, revision }) => cost?.supplyAssumed === undefined && revision === 1)).toBe(true);
  });
});

describe('nothing is half-written', () => {
  /** The world's table, of which the `nth` transact fails before or after it was carried out. */
  const failing = (nth: number, when: 'before' | 'after'): Table => {
    let count = 0;
    return {
      ...world.table,
      transact: async (writes) => {
        count += 1;
        if (count === nth && when === 'before') throw new Error('the run was stopped');
        await world.table.transact(writes);
        if (count === nth && when === 'after') throw new Error('the run was stopped');
      },
    };
  };

  test.each(['before', 'after'] as const)('a run that stops %s its write is repaired by the next', async (when) => {
    world.clock.set(dayStart(TODAY));
    await live({ from: '2026-11-15', to: YESTERDAY });
    await expect(run(YESTERDAY, failing(1, when))).rejects.toThrow('the run was stopped');
    expect((await daysFrom()).length).toBe(when === 'after' ? 7 : 0);
    expect((await lateDates()).length).toBe(7);
    await run();
    const clean = await stored();
    expect(clean.map(({ sk }) => sk)).toEqual([
      ...datesBetween('2026-11-15', YESTERDAY).map((date) => `DAY#${date}`),
      'MON#2026-11',
    ]);
    expect(await lateDates()).toEqual([]);
  });

  test('a long history that stops between its months ends as if it had not stopped', async () => {
    world.clock.set(dayStart(TODAY));
    await hold({ from: '2026-08-05', to: YESTERDAY });
    await expect(run(YESTERDAY, failing(2, 'before'))).rejects.toThrow('the run was stopped');
    const half = await stored();
    expect(half.length).toBeGreaterThan(0);
    await run();
    const repaired = (await stored()).map(({ sk, data }) => ({ sk, data }));
    const straight = await aWorld();
    straight.clock.set(world.clock.now());
    for (const [deviceId, kind] of [
      ['solar-1', 'solar_inverter'],
      ['battery-1', 'battery'],
    ] as const)
      await putDevice(straight.table, householdId, { deviceId, kind, name: '', gateway, status: 'retired' });
    world = straight;
    await hold({ from: '2026-08-05', to: YESTERDAY });
    await run();
    expect(repaired).toEqual((await stored()).map(({ sk, data }) => ({ sk, data })));
  });

  test('two runs at once end with the same items, each written once', async () => {
    world.clock.set(dayStart(TODAY));
    await live({ from: '2026-11-15', to: YESTERDAY });
    world.clock.set(runTime(YESTERDAY));
    await Promise.all([run(), run(), run()]);
    const items = await stored();
    expect(items.map(({ version }) => version)).toEqual(items.map(() => 1));
    expect((await daysFrom()).every(({ revision }) => revision === 0)).toBe(true);
  });

  test('readings that come while the run is at it are left to the next: their mark stays', async () => {
    world.clock.set(dayStart(TODAY));
    await live({ from: '2026-11-18', to: YESTERDAY });
    await putDevice(world.table, householdId, {
      deviceId: 'meter-2',
      kind: 'smart_meter',
      name: '',
      gateway,
      status: 'active',
    });
    const transact: Table['transact'] = async (writes) => {
      await world.table.transact(writes);
      await live({ from: '2026-11-20', to: '2026-11-20', deviceId: 'meter-2' });
    };
    await run(YESTERDAY, { ...world.table, transact });
    expect(await lateDates()).toEqual(['2026-11-20', '2026-11-21']);
    await run();
    expect((await dayOf('2026-11-20'))?.importWh).toBe(2 * 9600);
    expect(await lateDates()).toEqual([]);
  });
});

describe('the energy of a day', () => {
  const totals = async () => {
    const grains = ['15min', 'hour', 'day', 'month'] as const;
    const [from, to] = ['2026-11-01', TODAY];
    const answers = await Promise.all(grains.map((grain) => readUsage(world, { householdId, grain, from, to })));
    return answers.map(({ intervals }) => sum(intervals.map(({ importWh }) => importWh ?? 0)));
  };

  test('is the same at every grain before the run, after it, and right after late readings', async () => {
    await liveAndRun('2026-11-10', '2026-11-12');
    for (const date of ['2026-11-13', '2026-11-14']) await run(date);
    expect(await totals()).toEqual(Array.from({ length: 4 }, () => 3 * 9600));

    world.clock.set(dayStart('2026-11-16'));
    await live({ from: '2026-11-15', to: '2026-11-15' });
    expect(await totals(), 'a silent meter spoke again').toEqual(Array.from({ length: 4 }, () => 6 * 9600));
    await run('2026-11-15');
    expect(await totals()).toEqual(Array.from({ length: 4 }, () => 6 * 9600));

    await live({ from: '2026-11-13', to: '2026-11-14' });
    const late = await totals();
    expect(late, 'its memory came late').toEqual(Array.from({ length: 4 }, () => 6 * 9600));
    await putDevice(world.table, householdId, {
      deviceId: 'meter-2',
      kind: 'smart_meter',
      name: '',
      gateway,
      status: 'active',
    });
    await live({ from: '2026-11-11', to: '2026-11-11', deviceId: 'meter-2' });
    expect(new Set(await totals()).size, 'a second meter was replayed').toBe(1);
    await run('2026-11-15');
    expect(new Set(await totals()).size).toBe(1);
  });

  test('comes late by the time it is taken: a replay of an old message is marked too', async () => {
    await liveAndRun('2026-11-18', YESTERDAY);
    world.clock.set(runTime(YESTERDAY) + DAY_MS / 2);
    const old = aRuleEvent('batch', aBatch(pointsOf({ from: '2026-11-19', to: '2026-11-19' })), {
      received: dayStart('2026-11-20'),
    });
    await world.take(old);
    expect(await lateDates()).toEqual(['2026-11-19', '2026-11-20']);
  });
});

test('a demo home has savings although all its readings are marked as simulated', async () => {
  await putProfile(world.table, {
    householdId,
    telemetryId,
    buildingType: 'house',
    areaM2: 60,
    origin: { type: 'simulated', seed: 1 },
  });
  world.clock.set(dayStart(TODAY));
  await importDays(
    world,
    householdId,
    datesBetween('2026-09-01', YESTERDAY).map((date) => total(date, { quality: 'estimated', source: 'simulated' })),
  );
  await run();
  expect((await dayOf(YESTERDAY))?.saving).toMatchObject({ status: 'saved', quality: 'estimated' });
});
