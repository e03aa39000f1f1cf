import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, localDate } from '@hems/models/calendar/seoul';
import { FEWEST_HOMES } from '@hems/models/forecast/promotion';
import { SHARDS } from '@hems/models/household/shard';
import { CONSENTS } from '@hems/models/household/consents';
import type { Origin } from '@hems/models/household/household';
import { dumpOf } from '../../../testing/erasing.ts';
import { aFilesWorld, type FilesWorld } from '../../../testing/files-world.ts';
import { consentPut } from '../../stores/consents.ts';
import { putProfile } from '../../stores/households.ts';
import { putHours, type HoursOfDay } from '../../stores/hours.ts';
import { exportTraining } from './export-training.ts';
import { homesKey } from './folders.ts';

let world: FilesWorld;
beforeEach(async () => {
  world = await aFilesWorld();
  let last = 0;
  world = { ...world, ids: { next: () => `one-off-${(last += 1)}` } };
});
afterEach(async () => {
  await world.database.close();
  await world.close();
});

const today = () => localDate(world.clock.now());
const day = (date: string, loadWh: HoursOfDay['loadWh']): HoursOfDay => {
  const unknown = loadWh.map(() => null);
  return { date, loadWh, importWh: unknown, solarWh: unknown };
};
/** A hundred Wh an hour, and the number of the home in the hour at which it gets up. */
const aDayOf = (number: number, date: string): HoursOfDay =>
  day(
    date,
    Array.from({ length: 24 }, (_, hour) => (hour === 7 ? 1000 + number : 100)),
  );

type Home = { readonly days?: number; readonly agrees?: boolean; readonly origin?: Origin };
const addHome = async (number: number, { days = 30, agrees = true, origin }: Home = {}): Promise<void> => {
  const householdId = `secret-home-${number}`;
  await putProfile(world.table, {
    householdId,
    telemetryId: `secret-telemetry-${number}`,
    buildingType: 'apartment',
    region: '서울특별시 종로구',
    ...(origin && { origin }),
  });
  const said = { granted: agrees, textVersion: CONSENTS.analysis.textVersion, atMs: 1, personId: 'secret-person' };
  await world.table.put(consentPut(householdId, { purpose: 'analysis', kept: { history: [], version: 0 }, said }));
  const first = addDays(today(), -days);
  const all = Array.from({ length: days }, (_, index) => aDayOf(number, addDays(first, index)));
  await putHours(world.table, householdId, all);
};

const linesOf = async (execution: string): Promise<{ id: string; firstDate: string; wh: (number | null)[] }[]> => {
  const bytes = await world.objects.get(homesKey(execution));
  const text = new TextDecoder().decode(bytes);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
};
const numbersOf = async (execution: string): Promise<number[]> =>
  (await linesOf(execution)).map(({ wh }) => (wh.find((value) => value !== null && value >= 1000) ?? 0) - 1000);

it('a home that agrees is written by its hours, and nothing else of it', async () => {
  await addHome(7);
  expect(await exportTraining(world, 'week-1')).toEqual({ homes: 1, hours: 720, unreadable: 0, enough: false });
  const [line] = await linesOf('week-1');
  expect(Object.keys(line ?? {})).toEqual(['id', 'firstDate', 'wh']);
  expect(line).toMatchObject({ firstDate: addDays(today(), -30), wh: { length: 720 } });
  expect(JSON.stringify(line)).not.toMatch(/secret|서울/);
});

it('the id of a line is drawn anew each week and leads nowhere', async () => {
  await addHome(7);
  await exportTraining(world, 'week-1');
  await exportTraining(world, 'week-2');
  const ids = [(await linesOf('week-1'))[0]?.id, (await linesOf('week-2'))[0]?.id];
  expect(new Set(ids).size).toBe(2);
  const rows = dumpOf(world).join('\n');
  for (const id of ids) expect(rows).not.toContain(id);
});

it('who does not agree, who never said, demo homes, and homes that are young or stand empty teach nothing', async () => {
  await addHome(1);
  await addHome(2, { agrees: false });
  await addHome(3, { origin: { type: 'simulated', seed: 1 } });
  await addHome(4, { days: 27 });
  await addHome(5);
  const idle = Array.from({ length: 30 }, (_, index) =>
    day(
      addDays(today(), index - 30),
      Array.from({ length: 24 }, () => 0),
    ),
  );
  await putHours(world.table, 'secret-home-5', idle);
  // the household of the world was never asked
  await putHours(world.table, 'h-1', [aDayOf(6, addDays(today(), -1))]);
  await exportTraining(world, 'week-1');
  expect(await numbersOf('week-1')).toEqual([1]);
});

it('a year of whole days is written, up to yesterday, with holes as holes', async () => {
  await addHome(1, { days: 390 });
  await putHours(world.table, 'secret-home-1', [
    aDayOf(9, today()),
    day(
      addDays(today(), -3),
      Array.from({ length: 24 }, () => null),
    ),
  ]);
  expect(await exportTraining(world, 'week-1')).toMatchObject({ hours: 365 * 24 });
  const [line] = await linesOf('week-1');
  expect(line?.firstDate).toBe(addDays(today(), -365));
  expect(line?.wh.at(-24 + 7)).toBe(1001);
  expect(line?.wh.slice(-72, -48).every((value) => value === null)).toBe(true);
});

it('the lot is another each week, and takes no more hours than one machine learns from', async () => {
  for (let number = 0; number < 40; number++) await addHome(number);
  const most = { ...world, mostHours: 10 * 720 };
  expect(await exportTraining(most, 'week-1')).toMatchObject({ homes: 10, hours: 7200 });
  await exportTraining(most, 'week-2');
  const [first, second] = [await numbersOf('week-1'), await numbersOf('week-2')];
  expect(first.toSorted()).not.toEqual(second.toSorted());
  await exportTraining(most, 'week-1');
  expect(await numbersOf('week-1')).toEqual(first);
});

it('there are enough homes once so many are old enough to keep four weeks of each apart', async () => {
  for (let number = 0; number < FEWEST_HOMES; number++) await addHome(number, { days: number === 0 ? 116 : 117 });
  expect(await exportTraining(world, 'week-1')).toMatchObject({ homes: FEWEST_HOMES, enough: false });
  await addHome(99, { days: 117 });
  expect(await exportTraining(world, 'week-2')).toMatchObject({ enough: true });
});

it('a home of which most hours are unknown is none to judge by, however long ago it began', async () => {
  for (let number = 0; number < FEWEST_HOMES; number++) await addHome(number, { days: 117 });
  expect(await exportTraining(world, 'week-1')).toMatchObject({ homes: FEWEST_HOMES, enough: true });
  const unknown = Array.from({ length: 15 }, (_, index) =>
    day(
      addDays(today(), index - 16),
      Array.from({ length: 24 }, () => null),
    ),
  );
  await putHours(world.table, 'secret-home-0', unknown);
  expect(await exportTraining(world, 'week-2')).toMatchObject({ homes: FEWEST_HOMES, enough: false });
});

describe('what cannot be read', () => {
  const spoil = async (number: number): Promise<void> => {
    const key = { table: 'energy', pk: `H#secret-home-${number}`, sk: `HOURS#${addDays(today(), -2)}` } as const;
    await world.table.put({ ...key, data: { loadWh: 'none' } });
  };

  it('costs its home, is counted, and no other home', async () => {
    for (let number = 0; number < 10; number++) await addHome(number);
    await spoil(3);
    expect(await exportTraining(world, 'week-1')).toMatchObject({ homes: 9, unreadable: 1 });
    expect(await numbersOf('week-1')).not.toContain(3);
  });

  it('of more than a tenth of the homes ends the training', async () => {
    for (let number = 0; number < 5; number++) await addHome(number);
    await spoil(3);
    await expect(exportTraining(world, 'week-1')).rejects.toThrow('1 of 5 homes cannot be read');
  });

  it('for now, because the table does not answer, is no home’s fault', async () => {
    await addHome(1);
    const query: typeof world.table.query = async (asked) => {
      if (asked.table === 'energy') throw new Error('throttled');
      return world.table.query(asked);
    };
    await expect(exportTraining({ ...world, table: { ...world.table, query } }, 'week-1')).rejects.toThrow('throttled');
  });
});

it('homes are asked fifty at a time, and the draw ends in ten minutes with what it has', async () => {
  for (let number = 0; number < 120; number++) await addHome(number, { days: 28 });
  let [asking, most] = [0, 0];
  let nowMs = world.clock.now();
  // all homes in one shard: each has a thousand of a million
  const pages = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) => world.table.query({ table: 'homes', by: 'i2', value: `S#${shard}` })),
  );
  const shard = [{ items: pages.flatMap(({ items }) => items) }];
  const query: typeof world.table.query = async (asked) => {
    if (asked.table === 'homes') return shard.pop() ?? { items: [] };
    asking += 1;
    most = Math.max(most, asking);
    await setImmediate();
    asking -= 1;
    nowMs += 10_000;
    return world.table.query(asked);
  };
  const slow = { ...world, table: { ...world.table, query }, clock: { now: () => nowMs } };
  const { homes } = await exportTraining(slow, 'week-1');
  expect(most).toBe(50);
  expect(homes).toBeGreaterThanOrEqual(5);
  expect(homes).toBeLessThanOrEqual(61);
});
