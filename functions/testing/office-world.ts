import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayStart } from '@hems/models/calendar/seoul';
import { CONSENTS } from '@hems/models/household/consents';
import type { Enrolment } from '@hems/shared/api/programmes';
import { SCOPES } from '@hems/shared/partner-api/scopes';
import { fileSigner } from '../adapters/embedded/signer.ts';
import * as ports from '../runtime/ports.ts';
import { readAccesses } from '../use-cases/stores/access-log.ts';
import { setConsent } from '../use-cases/privacy/set-consent.ts';
import { newSealer } from '../use-cases/stores/data-keys.ts';
import { enrolmentPut } from '../use-cases/stores/enrolments.ts';
import { putMember, putProfile } from '../use-cases/stores/households.ts';
import { readEntries } from '../use-cases/stores/ledger.ts';
import { settleHousehold } from '../use-cases/settle-household.ts';
import { agree } from './agree.ts';
import { enterPartner } from './partner-call.ts';
import { liveMonths, months } from './past-use.ts';
import { aWorld } from './world.ts';

/** The utility that pays the cashback, another office that has nothing to do with it, and one that shares the programme. */
export const UTILITY = 'utility';
export const OTHER = 'other-office';
export const SHARING = 'sharing-office';
export const CASHBACK = 'energy-cashback';
/** Its only settled month here. */
export const MAY = '2026-05';

const STEPS = {
  applied: ['applied'],
  'under-review': ['applied', 'under-review'],
  approved: ['applied', 'under-review', 'approved'],
} as const;

const enrolmentIn = (state: keyof typeof STEPS): Enrolment => ({
  programme: CASHBACK,
  state,
  from: '2026-05-01',
  withdrawnOn: null,
  answers: { 'residential-contract': true },
  history: STEPS[state].map((one) => ({ state: one, on: '2026-05-02' })),
});

/** Offices with every scope, and homes that applied for the cashback; what handlers reach for is this world. */
export const anOfficeWorld = async () => {
  const world = await aWorld();
  const { table, clock, ids, keys, bus, pause } = world;
  const folder = await mkdtemp(join(tmpdir(), 'hems-office-'));
  const signer = await fileSigner(join(folder, 'signer.pem'));
  const called: unknown[] = [];
  ports.table.use(table);
  ports.clock.use(clock);
  ports.ids.use(ids);
  ports.keys.use(keys);
  ports.bus.use(bus);
  ports.signer.use(signer);
  ports.webhooks.use({ send: async (message) => void called.push(message) });
  const scopes = [...SCOPES];
  await enterPartner(table, { partnerId: UTILITY, kind: 'utility', scopes, programmes: [CASHBACK] });
  await enterPartner(table, { partnerId: SHARING, scopes, programmes: [CASHBACK] });
  await enterPartner(table, { partnerId: OTHER, scopes, programmes: ['carbon-points-energy'] });
  clock.set(dayStart('2026-05-20'));

  const ownerOf = (householdId: string) => ({ householdId, sub: `owner-of-${householdId}`, role: 'owner' }) as const;
  /** A home that agrees to be shown to offices, with its application. */
  const addHome = async (householdId: string, state: keyof typeof STEPS = 'approved'): Promise<void> => {
    await putProfile(table, { householdId, telemetryId: `t-${householdId}`, buildingType: 'apartment' });
    await table.put((await newSealer(keys, { household: householdId })).put);
    await putMember(table, ownerOf(householdId));
    await agree(table, householdId, 'government');
    await table.put(enrolmentPut(householdId, enrolmentIn(state), 0));
  };
  /** Settles May of a home that used 350 kWh in each month before it, and so many in May. */
  const settleMay = async (householdId: string, kwh = 310): Promise<void> => {
    await liveMonths(world, { ...months('2024-04', 25, 350), [MAY]: kwh }, householdId);
    clock.set(Math.max(clock.now(), dayStart('2026-06-01')));
    await settleHousehold(world, { householdId, date: '2026-05-31' });
  };
  const say = (householdId: string, granted: boolean) =>
    setConsent({ ...world, ids }, ownerOf(householdId), {
      purpose: 'government',
      granted,
      textVersion: CONSENTS.government.textVersion,
    });
  return {
    ...world,
    pause,
    signer,
    called,
    ownerOf,
    addHome,
    settleMay,
    say,
    entriesOf: (householdId: string) => readEntries(table, householdId),
    accessesOf: async (householdId: string) =>
      (await readAccesses(table, householdId)).map(({ who, what, why }) => ({ who, what, why })),
    close: () => rm(folder, { recursive: true }),
  };
};
export type OfficeWorld = Awaited<ReturnType<typeof anOfficeWorld>>;
