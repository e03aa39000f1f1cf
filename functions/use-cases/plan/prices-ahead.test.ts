import { addDays } from '@hems/models/calendar/seoul';
import { beforeEach, expect, test } from 'vitest';
import type { Supply } from '@hems/models/household/supply';
import { HOME } from '../../testing/world.ts';
import { aDay } from '../../testing/past-use.ts';
import { aPlannedWorld, NIGHT, type PlannedWorld } from '../../testing/planned-world.ts';
import { readProfile } from '../stores/households.ts';
import { putSupplies, readSupplies } from '../stores/supplies.ts';
import { putDays } from '../stores/days.ts';
import { pricesAhead } from './prices-ahead.ts';

const { householdId } = HOME;
const TODAY = '2026-11-23';
let world: PlannedWorld;
beforeEach(async () => void (world = await aPlannedWorld()));

/** Won of the next hour for a home by tiers that drew, and fed in, so much on each of so many days before. */
const buyWon = async (
  day: { importWh: number; exportWh?: number },
  { days = 28, netMetering = false }: { days?: number; netMetering?: boolean } = {},
): Promise<number> => {
  const supply: Supply = { voltage: 'low', plan: { plan: 'progressive' }, readingDay: 1, discounts: [], netMetering };
  const { version } = await readSupplies(world.table, householdId);
  await putSupplies(world.table, householdId, { rows: [{ from: '2026-01-01', supply }], version });
  const dates = Array.from({ length: days }, (_, i) => addDays(TODAY, i - days));
  await putDays(
    world.table,
    householdId,
    dates.map((date) => aDay(date, day.importWh, day)),
  );
  const profile = await readProfile(world.table, householdId);
  const prices = await pricesAhead(world, profile!, [NIGHT]);
  return prices?.buyWon[0] ?? NaN;
};

const LOW = { importWh: 3000 };
const HIGH = { importWh: 18_000 };

test('a home that usually draws much pays the price of the tier it will end the period in', async () => {
  expect(await buyWon(HIGH)).toBeGreaterThan((await buyWon(LOW)) * 1.5);
});

test('days that are not known yet are taken for usual ones', async () => {
  // three days of 18 kWh alone would stay in the first tier
  expect(await buyWon(HIGH, { days: 3 })).toBe(await buyWon(HIGH));
});

test('what is fed in lowers the tier of a home with net metering, and of no other', async () => {
  const both = { ...HIGH, exportWh: 15_000 };
  expect(await buyWon(both, { netMetering: true })).toBe(await buyWon(LOW, { netMetering: true }));
  expect(await buyWon(both)).toBe(await buyWon(HIGH));
});

test('a supply that has ended has no price', async () => {
  const supply: Supply = {
    voltage: 'low',
    plan: { plan: 'progressive' },
    readingDay: 1,
    discounts: [],
    netMetering: false,
    movedOut: '2026-11-01',
  };
  await putSupplies(world.table, householdId, { rows: [{ from: '2026-01-01', supply }], version: 1 });
  const profile = await readProfile(world.table, householdId);
  expect(await pricesAhead(world, profile!, [NIGHT])).toBeUndefined();
});
