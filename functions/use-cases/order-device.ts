import type { OrderRequest } from '@hems/shared/api/orders';
import { requireMay } from './members/require-may.ts';
import { Refused } from './refusal.ts';
import { sendOrder, type OrderDeps } from './send-order.ts';
import { noteByHand } from './plan/note-by-hand.ts';
import { listDevices, readProfile, type Device, type Member } from './stores/households.ts';
import type { Order } from './stores/orders.ts';

/** Which kinds of device take which order. */
const TAKES: Record<OrderRequest['action'], readonly Device['kind'][]> = {
  'set-battery': ['battery'],
  'set-point': ['thermostat'],
  switch: ['smart_plug', 'ev_charger'],
};

/** Sends a resident's order to one of the household's devices. */
export const orderDevice = async (
  deps: OrderDeps,
  member: Member,
  { deviceId, request }: { deviceId: string; request: OrderRequest },
): Promise<Order> => {
  requireMay(member, 'order-devices');
  const { householdId } = member;
  const [profile, devices] = await Promise.all([
    readProfile(deps.table, householdId),
    listDevices(deps.table, householdId),
  ]);
  const device = devices.find((one) => one.deviceId === deviceId && one.status === 'active');
  if (!profile || !device) throw new Refused('not-found', `the household has no active device ${deviceId}`);
  if (!TAKES[request.action].includes(device.kind))
    throw new Refused('invalid', `a ${device.kind} does not take ${request.action}`);
  const { expiresInSeconds, ...asked } = request;
  const address = { householdId, telemetryId: profile.telemetryId, gateway: device.gateway };
  const ttlMs = expiresInSeconds * 1000;
  await noteByHand(deps, householdId, { deviceId, untilMs: deps.clock.now() + ttlMs });
  return sendOrder(deps, address, { action: { ...asked, device: deviceId }, ttlMs });
};
