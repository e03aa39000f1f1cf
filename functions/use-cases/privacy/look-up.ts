import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import {
  householdOf,
  householdsOfDevice,
  householdsOfGateway,
  listDevices,
  membersOf,
  readProfile,
} from '../stores/households.ts';
import { readLiveStates } from '../stores/live.ts';
import { parseProof, proofKey } from '../stores/proofs.ts';
import { recordAccess, type Access, type AccessDeps } from './record-access.ts';

type By = 'household' | 'telemetry' | 'gateway' | 'device';
export type LookUp = { readonly by: By; readonly id: string; readonly reason: string; readonly who: Access['who'] };

const FOUND_BY: Record<By, (table: Table, id: string) => Promise<string[]>> = {
  household: async (table, id) => ((await readProfile(table, id)) ? [id] : []),
  telemetry: async (table, id) => {
    const found = await householdOf(table, id);
    return found === undefined ? [] : [found];
  },
  gateway: householdsOfGateway,
  device: householdsOfDevice,
};

const theOne = (found: readonly string[], { by, id }: LookUp): string => {
  const [householdId, other] = found;
  if (householdId === undefined) throw new Refused('not-found', `there is no ${by} ${id}`);
  if (other !== undefined)
    throw new Refused('conflict', `${found.length} households have a ${by} ${id}; look up by gateway or telemetry id`);
  return householdId;
};

/** What support needs to know of a home to help: no reading, no name, no address. Recorded before anything of the home is read. */
export const lookUp = async (deps: AccessDeps, asked: LookUp) => {
  const { table } = deps;
  const householdId = theOne(await FOUND_BY[asked.by](table, asked.id), asked);
  await recordAccess(deps, { householdId, who: asked.who, what: 'look-up', why: asked.reason });
  const [profile, members, proof, devices, live] = await Promise.all([
    readProfile(table, householdId),
    membersOf(table, householdId),
    table.get(proofKey(householdId)),
    listDevices(table, householdId),
    readLiveStates(table, householdId),
  ]);
  if (!profile) throw new Refused('not-found', `household ${householdId} is being erased`);
  return {
    householdId,
    buildingType: profile.buildingType,
    region: profile.region ?? null,
    members: members.length,
    proof: parseProof(proof).state,
    devices: devices.map(({ deviceId, kind, status }) => ({
      deviceId,
      kind,
      status,
      lastSeenMs: live.get(deviceId)?.ts ?? null,
    })),
  };
};
