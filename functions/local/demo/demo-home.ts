import { join } from 'node:path';
import type { Origin, Role } from '@hems/models/household/household';
import { CONSENTS } from '@hems/models/household/consents';
import type { HomeDevice } from '@hems/models/testing/home';
import type { Clock } from '../../ports/clock.ts';
import type { Put, Table } from '../../ports/table.ts';
import type { DeviceRegistry } from '../../ports/device-registry.ts';
import { automationPut, NO_AUTOMATION } from '../../use-cases/stores/automations.ts';
import { consentPut, type StoredPurpose } from '../../use-cases/stores/consents.ts';
import { newGateway, readGateway } from '../../use-cases/stores/gateways.ts';
import { putDevice, putMember, putProfile, readProfile, type Profile } from '../../use-cases/stores/households.ts';
import { makingSealer, type KeyDeps } from '../../use-cases/stores/data-keys.ts';
import { placePut, readKeptPlace } from '../../use-cases/stores/places.ts';
import { NO_PROOF, proofKey, proofPut } from '../../use-cases/stores/proofs.ts';
import { credentialsOf } from './credentials.ts';
import { deviceName, type DemoIds } from './households.ts';
import type { GatewaySpec, HomeSpec } from './worker-messages.ts';

/** A demo household: what the platform knows of it, and what lives behind its gateway. */
export type DemoHome = DemoIds & {
  readonly name: string;
  readonly buildingType: Profile['buildingType'];
  /** of a simulated home; nothing of the kind is known of a recorded one */
  readonly place?: Pick<Profile, 'region' | 'areaM2' | 'people'>;
  readonly origin: Origin;
  readonly members: readonly { readonly sub: string; readonly role: Role }[];
  readonly devices: readonly HomeDevice[];
  readonly beginMs: number;
  readonly spec: HomeSpec;
};

/**
 * Whoever runs the host has set this home up, gateway and all, so it is proven as an operator does it, and its visitors may enrol, compare and
 * ask for payouts. A home that somebody opens to look around is `demo` instead, and nothing from outside comes to it.
 */
const proveDemo = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  householdId: string,
): Promise<void> => {
  const found = await table.get(proofKey(householdId));
  const proof = { ...NO_PROOF, state: 'proven' as const, by: 'operator' as const, atMs: clock.now() };
  if (!found) await table.put(proofPut(householdId, proof, 0));
};

/** Enters the household where it is not there yet; what its residents changed since stays. */
export const settle = async (deps: KeyDeps & { readonly clock: Clock }, home: DemoHome): Promise<void> => {
  const { table, clock } = deps;
  const { householdId, telemetryId, gateway, name, buildingType, origin, place } = home;
  const known = await readProfile(table, householdId);
  if (known) {
    // entered before places were told, and proofs asked for
    if (place && known.region === undefined) await putProfile(table, { ...known, ...place });
    await proveDemo({ table, clock }, householdId);
    return;
  }
  await Promise.all(
    home.devices.map((device) =>
      putDevice(table, householdId, {
        deviceId: device.deviceId,
        kind: device.kind,
        name: deviceName(device),
        gateway,
        status: 'active',
      }),
    ),
  );
  await Promise.all(home.members.map((member) => putMember(table, { householdId, ...member })));
  // last, so that a start that was cut short is made whole by the next
  const { version } = await readKeptPlace(deps, householdId);
  const own = await makingSealer(deps, { household: householdId });
  await table.put(placePut(householdId, own, { place: { name }, version }));
  await proveDemo({ table, clock }, householdId);
  await table.put(demoAgreement(householdId, 'analysis', clock.now()));
  await letPlan({ table, clock }, home);
  await putProfile(table, { householdId, telemetryId, buildingType, origin, ...place });
};

/** A demo home with a battery shows what a plan does; its owner may switch it off as any other. */
const letPlan = async (
  { table, clock }: Pick<KeyDeps, 'table'> & { readonly clock: Clock },
  home: DemoHome,
): Promise<void> => {
  const owner = home.members.find(({ role }) => role === 'owner');
  if (!owner || home.spec.type !== 'simulated' || !home.devices.some(({ kind }) => kind === 'battery')) return;
  const settings = { ...NO_AUTOMATION, isOn: true };
  const history = [{ isOn: true, atMs: clock.now(), personId: owner.sub }];
  const { if: _whatever, ...put } = automationPut(home.householdId, { settings, history, version: 0 });
  await table.put(put);
};

/** Nobody lives in a demo home, so nobody has to be asked what it may show. To what leaves the house its visitors agree themselves. */
export const demoAgreement = (householdId: string, purpose: StoredPurpose, atMs: number): Put => {
  const { if: _whatever, ...put } = consentPut(householdId, {
    purpose,
    kept: { history: [], version: 0 },
    said: { granted: true, textVersion: CONSENTS[purpose].textVersion, atMs, personId: 'demo' },
  });
  return put;
};

/** What the devices' thread needs to be this home's gateway, certificate included; nothing for one that its people revoked. */
export const gatewayOf = async (
  { table, registry, dataDir }: { table: Table; registry: DeviceRegistry; dataDir: string },
  { householdId, telemetryId, gateway, beginMs, spec }: DemoHome,
): Promise<GatewaySpec | undefined> => {
  const known = await readGateway(table, { householdId, gateway });
  if (known?.status === 'revoked') return undefined;
  if (!known) await table.put(newGateway({ householdId, gateway }));
  const address = { household: telemetryId, gateway };
  const path = (what: string): string => join(dataDir, 'demo', `${gateway}.${what}.json`);
  const credentials = await credentialsOf(registry, address, path('certificate'));
  return { ...spec, address, credentials, memoryPath: path('memory'), beginMs };
};
