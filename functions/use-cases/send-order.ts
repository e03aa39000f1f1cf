import type { Command } from '@hems/shared/events/commands';
import type { Clock } from '../ports/clock.ts';
import type { DeviceChannel } from '../ports/device-channel.ts';
import type { Ids } from '../ports/ids.ts';
import type { Table } from '../ports/table.ts';
import { putOrder, type Order } from './stores/orders.ts';

export type OrderDeps = {
  readonly table: Table;
  readonly channel: DeviceChannel;
  readonly clock: Clock;
  readonly ids: Ids;
};

type Address = { readonly householdId: string; readonly telemetryId: string; readonly gateway: string };
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** What is asked of a device, before it has an id and times. */
export type Action = DistributiveOmit<Command, 'v' | 'cmd_id' | 'issued_at' | 'expires_at'>;

/** Records an order, then sends it. An order that is recorded and never answered is one that did not arrive. */
export const sendOrder = async (
  { table, channel, clock, ids }: OrderDeps,
  { householdId, telemetryId, gateway }: Address,
  { action, ttlMs }: { action: Action; ttlMs: number },
): Promise<Order> => {
  const now = clock.now();
  const command: Command = { v: 1, cmd_id: ids.next(), issued_at: now, expires_at: now + ttlMs, ...action };
  const order: Order = { command, gateway, state: 'sent', stateTs: now };
  await putOrder(table, householdId, { order, version: 0 });
  await channel.send({ household: telemetryId, gateway }, command);
  return order;
};
