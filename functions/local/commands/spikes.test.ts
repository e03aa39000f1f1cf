import { expect, test } from 'vitest';
import { lineOf, tryHome, watch, type Line } from './spikes-homes.ts';
import { SPIKE, spikesFigures, spikesReport } from './spikes-report.ts';
import { runSpikes, spikesResult } from './spikes.ts';
import { UNUSUAL } from '@hems/models/usage/unusual';
import { randomFrom, seedOf } from '@hems/models/testing/random';

/** A home with an evening, a quarter up or down. `wild`: on so many of 1000 hours it takes 3 kW more. */
const aLine = (name: string, days: number, wild = 0): Line => {
  const random = randomFrom(seedOf(name));
  return {
    name,
    wh: Array.from({ length: days * 24 }, (_, index) => {
      const usual = index % 24 >= 18 && index % 24 < 23 ? 900 : 250;
      return Math.round(usual * (0.75 + random() / 2)) + (random() * 1000 < wild ? 3000 : 0);
    }),
  };
};
const MARGIN = { least: UNUSUAL.leastMarginWh };

test('in an even home nothing is told without a reason, and every spike of two hours is found', () => {
  const { falseAlarms, found, spikes } = tryHome(watch(aLine('even', 90), UNUSUAL), MARGIN, SPIKE);
  expect(falseAlarms).toBe(0);
  expect(found).toBe(spikes);
});

test('a home that takes 3 kW more now and then is told no more than about once a month by its own margin, and often by a fixed one', () => {
  const home = watch(aLine('wild', 400, 30), UNUSUAL);
  const own = tryHome(home, MARGIN, SPIKE);
  const fixed = tryHome(home, { fixed: 2500 }, SPIKE);
  expect(own.falseAlarms / own.months).toBeLessThan(1.5);
  expect(fixed.falseAlarms).toBeGreaterThan(3 * own.falseAlarms);
});

test('hours that were not recorded are neither judged nor counted', () => {
  const line = aLine('gap', 90);
  const silent = { ...line, wh: line.wh.map((wh, index) => (index % 24 < 12 ? null : wh)) };
  expect(tryHome(watch(silent, UNUSUAL), MARGIN, SPIKE).falseAlarms).toBe(0);
  expect(lineOf({ name: 'none', southern: false, days: new Map(), meanCdegc: new Map() }).wh).toEqual([]);
});

test('the page holds the figures that --json tells, in whole tables', () => {
  const result = spikesResult([aLine('a', 60), aLine('b', 60), aLine('c', 60), aLine('d', 60)]);
  const page = spikesReport(result, '2026-11-23');
  expect(page).toContain('Made on 2026-11-23');
  expect(page).toContain('of 2 homes there are above it');
  expect(page).not.toContain('held out');
  expect(page).toContain(`| ${spikesFigures(result).heldOut.foundPercent.toFixed(1)} |`);
  const tables = page.split('\n\n').filter((part) => part.startsWith('|'));
  expect(tables).toHaveLength(4);
  for (const one of tables)
    expect(
      new Set(
        one
          .trimEnd()
          .split('\n')
          .map((line) => line.split('|').length),
      ).size,
    ).toBe(1);
});

test('the homes have to be named', async () => {
  await expect(runSpikes([])).rejects.toThrow('--data is needed');
});
