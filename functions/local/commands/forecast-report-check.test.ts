import { expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import type { HomeScore } from '@hems/models/forecast/back-test/home-score';
import type { Figures } from './forecast-report-figures.ts';
import { missedOf } from './forecast-report-check.ts';

/** Figures of one home that stand where the committed report has those of all; each test moves one of them. */

const point = (mase: number) => ({
  nmae: 47,
  nrmse: 73,
  mase,
  bias: 0,
  withinFifth: 40,
  withinTolerance: 60,
  withinHalfKwh: 77,
});
const spread = { wql: 38.9, cov80: 80, cov90: 90 };
const score: HomeScore = {
  home: 'a',
  fold: 0,
  median: point(0.79),
  mean: point(0.86),
  quantiles: spread,
  pooled: spread,
  climatology: { wql: 40.7, cov80: 75, cov90: 84 },
  naive: {
    yesterday: point(1.035),
    lastWeek: point(1.1),
    sevenDayMean: point(0.907),
    fourWeekMean: point(0.9),
    persistence: { ...point(1), nmae: 70 },
    climatology: point(0.85),
  },
  bins: [],
};
const young = { nmae: 45, available: 60, mase: 1, cov80: 80, cov90: 90 };
const month = {
  months: 1,
  ape90: 24,
  ruleApe: 6.6,
  ruleApe90: 27,
  previousApe: 14,
  foreknownApe: 5.7,
  within80: 80,
  width: 40,
  widest: 1.5,
};
const later = {
  home: 'a',
  fold: 0,
  ahead: 2,
  nmae: 24,
  sevenDayMean: 25,
  lastWeek: 30,
  within80: 80,
  width: 60,
} as const;
const solar = {
  home: 'a',
  days: 112,
  nmae: 15,
  peak: 7,
  yesterday: 16,
  yesterdayPeak: 8,
  sevenDayMean: 17,
  published: NaN,
  intraday: 11,
  intradayPlain: 15,
  cov80: 80,
};
const seen = { home: 'a', days: 28, median: point(0.8), quantiles: spread, available: point(0.9) };
const good: Figures = {
  scores: [score],
  horizons: [],
  later: [later],
  solar: { roofs: [solar], published: undefined },
  checks: {
    leakage: true,
    storage: true,
    bytes: 250_000,
    callMs: 2,
    seen: [{ ...seen, median: { ...point(1), nmae: 45 } }],
  },
  nextHour: { scores: [score], leakage: true, storage: true, bytes: 300_000 },
  young: [1, 7, 28].map((days) => ({ days, ...young })),
  study: { dayAhead: 727, oneStep: 568, yesterday: 940, persistence: 845 },
  speed: { rows: 265_000, cpuSeconds: 40 },
  months: [{ at: 10, ape: 6.6, ...month }],
  reliability: { bins: [], gap: 3.5 },
};

test('a report as good as the committed one misses nothing, the month total aside, which is known to', () => {
  expect(missedOf(good)).toEqual([]);
});

test.each([
  ['a MASE above its goal', { scores: [{ ...score, median: point(0.81) }] }, /^target 1, .*0\.810/],
  ['intervals that hold too little', { scores: [{ ...score, quantiles: { ...spread, cov80: 78 } }] }, /^target 5, /],
  ['a next hour that was not measured', { nextHour: undefined }, /^target 7, .*needs fold 0/],
  ['a feature that looks ahead', { checks: { ...good.checks!, leakage: false } }, /leakage/],
  [
    'a baseline that another measure made worse',
    { scores: [{ ...score, naive: { ...score.naive, yesterday: point(1.2) } }] },
    /yesterday stands at 1\.200/,
  ],
  ['later days no better than a mean', { later: [{ ...later, nmae: 25.5 }] }, /^days 2 ahead/],
  [
    'generation no better than yesterday',
    { solar: { roofs: [{ ...solar, nmae: 16.1 }], published: undefined } },
    /^generation/,
  ],
  ['a month total worse than it was', { months: [{ at: 10, ape: 7.1, ...month }] }, /^target 12, .*7\.1/],
  [
    'ranges of months that hold too little',
    { months: [{ at: 0, ape: 14, ...month, within80: 74 }] },
    /^months at day 0: 74/,
  ],
  ['a range of a month without bound', { months: [{ at: 0, ape: 14, ...month, widest: 4e5 }] }, /^months at day 0/],
  ['ranges of later days that hold too much', { later: [{ ...later, within80: 86 }] }, /^days 2 ahead: 86/],
  [
    'ranges of generation that hold too little',
    { solar: { roofs: [{ ...solar, cov80: 74 }], published: undefined } },
    /^generation: 74/,
  ],
  ['a slow home', { checks: { ...good.checks!, callMs: 6 } }, /^target 14, /],
] satisfies [string, Partial<Figures>, RegExp][])('%s is missed', (_what, change, why) => {
  const missed = missedOf({ ...good, ...change });
  expect(missed[0]).toMatch(why);
});

test('without the recorded homes the check is skipped, and says so on a line that CI repeats', () => {
  const empty = mkdtempSync(join(tmpdir(), 'hems-report-'));
  try {
    const said = execFileSync(
      process.execPath,
      [join(import.meta.dirname, 'forecast-report.ts'), '--data', join(empty, 'homes'), '--check'],
      { encoding: 'utf8' },
    );
    expect(said).toMatch(/^SKIPPED forecast:report: there is no folder/);
  } finally {
    rmSync(empty, { recursive: true });
  }
});
