import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR_MS } from '../calendar/seoul.ts';
import { ASKED_MAX_MS, askedPauseMs, nextTryMs, RETRY_PAUSES_MS } from './retries.ts';

const NOW = 1_795_316_400_000;
const jitter = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('a message that nobody takes', () => {
  test('is tried eight times in 27.6 to 33.2 hours, then given up, whatever the jitter', () => {
    fc.assert(
      fc.property(fc.array(jitter, { minLength: 8, maxLength: 8 }), (jitters) => {
        let nowMs = NOW;
        let tries = 0;
        for (const one of jitters) {
          tries += 1;
          const next = nextTryMs({ tries, nowMs, jitter: one });
          if (next === undefined) break;
          nowMs = next;
        }
        expect(tries).toBe(8);
        const pauses = 5000 + 300_000 + 0.5 * HOUR_MS + 27 * HOUR_MS;
        expect(nowMs - NOW).toBeGreaterThanOrEqual(pauses);
        expect(nowMs - NOW).toBeLessThanOrEqual(pauses * 1.2);
      }),
    );
  });

  test('is never tried before its pause is over, nor later than a fifth more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), jitter, (tries, one) => {
        const pauseMs = (nextTryMs({ tries, nowMs: NOW, jitter: one }) ?? 0) - NOW;
        const published = RETRY_PAUSES_MS[tries - 1] ?? 0;
        expect(pauseMs).toBeGreaterThanOrEqual(published);
        expect(pauseMs).toBeLessThanOrEqual(published * 1.2);
      }),
    );
  });

  test('waits as long as the receiver asks, never shorter than its own pause and never longer than ten hours for the asking', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.nat({ max: 10 ** 12 }), (tries, askedMs) => {
        const own = nextTryMs({ tries, nowMs: NOW, jitter: 0 }) ?? 0;
        const asked = nextTryMs({ tries, nowMs: NOW, jitter: 0, askedMs }) ?? 0;
        expect(asked).toBe(Math.max(own, NOW + Math.min(askedMs, ASKED_MAX_MS)));
      }),
    );
  });
});

describe('Retry-After', () => {
  test('in seconds and as a date says the same pause', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 8 }), (seconds) => {
        const date = new Date(NOW + seconds * 1000).toUTCString();
        expect(askedPauseMs(date, NOW)).toBe(seconds * 1000);
        expect(askedPauseMs(String(seconds), NOW)).toBe(seconds * 1000);
      }),
    );
  });

  test.each([undefined, '', 'soon', '-5', '1.5', '99999999999999', 'Sun, 06 Nox 1994 08:49:37 GMT', '1994-11-06'])(
    'that says %s says nothing',
    (text) => {
      expect(askedPauseMs(text, NOW)).toBeUndefined();
    },
  );

  test('that lies behind us asks for no pause', () => {
    expect(askedPauseMs('Sun, 06 Nov 1994 08:49:37 GMT', NOW)).toBe(0);
  });
});
