import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { forecastAnswer } from './answer.ts';
import { usualAnswer } from './usual-answer.ts';

const hour = fc.oneof(fc.constant(null), fc.constant(0), fc.integer({ min: 0, max: 1_000_000 }));

test('whatever a home’s readings, what is usual there is whole, ordered and never negative, and ends with tomorrow', () => {
  fc.assert(
    fc.property(fc.array(hour, { maxLength: 24 * 40 }), (wh) => {
      const made = usualAnswer({ id: 'x', firstDate: '2026-06-01', wh, issuedAt: 'now' });
      expect(() => z.parse(forecastAnswer, made)).not.toThrow();
      for (const { p10Wh, p50Wh, p90Wh } of made.hours) {
        expect(p10Wh).toBeLessThanOrEqual(p50Wh);
        expect(p50Wh).toBeLessThanOrEqual(p90Wh);
      }
      if (made.status === 'ready') expect(made.hours).toHaveLength(48 - (wh.length % 24));
    }),
  );
});
