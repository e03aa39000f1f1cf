import type { GatewayAddress } from '@hems/shared/events/topics';
import type { DeviceRegistry } from '../ports/device-registry.ts';
import { issueClaims } from '../use-cases/devices/issue-claims.ts';
import { putMember, putProfile, type Member } from '../use-cases/stores/households.ts';
import { aWorld, HOME } from './world.ts';

export const OWNER: Member = { householdId: HOME.householdId, sub: 'owner', role: 'owner' };
/** A household that has nothing yet. */
export const NEIGHBOUR: Member = { householdId: 'h-2', sub: 'neighbour', role: 'owner' };
export const NEIGHBOUR_TELEMETRY = 't-2';

/** What the registry was asked for, in order; `fail` makes the next call fail. */
const aRegistry = () => {
  const asked: string[] = [];
  let failure: Error | undefined;
  const ask = async (what: string): Promise<void> => {
    const error = failure;
    failure = undefined;
    if (error) throw error;
    asked.push(what);
  };
  const registry = {
    enter: async ({ household, gateway }: GatewayAddress) => await ask(`enter ${household}/${gateway}`),
    withdraw: async (certificateId: string) => await ask(`withdraw ${certificateId}`),
    revoke: async (_gateway: string, certificateId: string) => await ask(`revoke ${certificateId}`),
    cutOff: async (gateway: string, kept?: string) =>
      await ask(kept === undefined ? `cut off ${gateway}` : `cut off ${gateway} but ${kept}`),
    remove: async (gateway: string) => {
      await ask(`remove ${gateway}`);
      return { things: 1, certificates: 1 };
    },
  } satisfies Partial<DeviceRegistry>;
  return {
    asked,
    registry,
    fail: (error: Error) => {
      failure = error;
    },
  };
};

/** A world with a second household, a registry that writes down what it is asked, and gateways that may be claimed. */
export const aDevicesWorld = async () => {
  const world = await aWorld();
  const registry = aRegistry();
  const { householdId } = NEIGHBOUR;
  await putProfile(world.table, { householdId, telemetryId: NEIGHBOUR_TELEMETRY, buildingType: 'apartment' });
  await putMember(world.table, NEIGHBOUR);
  const deps = { ...world, ...world.deps, registry: registry.registry };
  const label = async (serial: string, expiresOn = '2026-12-31'): Promise<string> => {
    const devices = ['smart_meter', 'smart_plug', 'smart_plug'] as const;
    const { claims } = await issueClaims(world, { gateways: [{ serial, devices }], expiresOn });
    return claims[0]?.code ?? '';
  };
  return { ...world, deps, registry, label };
};
export type DevicesWorld = Awaited<ReturnType<typeof aDevicesWorld>>;
