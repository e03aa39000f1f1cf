import { addDays, DAY_MS, dayStart } from '@hems/models/calendar/seoul';
import type { Community } from '../api/community.ts';
import type { Equipment } from '../api/devices.ts';
import type { Onboarding } from '../api/onboarding.ts';
import type { Evidence, LedgerEntryAnswer, Rewards } from '../api/rewards.ts';
import { aCommunity } from './community-answers.ts';
import { knownQuarters, sumOf, TODAY } from './flat.ts';
import { DEVICES, HOME } from './flat-energy.ts';
import { FLAT_SUPPLY } from './flat-money.ts';
import { NO_PROOF, PLACE, someEquipment } from './joining-answers.ts';
import { anEntry, someEvidence, aProgramme } from './reward-answers.ts';
import type { ProgrammeView } from '../api/programmes.ts';

/** What the service says of the people of the flat: how they stand, what they earned, what they have set up. */

/** Fifth of 24, by the use of the month to the end of yesterday. */
export const flatCommunity = (): Community => {
  const actualWh = sumOf(knownQuarters(`${TODAY.slice(0, 7)}-01`, addDays(TODAY, -1)), 'importWh');
  return aCommunity({
    standing: {
      status: 'standing',
      savedBasisPoints: 834,
      expectedWh: Math.round(actualWh / (1 - 0.0834)),
      actualWh,
      knownDays: 21,
      absentDays: 0,
      through: addDays(TODAY, -1),
    },
  });
};

const atMs = (date: string): number => dayStart(date) + DAY_MS / 6;
const evidence = (version: string) => ({ inputsHash: '9f2c', version });

/** Every entry of the ledger; the balances are their sums. */
const ENTRIES: readonly LedgerEntryAnswer[] = [
  anEntry({
    entryId: 'community-challenge.autumn-2026.0001',
    programme: 'community-challenge',
    period: 'autumn-2026',
    unit: 'points',
    amount: 3000,
    payer: 'us',
    recordedMs: atMs('2026-11-18'),
    evidence: evidence('community-challenge/1'),
    state: 'provisional',
  }),
  anEntry({ entryId: 'energy-cashback.2026-10.0000', period: '2026-10', amount: 3150, recordedMs: atMs('2026-11-01') }),
  anEntry({
    entryId: 'community-challenge.summer-2026.0000',
    programme: 'community-challenge',
    period: 'summer-2026',
    unit: 'points',
    amount: 4000,
    payer: 'us',
    recordedMs: atMs('2026-09-01'),
    evidence: evidence('community-challenge/1'),
  }),
  anEntry(),
];
const sum = (unit: string, payer: string): number =>
  ENTRIES.filter((entry) => entry.unit === unit && entry.payer === payer).reduce(
    (total, { amount }) => total + amount,
    0,
  );

const UNDERWAY = 1000;

export const flatRewards = (): Rewards => ({
  householdId: HOME,
  balances: {
    won: { earned: 0, underway: 0, paid: 0, withdrawable: 0, expected: sum('won', 'utility') - 2720, confirmed: 2720 },
    points: {
      earned: sum('points', 'us'),
      underway: UNDERWAY,
      paid: 0,
      withdrawable: sum('points', 'us') - UNDERWAY,
      expected: 0,
      confirmed: 0,
    },
  },
  entries: [...ENTRIES],
  payouts: [
    {
      payoutId: 'payout-1',
      unit: 'points',
      amount: UNDERWAY,
      state: 'approved',
      askedMs: atMs('2026-11-19'),
      changedMs: atMs('2026-11-20'),
    },
  ],
  elsewhere: [
    { system: 'Smart energy platform', amount: 300, unit: 'points', earnedOn: '2026-11-20', label: '11월 절약' },
  ],
  cursor: null,
});

export const flatEvidence = (): Evidence => someEvidence();

/** One that the home takes part in, one of ours, one whose office decides. */
export const flatProgrammes = (): ProgrammeView[] => [
  aProgramme({
    enrolment: {
      programme: 'energy-cashback',
      state: 'approved',
      from: '2026-07-01',
      withdrawnOn: null,
      answers: { 'registered-at-address': true },
      history: [
        { state: 'applied', on: '2026-06-20' },
        { state: 'approved', on: '2026-06-28' },
      ],
    },
    conditions: [
      { condition: 'residential-contract', met: true },
      { condition: 'registered-at-address', met: true },
    ],
    eligible: true,
  }),
  aProgramme({
    programme: 'community-challenge',
    payer: 'us',
    unit: 'points',
    period: 'challenge',
    version: {
      id: 'community-challenge/1',
      effectiveFrom: '2026-01-01',
      effectiveTo: null,
      source: 'HEMS',
      confidence: 'own',
      provisional: [],
    },
    conditions: [],
    eligible: true,
    consent: null,
  }),
  aProgramme({
    programme: 'carbon-points-energy',
    payer: 'municipality',
    period: 'half-year',
    conditions: [{ condition: 'lives-outside-seoul', met: false }],
    eligible: false,
  }),
];

/** A gateway with every device of the flat, and a meter that was replaced. */
export const flatEquipment = (nowMs: number): Equipment => {
  const { gateways, devices } = someEquipment();
  const replaced = devices.filter(({ status }) => status !== 'active');
  const own = DEVICES.map((device) => ({
    ...device,
    gateway: 'gw-1',
    status: 'active' as const,
    lastSeenMs: nowMs - 3000,
    quantities: [...(QUANTITIES[device.kind] ?? [])],
  }));
  return { householdId: HOME, gateways, devices: [...own, ...replaced] };
};

type Quantities = Equipment['devices'][number]['quantities'];
const QUANTITIES: Readonly<Record<string, Quantities>> = {
  smart_meter: ['power_w', 'energy_import_wh', 'voltage_mv', 'current_ma', 'power_factor_permille'],
  solar_inverter: ['power_w', 'energy_export_wh'],
  battery: ['power_w', 'soc_permille'],
  ev_charger: ['power_w', 'energy_import_wh'],
  smart_plug: ['power_w', 'energy_import_wh', 'voltage_mv', 'current_ma'],
  thermostat: ['temperature_cdegc', 'target_temperature_cdegc'],
  environment_sensor: ['temperature_cdegc', 'humidity_permille', 'co2_ppm', 'pm2_5_ugm3', 'pm10_ugm3'],
};

/** Half way: the place is said and the contract kept, residence is still to be proved. */
export const flatOnboarding = (): Onboarding => ({
  householdId: HOME,
  kind: 'own',
  place: PLACE,
  supply: FLAT_SUPPLY,
  supplyConfirmed: true,
  proof: NO_PROOF,
  historyDays: 0,
  devices: 0,
  next: 'proof',
});
