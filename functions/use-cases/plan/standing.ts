import type { PlanOrder } from '@hems/models/plan/orders';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { readOrder, type Order } from '../stores/orders.ts';
import type { KeptSteering, Sent } from '../stores/steering.ts';

/** A gateway answers within seconds; so long an order may be on its way, or about to be sent by another run. */
const ON_ITS_WAY_MS = 60_000;
/** States after which an order has never held the device to anything. */
const NEVER: readonly Order['state'][] = ['rejected', 'expired', 'failed'];

export type Standing = {
  /** what holds a device now, as far as anybody knows */
  readonly sure: readonly PlanOrder[];
  /** what may hold it: it was sent, and nobody answered, or it stood before such a one */
  readonly unsure: readonly PlanOrder[];
};

const toOrder = ({ deviceId, untilMs, powerW, isOn }: Sent): PlanOrder =>
  powerW === null
    ? { kind: 'switch', deviceId, untilMs, isOn: isOn ?? true }
    : { kind: 'battery', deviceId, untilMs, powerW };

type Fate = 'holds' | 'never' | 'unanswered';

const fateOf = ({ atMs }: Sent, order: Order | undefined, nowMs: number): Fate => {
  const isYoung = nowMs - atMs <= ON_ITS_WAY_MS;
  if (!order) return isYoung ? 'holds' : 'never';
  if (NEVER.includes(order.state)) return 'never';
  return order.state !== 'sent' || isYoung ? 'holds' : 'unanswered';
};

/** Of one device, its orders from the last one back: the last that holds replaced all before it. */
const ofDevice = (orders: readonly (readonly [Sent, Fate])[], nowMs: number): Standing => {
  const known = orders.filter(([, fate]) => fate !== 'never');
  const at = known.findIndex(([, fate]) => fate === 'holds');
  const open = (at < 0 ? known : known.slice(0, at + 1)).flatMap(([sent]) =>
    sent.untilMs > nowMs && !sent.ends ? [toOrder(sent)] : [],
  );
  return at === 0 ? { sure: open, unsure: [] } : { sure: [], unsure: open };
};

/** What was ordered of each device and may still hold it. */
export const standingOf = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  householdId: string,
  { sent }: KeptSteering,
): Promise<Standing> => {
  const nowMs = clock.now();
  const devices = Map.groupBy(sent.toReversed(), ({ deviceId }) => deviceId);
  const each = [...devices.values()].map(async (orders) => {
    // what was sent before the oldest that has not ended cannot stand
    const from = orders.findLastIndex(({ untilMs }) => untilMs > nowMs);
    const recent = orders.slice(0, from + 1);
    const found = await Promise.all(recent.map(({ orderId }) => readOrder(table, householdId, orderId)));
    return ofDevice(
      recent.map((one, i) => [one, fateOf(one, found[i]?.order, nowMs)] as const),
      nowMs,
    );
  });
  const all = await Promise.all(each);
  return { sure: all.flatMap(({ sure }) => sure), unsure: all.flatMap(({ unsure }) => unsure) };
};
