import { describe, expect, test } from 'vitest';
import { DAY_MS, dayStart, HOUR_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import { aHome } from '@hems/models/testing/home';
import type { Draft } from '@hems/models/testing/home-points';
import type { Owed } from './gateway-memory.ts';
import { simulatedHome } from './living-home.ts';
import { firstOwed, owe } from './owed.ts';

const HOME = simulatedHome(
  aHome(1, { building: 'apartment', people: 1, plugs: [], thermostat: false, airSensor: false, evW: 0 }),
);
type State = ReturnType<typeof HOME.begin>;
const START = dayStart('2026-09-01');
const begin = { home: HOME.begin(START), owed: [] };

/** Everything that is owed, batch by batch. */
const paidOff = (owed: readonly Owed<State>[], most: number): { batches: Draft[][] } => {
  const batches: Draft[][] = [];
  let left = owed;
  while (left.length > 0) {
    const { drafts, rest } = firstOwed(HOME, left, most);
    batches.push(drafts);
    left = rest(left);
  }
  return { batches };
};

describe('what a gateway owes', () => {
  test('is nothing while it reports, to the quarter hour', () => {
    expect(owe(HOME, begin, START + SLOT_MS).owed).toEqual([]);
  });

  test('after a night without the machine is every quarter hour of it, once, with the registers of a home that never slept', () => {
    const { home, owed } = owe(HOME, begin, START + 8 * HOUR_MS + 90_000);
    const points = paidOff(owed, 10).batches.flat();
    expect(points.map(({ ts }) => (ts - START) / SLOT_MS)).toEqual(Array.from({ length: 33 }, (_, slot) => slot));
    let awake = begin.home;
    for (const { ts, quantities } of points) {
      awake = HOME.step(awake, ts);
      expect(quantities).toEqual(HOME.look(awake, ts)[0]!.quantities);
    }
    expect(HOME.step(awake, home.atMs)).toEqual(home);
  });

  test('of two months begins with the last day', () => {
    const { owed } = owe(HOME, begin, START + 60 * DAY_MS);
    expect(owed.map(({ nextMs, toMs }) => [(nextMs - START) / DAY_MS, (toMs - START) / DAY_MS])).toEqual([
      [59, 60],
      [0, 59],
    ]);
  });

  test('reaches back sixty whole days and no further', () => {
    const { owed } = owe(HOME, begin, START + 100 * DAY_MS + HOUR_MS);
    expect(owed.map(({ nextMs }) => (nextMs - START) / DAY_MS)).toEqual([99 + 1 / 24, 40]);
  });

  test('adds to what was owed before', () => {
    const once = owe(HOME, begin, START + HOUR_MS);
    const twice = owe(HOME, { home: HOME.step(once.home, START + 2 * HOUR_MS), owed: once.owed }, START + 3 * HOUR_MS);
    const instants = paidOff(twice.owed, 3)
      .batches.flat()
      .map(({ ts }) => (ts - START) / SLOT_MS);
    expect(instants.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 8, 9, 10, 11]);
  });

  test('leaves in batches of whole instants that stay within the size', () => {
    const { owed } = owe(HOME, begin, START + 5 * HOUR_MS);
    expect(paidOff(owed, 7).batches.map(({ length }) => length)).toEqual([7, 7, 6]);
  });
});
