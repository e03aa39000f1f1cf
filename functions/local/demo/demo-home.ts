import { join } from 'node:path';
import type { Origin, Role } from '@hems/models/household/household';
import type { HomeDevice } from '@hems/models/testing/home';
import type { Table } from '../../ports/table.ts';
import type { DeviceRegistry } from '../../ports/device-registry.ts';
import { putDevice, putMember, putProfile, readProfile, type Profile } from '../../use-cases/stores/households.ts';
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

/** Enters the household where it is not there yet; what its residents changed since stays. */
export const settle = async (table: Table, home: DemoHome): Promise<void> => {
  const { householdId, telemetryId, gateway, name, buildingType, origin, place } = home;
  const known = await readProfile(table, householdId);
  if (known) {
    // entered before places were told
    if (place && known.region === undefined) await putProfile(table, { ...known, ...place });
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
  await putProfile(table, { householdId, telemetryId, name, buildingType, origin, ...place });
};

/** What the devices' thread needs to be this home's gateway, certificate included. */
export const gatewayOf = async (
  { registry, dataDir }: { registry: DeviceRegistry; dataDir: string },
  { telemetryId, gateway, beginMs, spec }: DemoHome,
): Promise<GatewaySpec> => {
  const address = { household: telemetryId, gateway };
  const path = (what: string): string => join(dataDir, 'demo', `${gateway}.${what}.json`);
  const credentials = await credentialsOf(registry, address, path('certificate'));
  return { ...spec, address, credentials, memoryPath: path('memory'), beginMs };
};
