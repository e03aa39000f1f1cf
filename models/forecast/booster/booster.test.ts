import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binOf, binned, edgesOf } from './bins.ts';
import { boost, type BoostOptions } from './boost.ts';
import { toBase64 } from '../bytes.ts';
import { readEdges, readForest, toEdgesText, toForestValue } from './forest-value.ts';
import { predict, treeValue } from './forest.ts';
import type { Matrix } from './matrix.ts';
import { quantileOf } from './quantile.ts';

const OPTIONS: BoostOptions = {
  trees: 1,
  learningRate: 1,
  leaves: 2,
  minLeafRows: 1,
  l2: 0,
  rowShare: 1,
  seed: 7,
};

const matrix = (rows: readonly (readonly number[])[]): Matrix => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  values: Float64Array.from(rows.flat()),
});
const answers = (rows: readonly (readonly number[])[], forest: ReturnType<typeof boost>): number[] => {
  const own = matrix(rows);
  return [...predict(forest, binned(own, forest.edges))];
};

/** Sum of squares that is left when the rows are cut in two at the best place, found by trying every cut. */
const bestCut = (rows: readonly (readonly number[])[], targets: readonly number[]): number => {
  const spread = (own: readonly number[]): number => {
    const mean = own.reduce((sum, y) => sum + y, 0) / own.length;
    return own.reduce((sum, y) => sum + (y - mean) ** 2, 0);
  };
  const cuts = (rows[0] ?? []).flatMap((_, column) =>
    rows.map(([...row]) => {
      const [left, right] = [true, false].map((isLeft) =>
        targets.filter((_y, i) => (rows[i]?.[column] ?? 0) <= (row[column] ?? 0) === isLeft),
      );
      return left!.length > 0 && right!.length > 0 ? spread(left!) + spread(right!) : Infinity;
    }),
  );
  return Math.min(spread(targets), ...cuts);
};

describe('a tree', () => {
  test('cuts where trying every cut of every feature would', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }));
    const data = fc.array(fc.tuple(row, fc.integer({ min: -50, max: 50 })), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(data, (all) => {
        const rows = all.map(([x]) => x);
        const targets = all.map(([, y]) => y);
        const forest = boost(matrix(rows), Float64Array.from(targets), { loss: { loss: 'squared' }, options: OPTIONS });
        const left = answers(rows, forest).reduce((sum, answer, i) => sum + (targets[i]! - answer) ** 2, 0);
        expect(left).toBeCloseTo(bestCut(rows, targets), 2);
      }),
    );
  });

  test('sends what is missing to the left, with the smallest', () => {
    const rows = [[1], [1], [9], [9], [NaN]];
    const forest = boost(matrix(rows), Float64Array.from([0, 0, 10, 10, 0]), {
      loss: { loss: 'squared' },
      options: OPTIONS,
    });
    expect(answers([[NaN], [1], [9]], forest)).toEqual([0, 0, 10]);
  });

  test('of the median loss leaves the middle of its rows, whatever an outlier says', () => {
    const rows = [[0], [0], [0], [5], [5], [5]];
    const forest = boost(matrix(rows), Float64Array.from([1, 2, 3, 10, 20, 9000]), {
      loss: { loss: 'quantile', level: 0.5 },
      options: OPTIONS,
    });
    expect(answers([[0], [5]], forest)).toEqual([2, 20]);
  });

  test('makes no leaf of fewer rows than it must hold', () => {
    const rows = [[1], [2], [3], [4]];
    const forest = boost(matrix(rows), Float64Array.from([0, 0, 0, 100]), {
      loss: { loss: 'squared' },
      options: { ...OPTIONS, minLeafRows: 2 },
    });
    expect(answers(rows, forest)).toEqual([0, 0, 50, 50]);
  });
});

test('a quantile is the value that sorting would put in its place', () => {
  const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (own, level) => {
      const at = Math.min(own.length - 1, Math.floor(level * own.length));
      expect(quantileOf(Float64Array.from(own), level)).toBe(own.toSorted((a, b) => a - b)[at]);
    }),
  );
});

describe('bins', () => {
  test('of a value say how many edges lie below it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
        const edges = edgesOf(matrix(values.map((value) => [value])), 0);
        for (const value of values)
          expect(binOf(edges, value)).toBe([...edges].filter((edge) => value > edge).length + 1);
        expect(binOf(edges, NaN)).toBe(0);
      }),
    );
  });
});

describe('a forest', () => {
  const rows = Array.from({ length: 400 }, (_, i) => [i % 17, (i * 7) % 23, i % 3 === 0 ? NaN : i % 5]);
  const targets = Float64Array.from(rows, ([a, b], i) => a! * 2 - b! + (i % 4));
  const options = { ...OPTIONS, trees: 20, leaves: 8, learningRate: 0.3, minLeafRows: 5, rowShare: 0.7, l2: 1 };
  const trained = () => boost(matrix(rows), targets, { loss: { loss: 'squared' }, options });

  test('is the same, byte for byte, for the same rows and seed, and another for another seed', () => {
    expect(toForestValue(trained())).toEqual(toForestValue(trained()));
    const other = boost(matrix(rows), targets, { loss: { loss: 'squared' }, options: { ...options, seed: 8 } });
    expect(toForestValue(other)).not.toEqual(toForestValue(trained()));
  });

  test('answers from its stored form what it answered before, to the last bit', () => {
    const forest = trained();
    const edges = forest.edges.map(toEdgesText).map(readEdges);
    const stored = readForest(structuredClone(toForestValue(forest)), edges);
    expect(answers(rows, stored)).toEqual(answers(rows, forest));
  });

  test('answers for many rows at once what a walk down each tree answers for one', () => {
    const forest = trained();
    for (const count of [1, 31, 32, 33, 64, 400]) {
      const data = binned(matrix(rows.slice(0, count)), forest.edges);
      const walked = Array.from({ length: count }, (_, row) =>
        forest.trees.reduce((sum, tree) => sum + treeValue(tree, data.bins, row * data.columns), forest.start),
      );
      expect([...predict(forest, data)]).toEqual(walked);
    }
  });

  test('comes nearer to its targets than their mean', () => {
    const mean = targets.reduce((sum, y) => sum + y, 0) / targets.length;
    const error = (guess: (i: number) => number): number =>
      [...targets].reduce((sum, y, i) => sum + (y - guess(i)) ** 2, 0);
    const own = answers(rows, trained());
    expect(error((i) => own[i]!)).toBeLessThan(0.1 * error(() => mean));
  });

  test('that was cut short or leads in circles is refused', () => {
    const value = toForestValue(trained());
    const edges = trained().edges;
    expect(() => readForest({ ...value, nodes: value.nodes.slice(0, -8) }, edges)).toThrow(/bytes are not/);
    expect(() => readForest({ ...value, nodes: `!${value.nodes.slice(1)}` }, edges)).toThrow(/not base64/);
    expect(() => readForest({ start: 0, sizes: [1], splits: 'AQ==', nodes: 'AAABAA==' }, edges)).toThrow(/leads to/);
    const split = {
      start: 0,
      sizes: [3],
      splits: 'AQ==',
      nodes: toBase64(Uint8Array.of(99, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    };
    expect(() => readForest(split, edges)).toThrow(/more than 3 features/);
  });
});
