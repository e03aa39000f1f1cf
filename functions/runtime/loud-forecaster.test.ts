import { beforeEach, expect, test, vi } from 'vitest';
import { ForecasterUnavailable, type Forecaster } from '../ports/forecaster.ts';
import { log } from './log.ts';
import { loudForecaster } from './loud-forecaster.ts';

beforeEach(() => {
  vi.restoreAllMocks();
});

const REQUEST = { id: 'h-1', firstDate: '2026-11-01', wh: [], issuedAt: 'now' };

test('why no engine forecasts is told once for a run of homes, and names none of them', async () => {
  const lines = vi.spyOn(log, 'warn').mockImplementation(() => undefined);
  const why = { now: 'did not answer' };
  const broken: Forecaster = { forecast: async () => Promise.reject(new ForecasterUnavailable(why.now)) };
  const forecaster = loudForecaster(broken);
  const ask = () => expect(forecaster.forecast(REQUEST, 1)).rejects.toBeInstanceOf(ForecasterUnavailable);
  await ask();
  await ask();
  why.now = 'is left alone';
  await ask();
  await ask();
  expect(lines.mock.calls.map(([, more]) => more)).toMatchObject([
    { reason: 'did not answer' },
    { reason: 'is left alone' },
  ]);
  expect(JSON.stringify(lines.mock.calls)).not.toContain('h-1');
});

test('a request that is refused is the asker’s to tell', async () => {
  const lines = vi.spyOn(log, 'warn').mockImplementation(() => undefined);
  const forecaster = loudForecaster({ forecast: async () => Promise.reject(new RangeError('wh.0')) });
  await expect(forecaster.forecast(REQUEST, 1)).rejects.toThrow(RangeError);
  expect(lines).not.toHaveBeenCalled();
});
