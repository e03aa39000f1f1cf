import { OFFLINE_AFTER_MS } from '@hems/models/device/presence';
import type { Equipment, Gateway as GatewayAnswer } from '@hems/shared/api/devices';
import type { Clock } from '../../ports/clock.ts';
import { readDevices } from '../read-devices.ts';
import type { KeyDeps } from '../stores/data-keys.ts';
import { listGateways, type Gateway } from '../stores/gateways.ts';

/** A gateway that went away a moment ago is still told as online: most are back before anybody has looked. */
const presenceOf = ({ presence, status }: Gateway, nowMs: number): GatewayAnswer['presence'] => {
  // its session was closed with it, and what the broker says of it since is not kept
  if (status === 'revoked') return 'offline';
  if (!presence) return 'unknown';
  return presence.state === 'connected' || nowMs - presence.atMs < OFFLINE_AFTER_MS ? 'online' : 'offline';
};

const answerOf = (gateway: Gateway, nowMs: number): GatewayAnswer => ({
  gateway: gateway.gateway,
  status: gateway.status,
  presence: presenceOf(gateway, nowMs),
  presenceMs: gateway.status === 'revoked' ? null : (gateway.presence?.atMs ?? null),
  firmware: gateway.firmware ?? null,
  isDoubled: gateway.doubled !== undefined,
});

/** The gateways of a household and the devices behind them. */
export const readEquipment = async (
  deps: KeyDeps & { readonly clock: Clock },
  householdId: string,
): Promise<Equipment> => {
  const [gateways, devices] = await Promise.all([
    listGateways(deps.table, householdId),
    readDevices(deps, householdId),
  ]);
  const nowMs = deps.clock.now();
  return { householdId, gateways: gateways.map((gateway) => answerOf(gateway, nowMs)), devices };
};
