import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, dayStart, SLOT_MS } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { constructedFeed, constructedReading } from '@hems/models/testing/constructed-feed';
import { aSettling } from '../../testing/ledger.ts';
import { aDay } from '../../testing/past-use.ts';
import { aFilesWorld, type FilesWorld } from '../../testing/files-world.ts';
import { aBatch, aRuleEvent, HOME, NOON } from '../../testing/world.ts';
import { aggregateHousehold } from '../aggregate-household.ts';
import { putDays, readDays } from '../stores/days.ts';
import { readHours } from '../stores/hours.ts';
import { importFileKey, readImport as readKept } from '../stores/imports.ts';
import { settle } from '../stores/ledger.ts';
import { readMonths } from '../stores/months.ts';
import { importFile } from './import-file.ts';
import { listImports, readImport } from './read-imports.ts';
import { startImport } from './start-import.ts';

const { householdId } = HOME;
const OWNER = { householdId, sub: 'owner', role: 'owner' } as const;

/** An hourly feed of `days` days from `date`: 1 kWh in the first hour, 2 in the second …, 300 kWh a day. */
const hourly = (date: string, days: number): string =>
  constructedFeed({
    readings: Array.from({ length: days * 24 }, (_, hour) =>
      constructedReading({
        startS: dayStart(date) / 1000 + hour * 3600,
        seconds: 3600,
        value: String(100 * ((hour % 24) + 1)),
      }),
    ),
  });

let world: FilesWorld;
beforeEach(async () => {
  world = await aFilesWorld();
});
afterEach(() => world.close());

const begin = async () => {
  const { report } = await startImport(world, OWNER);
  const place = { householdId, importId: report.importId };
  return { place, key: importFileKey(place) };
};
/** Sends a file and has it read. */
const bring = async (file: string | Uint8Array) => {
  const { place, key } = await begin();
  const bytes = Buffer.from(file);
  await world.objects.put(key, bytes);
  const fate = await importFile(world, { key, bytes: bytes.length });
  return { place, key, fate, report: await readImport(world, place) };
};
const importWhOf = async (date: string) => (await readDays(world.table, householdId, [date, date]))[0]?.importWh;

describe('a history file', () => {
  it(
    'of 13 months by the hour becomes 395 days with cost and saving, within ten seconds',
    { timeout: 15_000 },
    async () => {
      const file = hourly('2025-10-20', 395);
      const began = performance.now();
      const { report, fate } = await bring(gzipSync(file));
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(fate).toBe('done');
      expect(report).toMatchObject({
        state: 'done',
        format: 'green-button',
        daysTaken: 395,
        from: '2025-10-20',
        to: '2026-11-18',
        refused: [],
        refusedCount: 0,
        problem: null,
      });
      expect(report.readBytes).toBe(report.totalBytes);
      const days = await readDays(world.table, householdId, ['2025-10-20', '2026-11-18']);
      expect(days).toHaveLength(395);
      expect(days.every(({ importWh, source }) => importWh === 30_000 && source === 'imported')).toBe(true);
      expect(days.at(-1)).toMatchObject({ saving: { status: 'saved' }, cost: { won: expect.any(Number) } });
      expect(days.at(-1)?.bandWh?.jeju).toMatchObject({ off: expect.any(Number) });
    },
  );

  it('brought twice changes nothing the second time', async () => {
    await bring(hourly('2026-10-01', 40));
    const before = await readDays(world.table, householdId, ['2026-10-01', '2026-11-21']);
    const { report } = await bring(hourly('2026-10-01', 40));
    expect(report).toMatchObject({ state: 'done', daysTaken: 40, refusedCount: 0 });
    expect(await readDays(world.table, householdId, ['2026-10-01', '2026-11-21'])).toEqual(before);
  });

  it('does not touch a day that is known from its readings, and says so with its line', async () => {
    const start = dayStart('2026-11-20');
    const points = Array.from({ length: 97 }, (_, slot) =>
      aPoint({ ts: start + slot * SLOT_MS, seq: slot + 1, quantities: { energy_import_wh: 1000 + slot * 100 } }),
    );
    world.clock.set(NOON);
    await world.take(aRuleEvent('batch', aBatch(points)));
    await aggregateHousehold(world, { householdId, date: '2026-11-20' });
    expect(await importWhOf('2026-11-20')).toBe(9600);
    const { report } = await bring(hourly('2026-11-19', 4));
    expect(report).toMatchObject({
      state: 'done',
      daysTaken: 2,
      from: '2026-11-19',
      to: '2026-11-21',
      refusedCount: 2,
    });
    expect(report.refused.map(({ code, reason }) => [code, reason])).toEqual([
      ['measured', '2026-11-20: the day is known from its readings'],
      ['not-over', '2026-11-22: the day is not over'],
    ]);
    expect(await importWhOf('2026-11-20')).toBe(9600);
  });

  it('by the hour keeps the hours of its last 400 days, of which those of use are known in a home without a roof', async () => {
    const own = Array.from({ length: 24 }, (_, hour) => 100 * (hour + 1));
    await bring(hourly('2026-10-01', 2));
    const roof = await readHours(world.table, householdId, ['2025-01-01', '2026-11-21']);
    expect(roof.map(({ importWh, loadWh }) => [importWh, loadWh[0]])).toEqual([
      [own, null],
      [own, null],
    ]);
    for (const device of ['solar-1', 'battery-1'])
      await world.table.delete({ table: 'homes', pk: `H#${householdId}`, sk: `DEVICE#${device}` });
    await bring(hourly('2025-10-16', 4));
    const hours = await readHours(world.table, householdId, ['2025-01-01', '2025-12-31']);
    expect(hours.map(({ date, loadWh }) => [date, loadWh])).toEqual([
      ['2025-10-18', own],
      ['2025-10-19', own],
    ]);
    const loads = async (date: string) => (await readDays(world.table, householdId, [date, date]))[0]?.loadWh;
    expect([await loads('2026-10-01'), await loads('2025-10-18')]).toEqual([undefined, 30_000]);
  });

  it('that was wrong is undone by a later one, also where its days are long over', async () => {
    const right = hourly('2026-08-01', 3);
    await bring(right.replaceAll('<value>100</value>', '<value>99999</value>'));
    const { report } = await bring(right);
    expect(report).toMatchObject({ state: 'done', daysTaken: 3, refusedCount: 0 });
    const days = await readDays(world.table, householdId, ['2026-08-01', '2026-08-03']);
    expect(days.map(({ importWh, revision }) => [importWh, revision])).toEqual([
      [30_000, 1],
      [30_000, 1],
      [30_000, 1],
    ]);
    const [month] = await readMonths(world.table, householdId, ['2026-08', '2026-08']);
    expect(month?.month.importWh).toBe(90_000);
  });

  it('does not change a month that a reward was settled from', async () => {
    await bring(hourly('2026-07-31', 2));
    const settling = { programme: 'energy-cashback', period: '2026-08', endsOn: '2026-08-31' };
    await settle(world, aSettling(settling), {});
    const { report } = await bring(hourly('2026-07-31', 2).replaceAll('<value>100</value>', '<value>101</value>'));
    expect(report).toMatchObject({ daysTaken: 1, from: '2026-07-31', to: '2026-07-31' });
    expect(report.refused.map(({ code, reason }) => [code, reason])).toEqual([
      ['final', '2026-08-01: a reward was settled from the month of this day, and the file says otherwise'],
    ]);
    expect(await importWhOf('2026-08-01')).toBe(30_000);
  });

  it('does not change a measured day that is final, be it with gaps', async () => {
    const measured = { ...aDay('2026-08-01', 5000), missingSlots: 3, inputsHash: 'h' };
    await putDays(world.table, householdId, [measured]);
    const { report } = await bring(hourly('2026-08-01', 1));
    expect(report.refused.map(({ code }) => code)).toEqual(['final']);
    expect(await importWhOf('2026-08-01')).toBe(5000);
  });

  it('has its days taken for ten years back and not of today', async () => {
    const dates = ['2016-11-20', '2016-11-21', '2016-11-22', '2026-11-21', '2026-11-22', '2027-01-01'];
    const { report } = await bring(`date,usage(kWh)\n${dates.map((date) => `${date},9\n`).join('')}`);
    expect(report).toMatchObject({ daysTaken: 3, from: '2016-11-21', to: '2026-11-21' });
    expect(report.refused.map(({ at, code }) => [at, code])).toEqual([
      ['line 2', 'too-old'],
      ['line 6', 'not-over'],
      ['line 7', 'not-over'],
    ]);
  });

  it('that is no history is refused with what to do', async () => {
    const { report } = await bring('hello');
    expect(report).toMatchObject({ state: 'refused', problemCode: 'no-columns', daysTaken: 0 });
    expect(report.problem).toMatch(/일자,시간,사용량/);
  });

  it('without a whole day is refused, with what was wrong in it', async () => {
    const { report } = await bring(hourly('2026-10-01', 1).replace('<value>100</value>', ''));
    expect(report).toMatchObject({ state: 'refused', problemCode: 'nothing-usable', refusedCount: 2 });
    expect(report.refused[0]?.at).toMatch(/^line \d+$/);
  });

  it('told of a second time is not read again', async () => {
    const { key } = await bring(hourly('2026-10-01', 2));
    expect(await importFile(world, { key, bytes: 1 })).toBe('over');
  });

  it('whose reading broke off is read anew from its beginning', async () => {
    const { place, key } = await begin();
    const file = Buffer.from(hourly('2026-10-01', 40));
    await world.objects.put(key, file);
    const breaking = async function* () {
      yield file.subarray(0, 100);
      throw new Error('the function was stopped');
    };
    const broken = { ...world, objects: { ...world.objects, getStream: async () => breaking() } };
    await expect(importFile(broken, { key, bytes: file.length })).rejects.toThrow(/stopped/);
    expect(await readImport(world, place)).toMatchObject({ state: 'reading' });
    expect(await importFile(world, { key, bytes: file.length })).toBe('done');
    expect(await readImport(world, place)).toMatchObject({ state: 'done', daysTaken: 40 });
  });

  it('read by two calls at once is ended by one of them, and its days stand once', async () => {
    const { place, key } = await begin();
    const file = Buffer.from(hourly('2026-10-01', 40));
    await world.objects.put(key, file);
    const fates = await Promise.all([1, 2].map(() => importFile(world, { key, bytes: file.length })));
    expect(fates.toSorted()).toEqual(['done', 'taken-over']);
    expect(await readImport(world, place)).toMatchObject({ state: 'done', daysTaken: 40 });
    expect(await readDays(world.table, householdId, ['2026-10-01', '2026-11-21'])).toHaveLength(40);
  });

  it('says each second how far it is', async () => {
    const { place, key } = await begin();
    const file = Buffer.from(hourly('2026-10-01', 2));
    const seen: number[] = [];
    const slowly = async function* () {
      for (let at = 0; at < 10; at += 1) {
        world.clock.set(world.clock.now() + 400);
        yield file.subarray(at * 500, at === 9 ? undefined : (at + 1) * 500);
        seen.push((await readImport(world, place)).readBytes);
      }
    };
    await importFile(
      { ...world, objects: { ...world.objects, getStream: async () => slowly() } },
      { key, bytes: file.length },
    );
    expect([...new Set(seen)]).toEqual([0, 1500, 3000, 4500]);
  });

  it('of a household that is gone changes nothing', async () => {
    const { key } = await begin();
    await world.objects.put(key, Buffer.from(hourly('2026-10-01', 2)));
    await world.table.delete({ table: 'homes', pk: `H#${householdId}`, sk: 'PROFILE' });
    expect(await importFile(world, { key, bytes: 1 })).toBe('no-household');
    expect(await readDays(world.table, householdId, ['2026-10-01', '2026-11-21'])).toEqual([]);
  });

  it('whose object is no import is an error of ours', async () => {
    await expect(importFile(world, { key: 'exports/h-1/e-1/archive.zip', bytes: 1 })).rejects.toThrow(/no import file/);
  });
});

describe('beginning an import', () => {
  it('opens a place for one file of up to 50 MB', async () => {
    const { report, upload } = await startImport(world, OWNER);
    expect(report).toMatchObject({ state: 'waiting-for-file', problem: null });
    expect(upload).toMatchObject({ maxBytes: 50_000_000, url: expect.stringMatching(/\/uploads\//) });
    const token = upload.url.split('/').at(-1) ?? '';
    expect(world.links.openWrite(token)).toMatchObject({
      key: `imports/${householdId}/${report.importId}/file`,
      maxBytes: 50_000_000,
      untilMs: NOON + 900_000,
    });
  });

  it('is for owners and members', async () => {
    await expect(startImport(world, { ...OWNER, role: 'viewer' })).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('is possible ten times a Korean day, also when all ten come at once', async () => {
    const began = await Promise.allSettled(Array.from({ length: 12 }, () => startImport(world, OWNER)));
    expect(began.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    await expect(startImport(world, OWNER)).rejects.toMatchObject({ kind: 'too-many', code: 'too-many-files' });
    world.clock.set(dayStart(addDays('2026-11-22', 1)));
    await expect(startImport(world, OWNER)).resolves.toBeDefined();
    expect(await listImports(world, householdId)).toHaveLength(11);
  });

  it('to which no file comes is told as refused after half an hour, and the file may still come', async () => {
    const { place, key } = await begin();
    world.clock.set(NOON + 30 * 60_000 + 1);
    expect(await readImport(world, place)).toMatchObject({ state: 'refused', problemCode: 'no-file' });
    await world.objects.put(key, Buffer.from(hourly('2026-10-01', 2)));
    expect(await importFile(world, { key, bytes: 1 })).toBe('done');
    expect(await readImport(world, place)).toMatchObject({ state: 'done', problem: null });
  });

  it('whose reader is silent for a quarter of an hour is told as refused, with what to do', async () => {
    const { place, key } = await begin();
    const silent = {
      ...world,
      objects: { ...world.objects, getStream: async () => Promise.reject(new Error('away')) },
    };
    await expect(importFile(silent, { key, bytes: 1 })).rejects.toThrow('away');
    world.clock.set(NOON + 15 * 60_000 + 1);
    expect(await readImport(world, place)).toMatchObject({
      state: 'refused',
      problemCode: 'stuck',
      problem: expect.stringMatching(/begin again/),
    });
  });

  it('lists the newest first', async () => {
    const first = await begin();
    world.clock.set(NOON + 1000);
    const second = await begin();
    const listed = await listImports(world, householdId);
    expect(listed.map((one) => one.importId)).toEqual([second.place.importId, first.place.importId]);
    expect(await readKept(world.table, { householdId, importId: 'none' })).toBeUndefined();
    await expect(readImport(world, { householdId, importId: 'none' })).rejects.toMatchObject({ kind: 'not-found' });
  });
});
