import { beforeAll, describe, expect, test } from 'vitest';
import {
  cellOf,
  EMPTY_CELL,
  mergeCells,
  publishProvince,
  type Cell,
  type PublishedCell,
  type PublishedProvince,
} from '@hems/models/partner/suppression';
import { highsSolver } from '../../adapters/providers/highs.ts';
import {
  inferred,
  matches,
  rowsOfSaving,
  rowsOfUse,
  type Publications,
  type Resident,
} from '../../testing/re-identify.ts';

/** P10: whoever holds three readings of a home, and everything that was ever published, learns no fourth one. */

let solve: Awaited<ReturnType<typeof highsSolver>>;
beforeAll(async () => {
  solve = await highsSolver();
});

const MONTHS = ['2026-04', '2026-05', '2026-06', '2026-07', '2026-08'];
/** What the attacker holds, and what it wants. */
const [KNOWN, WANTED] = [MONTHS.slice(0, 3), '2026-07'];

const random = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** Homes by district, from one alone to a hundred; one of them uses six times what the others do. */
const PROVINCES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  seoul: { lone: 1, pair: 2, few: 9, edge: 21, mid: 34, wide: 90 },
  jeju: { lone: 1, edge: 24, mid: 26 },
  ulsan: { one: 24, two: 30, three: 19 },
};

/** In every month after the first some homes are new and some have left: each of those changes one by one what its district publishes. */
const neighbourhoods = (seed: number): Resident[] => {
  const next = random(seed);
  return Object.entries(PROVINCES).flatMap(([province, districts]) =>
    Object.entries(districts).flatMap(([district, count]) =>
      Array.from({ length: count }, (_, n): Resident => {
        const comes = n % 11 === 5 ? 4 : 0;
        const goes = n % 13 === 6 ? 4 : MONTHS.length;
        const isLarge = district === 'wide' && n === 3;
        return {
          id: `${province}${district}${n}`,
          province,
          district,
          // whoever is to be attacked was there in the four months; newcomers come in the fifth
          months: new Set(comes > 0 ? MONTHS.slice(comes) : MONTHS.slice(0, goes)),
          useWh: Math.round((isLarge ? 6 : 1) * (150_000 + 300_000 * next())),
          savedWon: Math.round(20_000 * (next() - 0.4)),
        };
      }),
    ),
  );
};

const cellsOf = (homes: readonly Resident[]): Map<string, Cell> =>
  new Map(
    [...Map.groupBy(homes, ({ district }) => district)].map(([district, own]) => [
      district,
      own.map(cellOf).reduce(mergeCells, EMPTY_CELL),
    ]),
  );

const asItIs = ({ homes, useWh, savedWon }: Cell): PublishedCell => ({
  shown: true,
  homes,
  useWh,
  useStepWh: 0,
  saved: { won: savedWon, stepWon: 0 },
});
/** Suppression switched off: every cell, to the Wh. */
const publishEverything = (districts: ReadonlyMap<string, Cell>): PublishedProvince => ({
  total: asItIs([...districts.values()].reduce(mergeCells, EMPTY_CELL)),
  districts: Object.fromEntries([...districts].map(([name, cell]) => [name, asItIs(cell)])),
});
/** Half of it: what is too small is hidden, and nothing beside it. */
const hideSmallOnly = (districts: ReadonlyMap<string, Cell>): PublishedProvince => {
  const all = publishEverything(districts);
  const shown = [...districts].map(([name, cell]): [string, PublishedCell] => [
    name,
    cell.homes < 20 ? { shown: false } : asItIs(cell),
  ]);
  return { ...all, districts: Object.fromEntries(shown) };
};

const publish = (residents: readonly Resident[], by: typeof publishProvince): Publications =>
  new Map(
    MONTHS.map((month) => [
      month,
      new Map(
        Object.keys(PROVINCES).map((province) => [
          province,
          by(cellsOf(residents.filter((one) => one.province === province && one.months.has(month)))),
        ]),
      ),
    ]),
  );

/** Known as well as this: re-identified. */
const WITHIN = 0.2;

type Measure = 'useWh' | 'savedWon';
const ROWS = { useWh: rowsOfUse, savedWon: rowsOfSaving };

/** Homes whose fourth reading the attacker learns to within a fifth. */
const learned = (residents: readonly Resident[], published: Publications, measure: Measure): string[] => {
  const rows = ROWS[measure](residents, published);
  return residents
    .filter((target) => MONTHS.slice(0, 4).every((month) => target.months.has(month)))
    .filter(({ district }, n) => n % 9 === 0 || district === 'lone')
    .flatMap((target) => {
      const known = new Map(KNOWN.map((month) => [month, target[measure]]));
      const found = inferred(solve, { rows, target, known, month: WANTED, nonNegative: measure === 'useWh' });
      if (!found) return [];
      expect(found.low, 'what is inferred holds the truth').toBeLessThanOrEqual(target[measure] + 1);
      expect(found.high).toBeGreaterThanOrEqual(target[measure] - 1);
      return found.high - found.low <= 2 * WITHIN * Math.abs(target[measure]) ? [target.id] : [];
    });
};

describe('an attacker who knows who is in every cell, that nobody else changes, and three readings of the target', () => {
  const residents = neighbourhoods(7);

  test('learns the fourth of nobody from what is published, of use or of savings', () => {
    const published = publish(residents, publishProvince);
    expect(learned(residents, published, 'useWh')).toEqual([]);
    expect(learned(residents, published, 'savedWon')).toEqual([]);
  });

  test('learns it where suppression is switched off: the attack is able to succeed', () => {
    const found = learned(residents, publish(residents, publishEverything), 'useWh');
    expect(found).toEqual(expect.arrayContaining(['seoullone0', 'jejulone0']));
    expect(found.length).toBeGreaterThan(2);
  });

  test('learns it where only small cells are hidden: the province tells the rest', () => {
    expect(learned(residents, publish(residents, hideSmallOnly), 'useWh')).toContain('jejulone0');
  });
});

describe('an attacker who looks for the three readings among the published figures', () => {
  const residents = neighbourhoods(11);
  const found = (by: typeof publishProvince): string[] => {
    const published = publish(residents, by);
    return residents.flatMap((one) => {
      const known = KNOWN.filter((month) => one.months.has(month)).map((month) => [month, one.useWh] as const);
      const [region = '', ...others] = known.length === 3 ? matches(published, new Map(known)) : [];
      const [province, districts = ''] = region.split('/');
      return others.length === 0 && province === one.province && districts.split('+').includes(one.district)
        ? [one.id]
        : [];
    });
  };

  test('finds no home among the suppressed ones', () => {
    expect(found(publishProvince)).toEqual([]);
  });

  test('finds the lone ones where suppression is switched off or only half of it is on', () => {
    expect(found(publishEverything)).toEqual(expect.arrayContaining(['seoullone0', 'jejulone0']));
    expect(found(hideSmallOnly)).toContain('jejulone0');
  });
});

test('who joins or leaves between two months is not told by their difference, however large the home', () => {
  const base = Array.from({ length: 120 }, (_, n): Resident => ({
    id: `h${n}`,
    province: 'seoul',
    district: 'wide',
    months: new Set(MONTHS),
    useWh: 300_000,
    savedWon: 0,
  }));
  const leaver: Resident = { ...base[0]!, id: 'leaver', useWh: 4_000_000, months: new Set(MONTHS.slice(0, 4)) };
  const residents = [...base, leaver];
  expect(learned(residents, publish(residents, publishEverything), 'useWh')).toContain('h0');
  expect(learned([leaver, ...base], publish(residents, publishProvince), 'useWh')).toEqual([]);
  const [before, after] = ['2026-07', '2026-08'].map((month) => {
    const cell = publish(residents, publishProvince).get(month)?.get('seoul')?.total;
    return cell?.shown ? cell : undefined;
  });
  // the true difference of 4,000 kWh lies within what the two steps leave open
  expect((before?.useStepWh ?? 0) / 2 + (after?.useStepWh ?? 0) / 2).toBeGreaterThanOrEqual(0.5 * leaver.useWh);
});
