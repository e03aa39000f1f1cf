import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boardOf, boardView, type Entry } from './board.ts';
import { aboutRank, histogramOf, mergeHistograms } from './histogram.ts';
import { peerMedian } from './peer-median.ts';

const entries = (savings: readonly number[]): Entry[] =>
  savings.map((savedBasisPoints, i) => ({ member: `m${String(i).padStart(4, '0')}`, savedBasisPoints }));
const savings = (minLength: number, maxLength = 300) =>
  fc.array(fc.integer({ min: -8000, max: 5000 }), { minLength, maxLength });

describe('the board of a cohort', () => {
  test('is hidden below 20 homes', () => {
    expect(boardOf(entries(Array.from({ length: 19 }, (_, i) => i)))).toBeUndefined();
    expect(boardOf(entries(Array.from({ length: 20 }, (_, i) => i)))).toHaveLength(20);
  });

  test('equal savings share a rank and the next one skips', () => {
    const ranks = boardOf(entries([900, 500, 500, 100, ...Array.from({ length: 16 }, () => 0)]))!.map(
      ({ rank }) => rank,
    );
    expect(ranks.slice(0, 6)).toEqual([1, 2, 2, 4, 5, 5]);
  });

  test('shows the top three, the own row and three neighbours on either side', () => {
    const board = boardOf(entries(Array.from({ length: 40 }, (_, i) => 4000 - 100 * i)))!;
    const view = boardView(board, 'm0014')!;
    expect(view.own).toMatchObject({ rank: 15, savedBasisPoints: 2600 });
    expect(view.top.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    expect(view.neighbours.map(({ rank }) => rank)).toEqual([12, 13, 14, 15, 16, 17, 18]);
    expect(boardView(board, 'm0000')!.neighbours.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
    expect(boardView(board, 'm0039')!.neighbours.map(({ rank }) => rank)).toEqual([37, 38, 39, 40]);
    expect(boardView(board, 'nobody')).toBeUndefined();
  });

  test('rank is one more than the homes that saved more, for each of them, in any order of arrival', () => {
    fc.assert(
      fc.property(savings(20, 80), (all) => {
        const board = boardOf(entries(all))!;
        expect(boardOf(entries(all).toReversed())).toEqual(board);
        for (const { member } of board) {
          const { own, top, neighbours } = boardView(board, member)!;
          expect(own.rank).toBe(1 + all.filter((saving) => saving > own.savedBasisPoints).length);
          expect(neighbours).toContain(own);
          expect(top[0]!.savedBasisPoints).toBeGreaterThanOrEqual(own.savedBasisPoints);
          expect(own.rank > 1 || own.savedBasisPoints === top[0]!.savedBasisPoints).toBe(true);
        }
      }),
    );
  });
});

describe('the rank among all', () => {
  test('is off by less than the homes of one bucket, and the same from shards as from the whole', () => {
    fc.assert(
      fc.property(savings(20), fc.nat(299), (all, cut) => {
        const whole = histogramOf(all);
        expect(mergeHistograms(histogramOf(all.slice(0, cut)), histogramOf(all.slice(cut)))).toEqual(whole);
        for (const own of all) {
          const exact = 1 + all.filter((saving) => saving > own).length;
          const { about, of } = aboutRank(whole, own)!;
          expect(of).toBe(all.length);
          // a bucket is 10 basis points wide, and the lowest takes all below −5,000
          const near = all.filter((saving) => (own < -4990 ? saving < -4990 : Math.abs(saving - own) < 10)).length;
          expect(Math.abs(about - exact)).toBeLessThan(Math.max(near, 1));
        }
      }),
    );
  });

  test('of a million evenly spread homes is right to a tenth of a percent', () => {
    const tenThousand = Array.from({ length: 10_000 }, (_, i) => i - 5000);
    const shard = histogramOf(tenThousand);
    const million = shard.map((count) => count * 100);
    for (const own of [-4321, 0, 1234, 4999]) {
      const exact = 1 + 100 * tenThousand.filter((saving) => saving > own).length;
      expect(Math.abs(aboutRank(million, own)!.about - exact)).toBeLessThanOrEqual(1000);
    }
  });

  test('is not told below 20 homes', () => {
    expect(aboutRank(histogramOf(Array.from({ length: 19 }, () => 100)), 100)).toBeUndefined();
  });
});

test('a peer median needs 30 homes', () => {
  const uses = Array.from({ length: 30 }, (_, i) => 1000 * (30 - i));
  expect(peerMedian(uses)).toEqual({ medianWh: 15_500, homes: 30 });
  expect(peerMedian([...uses, 1_000_000])).toEqual({ medianWh: 16_000, homes: 31 });
  expect(peerMedian(uses.slice(1))).toBeUndefined();
});
