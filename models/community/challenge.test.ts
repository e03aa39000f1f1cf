import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/seoul.ts';
import { challengeInputs, challengeTotal, phaseOf, progressOf, type ChallengeInputs } from './challenge.ts';
import { referenceWindow, type KnownDay } from './reference.ts';

const TERMS = {
  from: '2026-11-01',
  to: '2026-11-30',
  announcedOn: '2026-10-20',
  goalBasisPoints: 500,
  reward: { unit: 'points', amount: 1000 },
} as const;

const days = (from: string, count: number, wh: (day: number) => number | null): KnownDay[] =>
  Array.from({ length: count }, (_, i) => ({ date: addDays(from, i), wh: wh(i) }));

/** 10 kWh on each day of the year before, and so much now. */
const inputs = (wh: (day: number) => number | null, over: Partial<ChallengeInputs> = {}): ChallengeInputs => ({
  programme: 'community-challenge',
  version: 'v1',
  period: 'november',
  terms: TERMS,
  history: days(referenceWindow(TERMS).from, 44, () => 10_000),
  days: days(TERMS.from, 30, wh),
  barred: null,
  ...over,
});

test('ten days in: saved 300 of every 10,000 Wh, 2,000 Wh short of the goal', () => {
  const { standing, missingWh } = progressOf(
    inputs(() => 9700),
    '2026-11-10',
  );
  expect(standing).toMatchObject({ savedBasisPoints: 300, expectedWh: 100_000, knownDays: 10 });
  expect(missingWh).toBe(2000);
});

describe('a challenge pays', () => {
  test('who reached the goal to the Wh, and nobody who missed it by one', () => {
    expect(challengeTotal(inputs(() => 9500))).toBe(1000);
    expect(challengeTotal(inputs((day) => (day === 0 ? 9501 : 9500)))).toBe(0);
  });

  test('not who was away, silent, or counted by another meter', () => {
    expect(challengeTotal(inputs(() => 4000))).toBe(0);
    expect(challengeTotal(inputs((day) => (day < 4 ? null : 9000)))).toBe(0);
    const barred = { status: 'refused', code: 'meter-changed', detail: 'another meter' } as const;
    expect(challengeTotal(inputs(() => 9000, { barred }))).toBe(0);
    expect(challengeTotal(inputs(() => 9000, { history: [] }))).toBe(0);
  });

  test('the same by its frozen inputs, read back as the text they were stored as', () => {
    const frozen = challengeInputs.parse(JSON.parse(JSON.stringify(inputs(() => 9500))));
    expect(challengeTotal(frozen)).toBe(1000);
  });
});

test('days before and after the challenge, and a day told twice, count for nothing', () => {
  const more = [
    ...days('2026-10-25', 7, () => 6000),
    ...days(TERMS.from, 30, () => 10_000),
    ...days('2026-12-01', 9, () => 6000),
  ];
  expect(
    progressOf(
      inputs(() => 0, { days: more }),
      '2026-12-20',
    ),
  ).toMatchObject({
    standing: { knownDays: 30, savedBasisPoints: 0 },
    missingWh: 15_000,
  });
});

test('a challenge is open, runs through its last day, and closes once late readings change nothing more', () => {
  const phases = ['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01', '2026-12-30', '2026-12-31'];
  expect(phases.map((date) => phaseOf(TERMS, date))).toEqual([
    'open',
    'running',
    'running',
    'closing',
    'closing',
    'closed',
  ]);
});
