import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { forecastAnswer } from './answer.ts';
import { forecastHome } from './forecast.ts';
import { HOURS } from './series.ts';
import { smallModels } from './testing/homes.ts';

const models = smallModels();
const request = (wh: readonly (number | null)[]) => ({
  id: 'any',
  firstDate: '2026-01-01',
  wh: [...wh],
  issuedAt: '2026-02-01T00:00:00+09:00',
});

const hour = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3000 }) },
  fc.constant(null),
  fc.constant(0),
  fc.constant(900_000),
  fc.double({ min: 0, max: 5000, noNaN: true }),
);
const readings = fc.array(hour, { maxLength: HOURS * 35, size: 'max' });

test('whatever was read, a forecast is finite, in order, not below 0 and within reach of the home', () => {
  fc.assert(
    fc.property(readings, (wh) => {
      const answer = forecastAnswer.parse(forecastHome(models, request(wh)));
      const largest = Math.max(0, ...wh.map((one) => one ?? 0));
      for (const { meanWh, p10Wh, p50Wh, p90Wh, confidence } of answer.hours) {
        expect([p10Wh, p50Wh, p90Wh]).toEqual([p10Wh, p50Wh, p90Wh].toSorted((a, b) => a - b));
        expect(Math.max(meanWh, p90Wh)).toBeLessThanOrEqual(1.5 * largest + 1);
        expect(confidence).toBeGreaterThanOrEqual(0);
      }
      for (const total of [answer.today, answer.tomorrow, answer.month])
        if (total)
          expect([total.p10Wh, total.meanWh, total.p90Wh]).toEqual(
            [total.p10Wh, total.meanWh, total.p90Wh].toSorted((a, b) => a - b),
          );
    }),
    { numRuns: 40 },
  );
});

test('the same readings give the same bytes', () => {
  fc.assert(
    fc.property(readings, (wh) => {
      expect(JSON.stringify(forecastHome(models, request(wh)))).toBe(JSON.stringify(forecastHome(models, request(wh))));
    }),
    { numRuns: 10 },
  );
});
