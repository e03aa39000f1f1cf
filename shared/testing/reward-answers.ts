import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import type * as z from 'zod/mini';
import { listProgrammes, simulateProgramme, type ProgrammeView, type Simulation } from '../api/programmes.ts';
import {
  readEvidence,
  readRewards,
  type BalanceAnswer,
  type Evidence,
  type LedgerEntryAnswer,
  type Rewards,
} from '../api/rewards.ts';

/** Answers about rewards as their contract allows them; override what the test is about. */

const NONE: BalanceAnswer = { earned: 0, underway: 0, paid: 0, withdrawable: 0, expected: 0, confirmed: 0 };

/** Energy cashback of September, 2,720 won that the utility owes. */
export const anEntry = (over: Partial<LedgerEntryAnswer> = {}): LedgerEntryAnswer => ({
  entryId: 'energy-cashback.2026-09.0000',
  programme: 'energy-cashback',
  period: '2026-09',
  revision: 0,
  unit: 'won',
  amount: 2720,
  payer: 'utility',
  recordedMs: dayStart('2026-10-01') + 4 * HOUR_MS,
  evidence: { inputsHash: '9f2c', version: 'energy-cashback/2024-01-01' },
  state: 'final',
  ...over,
});

export const someRewards = (over: Partial<Rewards> = {}): Rewards =>
  readRewards.answer.parse({
    householdId: 'home-1',
    balances: {
      won: { ...NONE, earned: 5000, paid: 1500, withdrawable: 3500, expected: 2720 },
      points: { ...NONE, earned: 4000, underway: 1000, withdrawable: 3000 },
    },
    entries: [
      anEntry({
        entryId: 'community-challenge.autumn.0001',
        programme: 'community-challenge',
        period: 'autumn',
        revision: 1,
        unit: 'points',
        amount: -500,
        payer: 'us',
        state: 'provisional',
      }),
      anEntry(),
    ],
    payouts: [
      {
        payoutId: 'payout-1',
        unit: 'points',
        amount: 1000,
        state: 'unknown',
        askedMs: dayStart('2026-11-20'),
        changedMs: dayStart('2026-11-20'),
      },
    ],
    elsewhere: [],
    cursor: null,
    ...over,
  });

export const someEvidence = (over: Partial<Evidence> = {}): Evidence =>
  readEvidence.answer.parse({
    entry: anEntry(),
    inputs: { programme: 'energy-cashback', period: '2026-09', baseline: [332_000], actualWh: 298_000 },
    recomputed: 2720,
    matches: true,
    lines: [
      { item: 'base', amount: 1020 },
      { item: 'tier', amount: 1700 },
    ],
    ...over,
  });

export const aProgramme = (over: Partial<ProgrammeView> = {}): ProgrammeView => ({
  programme: 'energy-cashback',
  payer: 'utility',
  unit: 'won',
  period: 'month',
  version: {
    id: 'energy-cashback/2026-07-01',
    effectiveFrom: '2026-07-01',
    effectiveTo: '2026-12-31',
    source: 'Electimes 369659 (2026-06)',
    confidence: 'single source',
    provisional: [{ code: 'O1', reason: 'the tier table is not published' }],
  },
  conditions: [
    { condition: 'residential-contract', met: true },
    { condition: 'registered-at-address', met: null },
  ],
  eligible: null,
  consent: { purpose: 'government', granted: true },
  enrolment: null,
  ...over,
});

type Programmes = z.infer<typeof listProgrammes.answer>;
export const someProgrammes = (programmes: readonly ProgrammeView[] = [aProgramme()]): Programmes =>
  listProgrammes.answer.parse({ householdId: 'home-1', programmes });

export const aSimulation = (over: Partial<Simulation> = {}): Simulation => {
  const baseline = { method: 'same-month-two-years', version: 1, wh: 332_000, quality: 'good', remarks: [] };
  return simulateProgramme.answer.parse({
    programme: 'energy-cashback',
    unit: 'won',
    periods: [
      { status: 'refused', period: '2026-05', code: 'no-prior-year', detail: 'no use of 2024-05 or 2025-05' },
      {
        status: 'reward',
        period: '2026-06',
        version: 'energy-cashback/2024-01-01',
        amount: 2720,
        lines: [
          { item: 'base', amount: 1020 },
          { item: 'tier', amount: 1700 },
        ],
        savingBasisPoints: 1024,
        remarks: ['region-assumed-reached'],
        provisional: [],
        baseline,
      },
      {
        status: 'unpriced',
        period: '2026-07',
        version: 'energy-cashback/2026-07-01',
        atMost: 4080,
        savingBasisPoints: 1024,
        remarks: [],
        provisional: [{ code: 'O1', reason: 'the tier table is not published' }],
        baseline,
      },
    ],
    total: 2720,
    atMostBeside: 4080,
    empty: null,
    assumptions: ['took-part-throughout', 'regional-mean-reached'],
    ...over,
  });
};
