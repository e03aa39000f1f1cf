import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aHome, devicesOf, type HomeDevice } from '@hems/models/testing/home';
import { opaqueId } from '@hems/models/testing/random';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { fileKeys } from '../../adapters/embedded/keys.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import type { Table } from '../../ports/table.ts';
import { newGateway } from '../../use-cases/stores/gateways.ts';
import { newProfilePuts, putDevice, putMember } from '../../use-cases/stores/households.ts';
import { NO_PROOF, proofPut } from '../../use-cases/stores/proofs.ts';
import { openAuthority } from '../ca/authority.ts';
import { deviceRegistry, type LocalRegistry } from '../ca/device-registry.ts';
import { liveSessions } from '../ca/sessions.ts';
import { systemClock } from '../clock.ts';
import { openDataDirectory } from '../data-directory.ts';
import { openIdentity } from '../identity/identity.ts';
import { openMint, type Mint } from './load-certificates.ts';
import type { Fleet, FleetHome, Resident } from './load-messages.ts';

/** Seeds of the load's homes: those of the demo and of tests are smaller. */
const FIRST_SEED = 100_000;
const HOMES_AT_A_TIME = 100;

type Plan = { readonly seed: number; readonly devices: readonly HomeDevice[] };
type Place = { readonly table: Table; readonly registry: LocalRegistry; readonly mint: Mint };

/** Homes of the simulator until they have `count` devices; the last one may have to do with fewer. Ids are hashes, so a home with a known one is left out. */
const homesWith = (count: number): Plan[] => {
  const homes: Plan[] = [];
  const ids = new Set<string>();
  for (let seed = FIRST_SEED; ids.size < count; seed += 1) {
    const devices = devicesOf(aHome(seed)).slice(0, count - ids.size);
    if (devices.some(({ deviceId }) => ids.has(deviceId))) continue;
    for (const { deviceId } of devices) ids.add(deviceId);
    homes.push({ seed, devices });
  }
  return homes;
};

/**
 * A home whose devices connect by themselves, each as its own gateway. It stands in no shard: the nightly run is measured elsewhere and
 * must not fall into a load run.
 */
const settle = async ({ table, registry, mint }: Place, { seed, devices }: Plan): Promise<FleetHome> => {
  const { building, areaM2, people } = aHome(seed);
  const [householdId, telemetryId] = [opaqueId('load', seed), opaqueId('load telemetry', seed)];
  const profile = { householdId, telemetryId, buildingType: building, region: '부하 시험구', areaM2, people };
  await table.transact(newProfilePuts(profile, { inShard: false }).map((put) => ({ put })));
  // whoever set it up has proved it
  const proof = { ...NO_PROOF, state: 'proven' as const, by: 'operator' as const, atMs: systemClock.now() };
  await table.put(proofPut(householdId, proof, 0));
  const own = devices.map(async ({ deviceId, kind }) => {
    const credentials = mint();
    await registry.attach(credentials.certificateId, { household: telemetryId, gateway: deviceId });
    await table.put(newGateway({ householdId, gateway: deviceId }));
    await putDevice(table, householdId, { deviceId, kind, name: kind, gateway: deviceId, status: 'active' });
    return { deviceId, credentials };
  });
  return { householdId, telemetryId, seed, devices: await Promise.all(own) };
};

const PASSWORD = 'load-hems-2026';
const noMail = async (): Promise<void> => undefined;

/** One owner for each of the first homes, who signs in as anybody does. */
const moveIn = async (table: Table, directory: string, homes: readonly FleetHome[]): Promise<readonly Resident[]> => {
  const keys = await fileKeys(join(directory, 'personal-keys.json'));
  const clock = systemClock;
  const origin = 'http://127.0.0.1';
  const identity = await openIdentity({ origin, directory, table, clock, keys, mailer: { send: noMail } });
  const residents = homes.map(({ householdId, seed }) => ({
    householdId,
    sub: opaqueId('load resident', seed),
    email: `load-${seed}@hems.local`,
    password: PASSWORD,
  }));
  await identity.add(residents.map((one) => ({ ...one, name: one.email, groups: [] })));
  for (const { householdId, sub } of residents) await putMember(table, { householdId, sub, role: 'owner' });
  return residents;
};

export type Settled = {
  readonly homes: number;
  readonly devices: number;
  readonly residents: readonly Resident[];
  readonly fleetFile: string;
  /** for a key and a certificate each */
  readonly mintSeconds: number;
  readonly seconds: number;
};

/** Fills a new data directory with the load's homes before its host starts, and writes what the devices need into one file beside it. */
export const settleHomes = async (
  folder: string,
  { devices, residents }: { readonly devices: number; readonly residents: number },
): Promise<Settled> => {
  const began = performance.now();
  const data = await openDataDirectory(folder, true);
  const database = openDatabase(data.database);
  // it is filled once, before anybody depends on it; the host opens it anew
  database.exec('PRAGMA synchronous = OFF');
  try {
    const table = sqliteTable({ database, clock: systemClock });
    const authority = await openAuthority(data.authority, systemClock);
    const registry = deviceRegistry({ table, authority, sessions: liveSessions() });
    const make = await openMint(authority, await readFile(join(data.authority, 'ca.key'), 'utf8'));
    let mintMs = 0;
    const mint: Mint = () => {
      const since = performance.now();
      const made = make();
      mintMs += performance.now() - since;
      return made;
    };
    const plans = homesWith(devices);
    const homes: FleetHome[] = [];
    for (let from = 0; from < plans.length; from += HOMES_AT_A_TIME) {
      const some = plans.slice(from, from + HOMES_AT_A_TIME);
      homes.push(...(await Promise.all(some.map(async (plan) => await settle({ table, registry, mint }, plan)))));
    }
    const fleetFile = join(folder, 'load-fleet.json');
    const fleet: Fleet = { caPem: authority.caPem, homes };
    await writeFile(fleetFile, JSON.stringify(fleet), { mode: 0o600 });
    return {
      homes: homes.length,
      devices,
      residents: await moveIn(table, data.identity, homes.slice(0, residents)),
      fleetFile,
      mintSeconds: mintMs / 1000,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await database.close();
    data.release();
  }
};
