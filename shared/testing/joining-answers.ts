import { readAccount, type Account } from '../api/account.ts';
import { listGateways, type Equipment } from '../api/devices.ts';
import { readImport, startImport, type ImportReport } from '../api/imports.ts';
import { listMembers, type Members } from '../api/members.ts';
import { guessSupply, readOnboarding, type Onboarding } from '../api/onboarding.ts';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { ASSUMED_SUPPLY } from '@hems/models/household/supply';
import { NOW_MS } from './answers.ts';

/** Answers about joining, people and devices, as the contract allows them; override what the test is about. */

export const PLACE: NonNullable<Onboarding['place']> = {
  name: '우리 집',
  buildingType: 'apartment',
  address: '봉산로 12',
  unit: '103동 1203호',
  postalCode: '03990',
  region: '서울특별시 마포구',
};

export const NO_PROOF: Onboarding['proof'] = {
  state: 'none',
  by: null,
  attemptsLeft: 10,
  locked: false,
  reason: null,
};

/** A home that has only begun. */
export const anOnboarding = (over: Partial<Onboarding> = {}): Onboarding =>
  readOnboarding.answer.parse({
    householdId: 'home-1',
    kind: 'own',
    place: null,
    supply: null,
    supplyConfirmed: false,
    proof: NO_PROOF,
    historyDays: 0,
    devices: 0,
    next: 'place',
    ...over,
  });

/** A bill of ₩43,210: the low-voltage contract gives it to the won, the high-voltage one less. */
export const someGuesses = () =>
  guessSupply.answer.parse({
    agrees: true,
    guesses: [
      { supply: ASSUMED_SUPPLY, billWon: 43_210, differenceWon: 0 },
      { supply: { ...ASSUMED_SUPPLY, voltage: 'high' }, billWon: 38_900, differenceWon: -4310 },
    ],
  });

export const anImport = (over: Partial<ImportReport> = {}): ImportReport =>
  readImport.answer.parse({
    importId: 'import-1',
    startedMs: NOW_MS,
    state: 'waiting-for-file',
    format: null,
    readBytes: 0,
    totalBytes: 0,
    daysTaken: 0,
    from: null,
    to: null,
    refused: [],
    refusedCount: 0,
    problem: null,
    problemCode: null,
    ...over,
  });

export const aStartedImport = (url: string, maxBytes = 1000) =>
  startImport.answer.parse({
    report: anImport(),
    upload: { url, fields: { key: 'imports/1', policy: 'p' }, maxBytes },
  });

/** Two owners, oneself the first, and an invitation that is open. */
export const someMembers = (over: Partial<Members> = {}): Members =>
  listMembers.answer.parse({
    householdId: 'home-1',
    members: [
      { personId: 'resident-2', name: '김하늘', role: 'member', isSelf: false },
      { personId: 'resident-1', name: '이바다', role: 'owner', isSelf: true },
    ],
    invitations: [
      { invitationId: 'invitation-1', email: 'guest@example.com', role: 'viewer', expiresMs: NOW_MS + 7 * DAY_MS },
    ],
    ...over,
  });

const METER: Equipment['devices'][number] = {
  deviceId: 'meter-1',
  kind: 'smart_meter',
  name: '전력량계',
  gateway: 'gw-1',
  status: 'active',
  lastSeenMs: NOW_MS - 60_000,
  quantities: [],
};

/** A gateway that is connected, with a meter, a plug and a meter that was replaced. */
export const someEquipment = (over: Partial<Equipment> = {}): Equipment =>
  listGateways.answer.parse({
    householdId: 'home-1',
    gateways: [
      {
        gateway: 'gw-1',
        status: 'active',
        presence: 'online',
        presenceMs: NOW_MS - 3_600_000,
        firmware: '1.4.2',
        isDoubled: false,
      },
    ],
    devices: [
      METER,
      { ...METER, deviceId: 'plug-1', kind: 'smart_plug', name: '냉장고', lastSeenMs: null },
      { ...METER, deviceId: 'meter-0', name: '옛 계량기', status: 'replaced' },
    ],
    ...over,
  });

export const anAccount = (over: Partial<Account> = {}): Account =>
  readAccount.answer.parse({
    sub: 'resident-1',
    email: 'sea@example.com',
    emailVerified: true,
    name: '이바다',
    language: 'ko',
    groups: [],
    ...over,
  });
