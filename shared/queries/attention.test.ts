import { expect, it } from 'vitest';
import { HIDDEN_STOP_MS, LIVE_POLL_MS, pollMs } from './attention.ts';

it.each([
  ['every 5 s while somebody looks', undefined, 5000],
  ['every minute from the moment the page is hidden', 0, 60_000],
  ['every minute until five minutes have passed', HIDDEN_STOP_MS - 1, 60_000],
  ['no more after five hidden minutes', HIDDEN_STOP_MS, false],
])('the live value is asked for %s', (_, hiddenForMs, expected) => {
  expect(pollMs(LIVE_POLL_MS, hiddenForMs)).toBe(expected);
});

it('what is asked for seldom is not asked for more often when hidden', () => {
  expect(pollMs(3_600_000, 0)).toBe(3_600_000);
});
