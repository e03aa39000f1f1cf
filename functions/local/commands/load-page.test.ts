import { expect, test } from 'vitest';
import { aPhase } from '../testing/load-phase.ts';
import type { LoadRun, PhaseFigures } from './load-messages.ts';
import { failuresOf } from './load-page.ts';

const phase = (name: string, requests: number, errors: Readonly<Record<string, number>>): PhaseFigures => {
  const one = aPhase(name);
  return { ...one, http: { ...one.http, requests, errors } };
};
const run = (...phases: PhaseFigures[]): LoadRun => ({
  kind: 'quick',
  begun: '2026-11-23T16:10:00.000Z',
  commit: 'c',
  machine: 'm',
  devices: 1,
  homes: 1,
  residents: 1,
  settling: { mintSeconds: 1, seconds: 1 },
  phases,
  memory: [],
  growth: { minutes: 0 },
  loadAverage: [],
  said: {},
  account: { acknowledged: 1, inStore: 1, inQuarantine: 0, inDeadLetters: 0, lost: 0 },
});

test('a run in which every resident is refused fails and says why', () => {
  expect(failuresOf(run(phase('steady, each 10 s', 0, { 'live: 401': 300, 'today: 401': 20 })))).toEqual([
    'steady, each 10 s: 320 of 320 HTTP requests failed (100 %, at most 1 % may): live: 401 300, today: 401 20',
  ]);
});

test('one failed request in a hundred is borne, one more is not', () => {
  expect(failuresOf(run(phase('ramp', 990, { 'live: fetch failed': 10 })))).toEqual([]);
  expect(failuresOf(run(phase('ramp', 989, { 'live: fetch failed': 11 })))).toEqual([
    expect.stringMatching(/^ramp: 11 of 1,000 HTTP requests failed /),
  ]);
});

test('a burst may refuse residents', () => {
  expect(failuresOf(run(phase('burst: all come back at once', 0, { 'live: 503': 50 })))).toEqual([]);
});

test('a phase in which nobody asks anything fails nothing', () => {
  expect(failuresOf(run(phase('settling', 0, {})))).toEqual([]);
});
