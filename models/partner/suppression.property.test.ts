import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MIN_COHORT } from '../community/cohort.ts';
import { cellOf, EMPTY_CELL, mergeCells, publishProvince, type Cell, type HomeMonth } from './suppression.ts';

const home = fc.record({
  useWh: fc.integer({ min: 0, max: 3_000_000 }),
  savedWon: fc.option(fc.integer({ min: -90_000, max: 90_000 })),
});
const district = fc.array(home, { minLength: 0, maxLength: 45 });
const province = fc.array(district, { minLength: 1, maxLength: 7 });

const cellOfAll = (homes: readonly HomeMonth[]): Cell => homes.map(cellOf).reduce(mergeCells, EMPTY_CELL);
const publishAll = (districts: readonly (readonly HomeMonth[])[]) =>
  publishProvince(new Map(districts.map((homes, n) => [`d${n}`, cellOfAll(homes)])));

const isSafe = (values: readonly number[]): boolean => {
  const sizes = values.map(Math.abs);
  const sum = sizes.reduce((a, b) => a + b, 0);
  return values.length >= MIN_COHORT && Math.max(...sizes) * 100 <= sum * 15;
};

test('what is shown, and what is left when the shown districts are taken from their province, is never of few homes or mostly of one', () => {
  fc.assert(
    fc.property(province, (districts) => {
      const { total, districts: cells } = publishAll(districts);
      const isShown = (n: number): boolean => cells[`d${n}`]?.shown === true;
      const shown = districts.filter((_, n) => isShown(n));
      const rest = districts.filter((_, n) => !isShown(n)).flat();
      for (const homes of shown) expect(isSafe(homes.map(({ useWh }) => useWh))).toBe(true);
      if (total.shown) expect(isSafe(districts.flat().map(({ useWh }) => useWh))).toBe(true);
      if (total.shown && shown.length > 0 && rest.length > 0) expect(isSafe(rest.map(({ useWh }) => useWh))).toBe(true);
    }),
  );
});

test('the same holds for what was saved', () => {
  fc.assert(
    fc.property(province, (districts) => {
      const { total, districts: cells } = publishAll(districts);
      const hasSaving = (n: number): boolean => {
        const cell = cells[`d${n}`];
        return cell?.shown === true && cell.saved !== null;
      };
      const won = (homes: readonly HomeMonth[]): number[] => homes.flatMap(({ savedWon }) => savedWon ?? []);
      const shown = districts.filter((_, n) => hasSaving(n));
      const rest = districts.filter((_, n) => !hasSaving(n)).flat();
      for (const homes of shown) expect(isSafe(won(homes))).toBe(true);
      if (total.shown && total.saved && shown.length > 0 && rest.length > 0) expect(isSafe(won(rest))).toBe(true);
    }),
  );
});

test('a figure is rounded to a step that no home exceeds, and is at most half a step away from the truth', () => {
  fc.assert(
    fc.property(province, (districts) => {
      const { districts: cells } = publishAll(districts);
      for (const [n, homes] of districts.entries()) {
        const cell = cells[`d${n}`];
        if (!cell?.shown) continue;
        const sum = homes.reduce((all, { useWh }) => all + useWh, 0);
        expect(Math.max(...homes.map(({ useWh }) => useWh))).toBeLessThanOrEqual(cell.useStepWh);
        expect(Math.abs(sum - cell.useWh)).toBeLessThanOrEqual(cell.useStepWh / 2);
        expect(cell.useWh % cell.useStepWh).toBe(0);
        expect(homes.length - cell.homes).toBeLessThan(5);
      }
    }),
  );
});

test('in which order homes and districts are added up changes nothing', () => {
  fc.assert(
    fc.property(province, (districts) => {
      const forward = publishAll(districts);
      const entries = districts.map((homes, n) => [`d${n}`, cellOfAll(homes.toReversed())] as const);
      expect(publishProvince(new Map(entries.toReversed()))).toEqual(forward);
    }),
  );
});

test('a province of large districts is shown whole', () => {
  const homes = Array.from({ length: 40 }, (_, n) => ({ useWh: 300_000 + n, savedWon: 1000 - n * 50 }));
  const { total, districts } = publishAll([homes, homes, homes]);
  expect(total).toMatchObject({ shown: true, homes: 120, useWh: 36_000_000, useStepWh: 500_000 });
  expect(Object.values(districts).every(({ shown }) => shown)).toBe(true);
});

test('one small district takes the smallest of the others with it, and the rest are shown', () => {
  const homes = (count: number) => Array.from({ length: count }, () => ({ useWh: 300_000, savedWon: 100 }));
  const { districts } = publishAll([homes(1), homes(25), homes(30), homes(40)]);
  expect(Object.entries(districts).map(([name, { shown }]) => [name, shown])).toEqual([
    ['d0', false],
    ['d1', false],
    ['d2', true],
    ['d3', true],
  ]);
});

test('what was saved is told of 20 homes whose saving is known, and not of 20 homes among which seven are, or none', () => {
  const homes = (known: number, unknown: number): HomeMonth[] => [
    ...Array.from({ length: known }, () => ({ useWh: 300_000, savedWon: 9000 })),
    ...Array.from({ length: unknown }, () => ({ useWh: 300_000, savedWon: null })),
  ];
  const savedOf = (of: readonly HomeMonth[]) => {
    const { total } = publishAll([of]);
    return total.shown ? total.saved : undefined;
  };
  expect(savedOf(homes(20, 0))).toEqual({ won: 180_000, stepWon: 10_000 });
  expect(savedOf(homes(20, 5))).toEqual({ won: 180_000, stepWon: 10_000 });
  expect(savedOf(homes(19, 5))).toBeNull();
  expect(savedOf(homes(7, 13))).toBeNull();
  expect(savedOf(homes(0, 20))).toBeNull();
});
