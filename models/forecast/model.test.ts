import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_AHEAD, NEXT_HOUR } from './features.ts';
import { matrixOf } from './booster/matrix.ts';
import { readModelFile, toModelFile } from './model-file.ts';
import { BOOST, trainModel } from './model.ts';
import { climatology } from './naive.ts';
import { dayQuantiles, homeQuantiles, rawDay, standardised } from './predict-day.ts';
import { HOURS, type HomeSeries } from './series.ts';
import { HOMES, aHome, smallModels } from './testing/homes.ts';

const models = smallModels();
const model = models.dayAhead;
const homes = HOMES;
const dayOf = (series: HomeSeries, day: number) => {
  const raw = rawDay({ set: DAY_AHEAD, model }, series, day);
  return raw && dayQuantiles(raw, homeQuantiles(model.pooled, []), climatology(series, day));
};

const featuresOf = (set: typeof DAY_AHEAD, series: HomeSeries, day: number): Float64Array => {
  const into = matrixOf(HOURS, set.names.length);
  set.write(series, day, { values: into.values, columns: into.columns, row: 0 });
  return into.values;
};

describe('what a day is forecast from', () => {
  test.each([
    ['other values', (wh: number, i: number) => (wh * 7 + i) % 5000],
    ['nothing at all', () => NaN],
  ])('does not change by a bit when its hours and all after them become %s', (_name, other) => {
    const series = aHome('a', 80);
    const changed = { ...series, wh: series.wh.map((wh, i) => (i >= 75 * HOURS ? other(wh, i) : wh)) };
    expect(featuresOf(DAY_AHEAD, changed, 75)).toEqual(featuresOf(DAY_AHEAD, series, 75));
    expect(rawDay({ set: DAY_AHEAD, model }, changed, 75)).toEqual(rawDay({ set: DAY_AHEAD, model }, series, 75));
    expect(climatology(changed, 75)).toEqual(climatology(series, 75));
  });

  test('for the next hour ends with the hour before it', () => {
    const series = aHome('a', 80);
    const at = 75 * HOURS + 13;
    const changed = { ...series, wh: series.wh.map((wh, i) => (i >= at ? 9999 : wh)) };
    const columns = NEXT_HOUR.names.length;
    expect(featuresOf(NEXT_HOUR, changed, 75).slice(0, 14 * columns)).toEqual(
      featuresOf(NEXT_HOUR, series, 75).slice(0, 14 * columns),
    );
  });
});

describe('a day whose eve is not known', () => {
  const series = aHome('a', 80);
  const raw = (home: HomeSeries, day: number) => rawDay({ set: DAY_AHEAD, model }, home, day)!;
  const without = (from: number, to: number): HomeSeries => ({
    ...series,
    wh: series.wh.map((wh, i) => (i >= from && i < to ? NaN : wh)),
  });

  test('is foreseen from the last day that is, at its own weekday', () => {
    // the hours of day 76 as if they followed day 74
    const moved = { ...series, firstDay: series.firstDay + 1, wh: series.wh.slice(0, 75 * HOURS) };
    expect(raw(without(75 * HOURS, 76 * HOURS), 76).median).toEqual(raw(moved, 75).median);
  });
  test('in fewer than half of its hours, too; and in half of them it counts as it is', () => {
    const moved = raw(without(75 * HOURS, 76 * HOURS), 76).median;
    expect(raw(without(75 * HOURS + 11, 76 * HOURS), 76).median).toEqual(moved);
    expect(raw(without(75 * HOURS + 12, 76 * HOURS), 76).median).not.toEqual(moved);
  });
  test('is less certain', () => {
    const [own] = raw(without(75 * HOURS, 76 * HOURS), 76).size;
    const moved = { ...series, firstDay: series.firstDay + 1, wh: series.wh.slice(0, 75 * HOURS) };
    expect(own).toBeCloseTo(1.08 * raw(moved, 75).size[0]!);
  });
  test('is no matter of the next hour, which knows the hours before it', () => {
    const next = (home: HomeSeries) => rawDay({ set: NEXT_HOUR, model: models.nextHour }, home, 76)!;
    const gap = without(75 * HOURS, 76 * HOURS);
    expect(next(gap).median[20]).not.toBe(next({ ...gap, wh: gap.wh.slice(0, 76 * HOURS) }).median[20]);
  });
});

describe('a forecast', () => {
  test('of any home is finite, in order and never below 0', () => {
    const hour = fc.oneof(fc.constant(NaN), fc.constant(0), fc.double({ min: 0, max: 20_000, noNaN: true }));
    fc.assert(
      fc.property(fc.array(hour, { minLength: HOURS, maxLength: HOURS * 40 }), (values) => {
        const days = Math.floor(values.length / HOURS);
        const series = { name: 'any', firstDay: 20_000, wh: Float64Array.from(values.slice(0, days * HOURS)) };
        for (const quantiles of dayOf(series, days) ?? []) {
          expect(quantiles.every((wh) => Number.isFinite(wh) && wh >= 0)).toBe(true);
          expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  test('of a home of which nothing is known is none', () => {
    expect(dayOf({ name: 'new', firstDay: 20_000, wh: new Float64Array(0) }, 0)).toBeUndefined();
    expect(dayOf({ name: 'silent', firstDay: 20_000, wh: new Float64Array(72).fill(NaN) }, 3)).toBeUndefined();
  });

  test('comes nearer to a home it has seen than "the same hour yesterday"', () => {
    const series = aHome('a', 80);
    const errors = { model: 0, yesterday: 0 };
    for (let day = 72; day < 80; day++) {
      const quantiles = dayOf(series, day) ?? [];
      for (const [hour, levels] of quantiles.entries()) {
        const actual = series.wh[day * HOURS + hour]!;
        errors.model += Math.abs(levels[5]! - actual);
        errors.yesterday += Math.abs(series.wh[(day - 1) * HOURS + hour]! - actual);
      }
    }
    expect(errors.model).toBeLessThan(errors.yesterday);
  });

  test('widens for a home that keeps surprising it', () => {
    const raw = rawDay({ set: DAY_AHEAD, model }, homes[0]!, 75)!;
    const calm = Array.from({ length: 28 }, () => Array.from({ length: 24 }, (_, hour) => (hour - 11.5) / 40));
    const wild = calm.map((day) => day.map((z) => z * 20));
    const width = (recent: readonly (readonly number[])[]): number => {
      const levels = dayQuantiles(raw, homeQuantiles(model.pooled, recent), [])[12]!;
      return levels.at(-1)! - levels[0]!;
    };
    expect(width(wild)).toBeGreaterThan(2 * width(calm));
    expect(standardised(raw, new Float64Array(24).fill(NaN))).toEqual([]);
  });
});

describe('a stored model', () => {
  const file = toModelFile(models);

  test('answers what it answered in memory, and training again makes the same file', () => {
    const stored = readModelFile(JSON.parse(JSON.stringify(file)));
    const answer = (own: typeof model, set = DAY_AHEAD) => rawDay({ set, model: own }, homes[1]!, 76);
    expect(answer(stored.dayAhead)).toEqual(answer(model));
    expect(answer(stored.nextHour, NEXT_HOUR)).toEqual(answer(models.nextHour, NEXT_HOUR));
    expect(JSON.stringify(toModelFile(smallModels()))).toBe(JSON.stringify(file));
  });

  test('for other features is refused: it would answer nonsense', () => {
    expect(() => readModelFile({ ...file, dayAhead: file.nextHour })).toThrow(/features/);
    expect(() => readModelFile({ ...file, format: 'hems-forecast/0' })).toThrow(/hems-forecast/);
  });
});

test('nothing to learn from is told, not trained', () => {
  expect(() => trainModel(DAY_AHEAD, [{ series: aHome('a', 0), from: 0, to: 0 }])).toThrow(/no hour/);
});

test('one absurd hour does not bend what a home is shown of which only its bill is known', () => {
  const absurd = { ...aHome('a', 80), wh: aHome('a', 80).wh.map((wh, i) => (i === 50 * HOURS + 3 ? 1e9 : wh)) };
  const learnt = [absurd, ...HOMES.slice(1)].map((series) => ({ series, from: 29, to: 70 }));
  const { profile } = trainModel(DAY_AHEAD, learnt, { ...BOOST, trees: 1, minLeafRows: 20 });
  expect(profile[3]).toBeLessThan(profile[19] ?? 0);
});
