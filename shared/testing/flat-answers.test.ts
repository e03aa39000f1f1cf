import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '@hems/models/calendar/seoul';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { contract } from '../api/contract.ts';
import type { Route } from '../api/route.ts';
import { NOW_MS } from './answers.ts';
import { emptyAnswers } from './empty-answers.ts';
import { knownQuarters, sumOf, TODAY } from './flat.ts';
import type { Asked } from './asked.ts';
import { flatAnswers } from './flat-answers.ts';
import { flatDeviceUsage, flatLive, flatUsage } from './flat-energy.ts';
import { flatBill, flatDays, flatToday } from './flat-money.ts';
import { flatRewards } from './flat-people.ts';
import { partialAnswers } from './partial-answers.ts';

const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' };
const routes: readonly Route[] = Object.values(contract).flat();
const routeOf = (name: string): Route => {
  const found = routes.find((route) => route.name === name);
  if (!found) throw new RangeError(`the contract has no route ${name}`);
  return found;
};

/** What the apps read: every GET of the contract that a query names. */
const QUERIES = join(import.meta.dirname, '../queries');
const queries = readdirSync(QUERIES)
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(QUERIES, file), 'utf8'))
  .join('\n');
const read = routes.filter(({ name, method }) => method === 'GET' && new RegExp(`call\\(\\s*${name}\\b`).test(queries));

const asked = (grain: string): Asked => ({
  params: { householdId: 'home-1', deviceId: 'air-1' },
  query: { ...NOVEMBER, grain, quantity: 'co2_ppm' },
  nowMs: NOW_MS,
});

describe('the flat of the fixtures', () => {
  it('answers whatever an app reads', () => {
    expect(read.length).toBeGreaterThan(20);
    expect(read.map(({ name }) => name).filter((name) => !(name in flatAnswers))).toEqual([]);
  });

  it.each([
    ['complete', flatAnswers],
    ['that has only begun', emptyAnswers],
    ['of which some is missing', partialAnswers],
  ])('says of a home %s only what the contract allows', (_, answers) => {
    for (const [name, answer] of Object.entries(answers))
      for (const grain of ['15min', 'hour', 'day', 'month'])
        expect(() => z.parse(routeOf(name).answer, answer(asked(grain))), name).not.toThrow();
  });

  it('uses in every quarter hour what the grid, the sun and the battery give', () => {
    for (const quarter of knownQuarters('2026-06-01', TODAY)) {
      const { importWh, exportWh, solarWh, fromBatteryWh, toBatteryWh, loadWh } = quarter;
      expect(importWh - exportWh + solarWh + fromBatteryWh - toBatteryWh).toBe(loadWh);
    }
  });

  it('has the same total at every grain, by device, in its bill and now', () => {
    const grains = (['15min', 'hour', 'day', 'month'] as const).map((grain) =>
      flatUsage(grain, NOVEMBER).intervals.reduce((sum, { importWh }) => sum + (importWh ?? 0), 0),
    );
    expect(new Set([...grains, flatBill().use.importWh]).size).toBe(1);
    const { loadWh, otherWh, devices } = flatDeviceUsage(NOVEMBER);
    expect(devices.reduce((sum, { usedWh }) => sum + (usedWh ?? 0), otherWh ?? 0)).toBe(loadWh);
    expect(loadWh).toBe(sumOf(knownQuarters(NOVEMBER.from, TODAY), 'loadWh'));
    expect([flatLive(NOW_MS).today.loadWh, flatToday().loadWh]).toEqual(
      Array(2).fill(sumOf(knownQuarters(TODAY, TODAY), 'loadWh')),
    );
  });

  it('draws now what the home uses less what sun and battery give', () => {
    const { load, grid, solar, battery } = flatLive(NOW_MS);
    expect((grid.powerW ?? 0) + (solar?.powerW ?? 0) + (battery?.powerW ?? 0)).toBe(load.powerW);
  });

  it('costs by day what its bill came to, today with it', () => {
    const { days } = flatDays({ from: NOVEMBER.from, to: addDays(TODAY, -1) });
    const { toDate } = flatBill();
    const won = days.reduce((sum, { cost }) => sum + (cost?.won ?? 0), flatToday().costWon ?? 0);
    expect(toDate.status === 'priced' && toDate.won.bill).toBe(won);
  });

  it('has earned what the entries of its ledger add up to', () => {
    const { balances, entries } = flatRewards();
    const sum = (unit: string): number =>
      entries.filter((entry) => entry.unit === unit).reduce((total, { amount }) => total + amount, 0);
    expect(balances.points.earned).toBe(sum('points'));
    expect(balances.won.expected + balances.won.confirmed).toBe(sum('won'));
  });
});
