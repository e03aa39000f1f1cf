import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayStart } from '@hems/models/calendar/seoul';
import {
  FEED_END,
  feedBlock,
  feedOpening,
  type Series,
  type WrittenReading,
} from '@hems/models/green-button/feed-writer';
import { refusals } from '@hems/models/history/reasons';
import { fileReader } from '../../adapters/files/file-reader.ts';
import { readHistory } from './read-history.ts';

const FACTS = { idOf: (name: string) => name, updated: '2026-11-22T12:00:00+09:00', title: 'HEMS' };
const DRAWN: Series = { number: 1, flow: 'import', seconds: 900 };
const FED_IN: Series = { number: 2, flow: 'export', seconds: 900 };
const START_S = dayStart('2026-10-01') / 1000;
const QUARTERS = 96;

const readingsOf = (values: readonly number[]): WrittenReading[] =>
  values.map((wh, at) => ({ startS: START_S + at * 900, wh, estimated: false }));

const written = (drawn: readonly WrittenReading[], fedIn: readonly WrittenReading[]): Buffer => {
  const blocks = ([series, readings]: readonly [Series, readonly WrittenReading[]]): string[] =>
    [...Map.groupBy(readings, ({ startS }) => Math.floor((startS - START_S) / 86_400)).values()].map(
      ([first, ...rest]) => feedBlock(FACTS, series, [first!, ...rest]),
    );
  const parts = [
    [DRAWN, drawn],
    [FED_IN, fedIn],
  ] as const;
  return Buffer.from([feedOpening(FACTS, [DRAWN, FED_IN]), ...parts.flatMap(blocks), FEED_END].join(''));
};
const readBack = async (file: Buffer, size: number) => {
  const refused = refusals();
  const chunks = (async function* () {
    for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
  })();
  return { ...(await readHistory(fileReader, chunks, refused)), refused };
};
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const MONTH = 31;
const aMonth = fc.array(fc.nat({ max: 50_000 }), { minLength: MONTH * QUARTERS, maxLength: MONTH * QUARTERS });

test('a month of quarter hours that is exported and imported again is the same to the Wh, day by day, in both directions', async () => {
  await fc.assert(
    fc.asyncProperty(aMonth, aMonth, fc.integer({ min: 1000, max: 70_000 }), async (drawn, fedIn, size) => {
      const { days, refused } = await readBack(written(readingsOf(drawn), readingsOf(fedIn)), size);
      expect(refused.count()).toBe(0);
      const ofDay = (values: readonly number[], day: number) => sum(values.slice(day * QUARTERS, (day + 1) * QUARTERS));
      expect(days.map(({ importWh, exportWh }) => [importWh, exportWh])).toEqual(
        Array.from({ length: MONTH }, (_, day) => [ofDay(drawn, day), ofDay(fedIn, day)]),
      );
    }),
    { numRuns: 5 },
  );
});

test('a quarter hour that is missing in the export is missing after the import: its day is refused, the others stand', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 3 * QUARTERS - 1 }), async (missing) => {
      const drawn = readingsOf(Array.from({ length: 3 * QUARTERS }, () => 25));
      const { days, refused } = await readBack(written(drawn.toSpliced(missing, 1), []), 4096);
      expect(days.map(({ importWh }) => importWh)).toEqual([2400, 2400]);
      expect(refused.first.map(({ code }) => code)).toEqual(['missing-hours']);
      expect(refused.first[0]?.reason).toBe(
        `2026-10-0${Math.floor(missing / QUARTERS) + 1}: 0.25 of 24 hours are missing`,
      );
    }),
    { numRuns: 30 },
  );
});

test('the hours of a file add up to its days; what the home used is known only where it never fed in', async () => {
  const drawn = readingsOf(Array.from({ length: 2 * QUARTERS }, (_, quarter) => quarter));
  const hoursWhere = async (fedInWh: number) => {
    const fedIn = readingsOf(Array.from({ length: 2 * QUARTERS }, (_, at) => (at === 50 ? fedInWh : 0)));
    const { days } = await readBack(written(drawn, fedIn), 4096);
    return days.map(({ hours, importWh }) => ({ dayWh: importWh, ...hours }));
  };
  const importWh = Array.from({ length: 24 }, (_, hour) => 16 * hour + 6);
  const next = importWh.map((wh) => wh + 4 * QUARTERS);
  expect(await hoursWhere(0)).toMatchObject([
    { dayWh: sum(importWh), importWh, loadWh: importWh },
    { dayWh: sum(next), importWh: next, loadWh: next },
  ]);
  const unknown = importWh.map(() => null);
  expect(await hoursWhere(1)).toMatchObject([
    { importWh, loadWh: unknown },
    { importWh: next, loadWh: unknown },
  ]);
});
