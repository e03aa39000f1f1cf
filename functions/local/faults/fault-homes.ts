import { join } from 'node:path';
import { addDays, dayStart, localDate } from '@hems/models/calendar/seoul';
import { opaqueId } from '@hems/models/testing/random';
import type { SigningKey } from '@hems/shared/signing/keys';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { fileKeys } from '../../adapters/embedded/keys.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Table } from '../../ports/table.ts';
import { ids } from '../../runtime/ports.ts';
import { agree } from '../../testing/agree.ts';
import { aSettling } from '../../testing/ledger.ts';
import { aDay, monthOfDays, months } from '../../testing/past-use.ts';
import { enrol } from '../../use-cases/programmes/enrol.ts';
import { moveApplication } from '../../use-cases/programmes/move-application.ts';
import { newSealer } from '../../use-cases/stores/data-keys.ts';
import { putDays } from '../../use-cases/stores/days.ts';
import { newGateway } from '../../use-cases/stores/gateways.ts';
import { putDevice, putMember, putProfile } from '../../use-cases/stores/households.ts';
import { settle } from '../../use-cases/stores/ledger.ts';
import { putPartner, putPartnerKey } from '../../use-cases/stores/partners.ts';
import { placePut } from '../../use-cases/stores/places.ts';
import { NO_PROOF, proofPut } from '../../use-cases/stores/proofs.ts';
import { createEndpoint } from '../../use-cases/webhooks/endpoints.ts';
import { openAuthority } from '../ca/authority.ts';
import { deviceRegistry } from '../ca/device-registry.ts';
import { liveSessions } from '../ca/sessions.ts';
import { systemClock } from '../clock.ts';
import { register, type Credentials } from '../demo/credentials.ts';
import { subOf } from '../demo/households.ts';
import { aKeyPair } from '../testing/partner-door.ts';
import type { ReadingHome } from './meter-story.ts';
import { receiverFile } from './receiver-file.ts';

/**
 * When the suite lives. The month before it is over, open to corrections for thirty days, and the last but one with a published table of
 * cashback: a month from 2026-07 on is not priced, and nothing would be settled.
 */
export const FAULTS_BEGIN_MS = dayStart('2026-06-02') + 12 * 3_600_000;
const SETTLED_ON = '2026-05-31';

/** Who owns all homes of the suite. */
export const RESIDENT_EMAIL = 'demo1@example.com';
const PARTNER = 'fault-office';
export type FaultWorld = {
  readonly readingHomes: readonly (ReadingHome & { readonly credentials: Credentials })[];
  readonly moneyHomes: readonly string[];
  readonly caPem: string;
  readonly partnerKey: SigningKey;
  readonly endpointId: string;
  /** the last day of the month that is settled over and over */
  readonly settledOn: string;
};

const READING_HOMES = 5;
const MONEY_HOMES = 6;
const CREDIT_WON = 2_000_000;
/** Days of readings that the devices have to tell. */
const STORY_DAYS = 4;

const CASHBACK = 'energy-cashback';
const CASHBACK_ANSWERS = {
  'residential-contract': true,
  'registered-at-address': true,
  'unit-use-is-submitted': true,
  'in-no-other-utility-programme': true,
};

type Place = { readonly table: Table; readonly keys: Keys; readonly clock: Clock };

const enterHome = async (
  { table, keys, clock }: Place,
  name: string,
): Promise<{ householdId: string; telemetryId: string }> => {
  const [householdId, telemetryId] = [opaqueId('fault household', name), opaqueId('fault telemetry', name)];
  const { sealer, put: key } = await newSealer(keys, { household: householdId });
  await table.transact([{ put: key }, { put: placePut(householdId, sealer, { place: { name }, version: 0 }) }]);
  await table.put(proofPut(householdId, { ...NO_PROOF, state: 'proven', by: 'operator', atMs: clock.now() }, 0));
  await putMember(table, { householdId, sub: subOf(RESIDENT_EMAIL), role: 'owner' });
  await putProfile(table, { householdId, telemetryId, buildingType: 'apartment' });
  await agree(table, householdId, 'government');
  return { householdId, telemetryId };
};

/** Two years of use, and an application for cashback that was approved before the month in question. */
const earnCashback = async (place: Place, householdId: string, settledOn: string): Promise<void> => {
  const month = settledOn.slice(0, 7);
  const firstYear = Number(month.slice(0, 4)) - 2;
  const kwh = { ...months(`${firstYear}-${month.slice(5)}`, 24, 350), [month]: 310 };
  const days = Object.entries(kwh).flatMap(([one, used]) => monthOfDays(one, used));
  await putDays(
    place.table,
    householdId,
    days.map((day) => ({ ...day, source: 'imported' as const })),
  );
  const at = {
    ...place,
    clock: { now: () => dayStart(`${month}-01`) - 5 * 86_400_000 },
    pause: async () => undefined,
    bus: { publish: async () => undefined },
  };
  const owner = { householdId, sub: subOf(RESIDENT_EMAIL), role: 'owner' } as const;
  await enrol(at, owner, { programme: CASHBACK, answers: CASHBACK_ANSWERS });
  for (const to of ['under-review', 'approved'] as const)
    await moveApplication(at, { householdId, programme: CASHBACK, to });
};

/** Up to three days of the month, 10 kWh each, were days of nothing: the next run of the month owes the difference. */
export const correctMonth = async (
  table: Table,
  home: { readonly householdId: string; readonly settledOn: string },
  round: number,
): Promise<void> => {
  const month = home.settledOn.slice(0, 7);
  const days = [1, 2, 3].map((day) =>
    aDay(`${month}-0${day}`, day <= round % 4 ? 0 : 10_000, { source: 'imported', revision: round }),
  );
  await putDays(table, home.householdId, days);
};

const earnAndOwe = async (place: Place, settledOn: string): Promise<string[]> =>
  Promise.all(
    Array.from({ length: MONEY_HOMES }, async (_, index) => {
      const { householdId } = await enterHome(place, `money ${index}`);
      await earnCashback(place, householdId, settledOn);
      await settle(
        { ...place, pause: async () => undefined },
        aSettling({ householdId, total: CREDIT_WON, endsOn: settledOn }),
        {
          why: 'the suite pays from it',
        },
      );
      return householdId;
    }),
  );

const measure = async (place: Place, folder: string, fromMs: number) => {
  const authority = await openAuthority(join(folder, 'ca'), systemClock);
  const registry = deviceRegistry({ table: place.table, authority, sessions: liveSessions() });
  const homes = [];
  for (let index = 0; index < READING_HOMES; index += 1) {
    const { householdId, telemetryId } = await enterHome(place, `reading ${index}`);
    const gateway = opaqueId('fault gateway', index);
    const [meter, solar] = [opaqueId('fault meter', index), opaqueId('fault solar', index)];
    await place.table.put(newGateway({ householdId, gateway }));
    for (const [deviceId, kind] of [
      [meter, 'smart_meter'],
      [solar, 'solar_inverter'],
    ] as const)
      await putDevice(place.table, householdId, { deviceId, kind, name: kind, gateway, status: 'active' });
    const credentials = await register(registry, { household: telemetryId, gateway });
    homes.push({ householdId, telemetryId, gateway, meter, solar, index, fromMs, credentials });
  }
  return { homes, caPem: authority.caPem };
};

const enterOffice = async (place: Place, folder: string) => {
  await putPartner(place.table, {
    partnerId: PARTNER,
    name: '시범 관청',
    kind: 'government',
    scopes: ['webhooks:write'],
    status: 'active',
  });
  const { own, jwk } = await aKeyPair(`${PARTNER}.first`);
  const fromMs = place.clock.now() - 60_000;
  await putPartnerKey(place.table, {
    keyId: own.keyId,
    algorithm: 'ed25519',
    jwk,
    fromMs,
    untilMs: null,
    revokedAtMs: null,
  });
  const http = receiverFile(join(folder, 'received.jsonl'), 1);
  const deps = {
    ...place,
    ids: await ids(),
    http,
    pause: async () => undefined,
    webhooks: { send: async () => undefined },
  };
  const { endpoint } = await createEndpoint(deps, PARTNER, {
    url: 'https://office.example/hook',
    types: ['sandbox.ping'],
  });
  return { partnerKey: own, endpointId: endpoint.endpointId };
};

/** Homes whose devices tell a story of days, homes that earn and withdraw, and a partner: into the folder of a host that is not running. */
export const enterFaultHomes = async (folder: string): Promise<FaultWorld> => {
  const clock = { now: () => FAULTS_BEGIN_MS };
  const database = openDatabase(join(folder, 'hems.sqlite'));
  const place = {
    table: sqliteTable({ database, clock }),
    keys: await fileKeys(join(folder, 'idp', 'personal-keys.json')),
    clock,
  };
  const settledOn = SETTLED_ON;
  const fromMs = dayStart(addDays(localDate(FAULTS_BEGIN_MS), -STORY_DAYS));
  try {
    const { homes, caPem } = await measure(place, folder, fromMs);
    const moneyHomes = await earnAndOwe(place, settledOn);
    return { readingHomes: homes, caPem, moneyHomes, settledOn, ...(await enterOffice(place, folder)) };
  } finally {
    await database.close();
  }
};
