import { expect, test } from 'vitest';
import type { Run } from '@hems/shared/api/runs';
import { reportOf } from './run-report.ts';

const SUCCEEDED: Run = {
  date: '2026-11-20',
  attempt: 2,
  state: 'succeeded',
  startedMs: 0,
  endedMs: 12_345,
  shards: { total: 1000, done: 1000, refused: 0, failed: 0, open: 0 },
  openShards: [],
  households: 1234,
  days: { derived: 1230, corrected: 3, missing: 1 },
  forecasts: { forecast: 1200, 'no-consent': 34 },
  foreseen: {
    households: 1100,
    hours: 26_000,
    actualWh: 9_000_000,
    expectedWh: 9_100_000,
    errorWh: 3_600_000,
    naiveErrorWh: 4_500_000,
    within: 20_800,
  },
  settled: { 'energy-cashback': { settled: 400, 'refused: missing-use': 2 } },
  amounts: { 'energy-cashback': 512_300 },
  moved: {
    '2026-11-18': {
      'late readings': { households: 1200, importWh: -3_600_000, costWon: -412_000, savedWon: 12_000 },
      'an earlier day changed': { households: 3, importWh: 0, costWon: 0, savedWon: 0 },
    },
    '2026-11-02': { 'a silent device was heard again': { households: 1, importWh: 9600, costWon: 0, savedWon: 0 } },
  },
  corrections: { 'energy-cashback': { '2026-10': 1 } },
  ranking: { segments: 4, ranked: 4, reason: null },
};

test('the report says which days moved, why and by how much, oldest first, what was settled and what was corrected', () => {
  expect(reportOf(SUCCEEDED)).toEqual([
    'succeeded, attempt 2 in 12.3 s: 1000 of 1000 shards done, 1,234 households',
    'days: 1,230 derived, 3 corrected, 1 missing',
    '  2026-11-02 moved for 1 household: a silent device was heard again, grid use +9,600 Wh',
    '  2026-11-18 moved for 1,200 households: late readings, grid use -3,600,000 Wh, cost -412,000 won, saved +12,000 won',
    '  2026-11-18 moved for 3 households: an earlier day changed',
    'forecasts: 1,200 forecast, 34 no-consent',
    '  the day as 1,100 households were forecast: 60 % accurate, 50 % by the mean of seven days, 80 % of the hours in their range',
    'settled:',
    '  energy-cashback: 400 settled, 2 refused: missing-use, 512,300 entered',
    '  energy-cashback corrected: 1 2026-10',
    'ranking: 4 of 4 segments',
  ]);
});

test('the report of a day on which nobody was settled says which shards are open, why, and what to do', () => {
  const refused = { shard: 7, stage: 'settle', state: 'refused', reason: 'pipeline-behind: 3 messages wait' };
  const lines = reportOf({
    ...SUCCEEDED,
    state: 'failed',
    endedMs: null,
    shards: { total: 1000, done: 0, refused: 998, failed: 1, open: 1000 },
    openShards: [refused],
    settled: {},
    corrections: {},
    ranking: { segments: 4, ranked: 3, reason: '1 of 4 segments were not ranked' },
  });
  expect(lines[0]).toBe('failed, attempt 2: 0 of 1000 shards done, 1,234 households');
  expect(lines).toContain('settled: no period closed');
  expect(lines.slice(-4)).toEqual([
    'ranking: 3 of 4 segments; 1 of 4 segments were not ranked',
    'open: 1000 of 1000 shards (998 refused, 1 failed, 1 silent); start the day again once the cause is mended',
    '  shard 7: settle refused, pipeline-behind: 3 messages wait',
    '  and 999 more',
  ]);
});
