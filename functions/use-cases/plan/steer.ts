import type { PlanOrder } from '@hems/models/plan/orders';
import { modeOf } from '@hems/models/plan/reasons';
import { sendOrder, type Action, type OrderDeps } from '../send-order.ts';
import type { Pause } from '../../ports/pause.ts';
import { readAutomation } from '../stores/automations.ts';
import { listDevices, readProfile, type Device } from '../stores/households.ts';
import { putOrder, readOrder, type Order } from '../stores/orders.ts';
import { putSteering, readSteering, type KeptSteering, type Sent, type SteeredMode } from '../stores/steering.ts';
import { untilWon } from '../until-won.ts';
import { readOrderable, steeredOf } from './heard.ts';
import { standingOf, type Standing } from './standing.ts';
import { isOverride, isSameWord, wordNow, type Word } from './word-now.ts';

export type SteerDeps = OrderDeps & { readonly pause: Pause };

/** Writes wear the memory of a device: less than half of what is reckoned to harm it (270 a day), and the rest is the residents'. */
export const MOST_ORDERS_A_DAY = 120;
/** An order that only ends another holds for so long. */
const ENDING_MS = 60_000;

/** Ends what stands, at once: the device goes its own way. */
export const endings = (standing: readonly PlanOrder[], nowMs: number): PlanOrder[] =>
  standing
    .filter(({ untilMs, ...order }) => untilMs > nowMs + ENDING_MS && !(order.kind === 'switch' && order.isOn))
    .map((order) => ({
      ...order,
      ...(order.kind === 'battery' ? { powerW: 0 } : { isOn: true }),
      untilMs: nowMs + ENDING_MS,
    }));

const actionOf = (order: PlanOrder): Action =>
  order.kind === 'battery'
    ? { action: 'set-battery', device: order.deviceId, params: { power_w: order.powerW } }
    : { action: 'switch', device: order.deviceId, params: { on: order.isOn } };

const toSent = (order: PlanOrder, orderId: string, nowMs: number): Sent => ({
  orderId,
  deviceId: order.deviceId,
  atMs: nowMs,
  untilMs: order.untilMs,
  powerW: order.kind === 'battery' ? order.powerW : null,
  isOn: order.kind === 'switch' ? order.isOn : null,
  ends: order.untilMs - nowMs <= ENDING_MS,
});

const modeAfter = (orders: readonly PlanOrder[], nowMs: number): SteeredMode => {
  const order = orders.find(({ kind, untilMs }) => kind === 'battery' && untilMs > nowMs + ENDING_MS);
  return order?.kind === 'battery' ? modeOf({ batteryW: order.powerW }) : 'self-use';
};

const withMode = (before: KeptSteering, mode: SteeredMode, nowMs: number): KeptSteering =>
  mode === before.mode ? before : { ...before, mode, changedMs: [...before.changedMs, nowMs] };

/** Of a day and device. */
const hasBudget = ({ sent }: KeptSteering, deviceId: string, nowMs: number): boolean =>
  sent.filter((one) => one.deviceId === deviceId && one.atMs > nowMs - 86_400_000).length < MOST_ORDERS_A_DAY;

export type Steered = { readonly fate: 'steered' | 'done-before'; readonly orders: number; readonly changed: boolean };

/** The orders that are due, from those that stand. */
export type Due = (standing: readonly PlanOrder[], nowMs: number) => readonly PlanOrder[];

export type Task = {
  readonly householdId: string;
  /** the half hour that is carried out, once; a late word for one before orders nothing. Undefined: a resident asks, now */
  readonly forMs: number | undefined;
};

/** What was planned, and the word of the household on which it rests. */
export type Planned = { readonly word: Word; readonly due: Due; readonly car?: KeptSteering['car'] };

const isResting = (order: PlanOrder, deviceId: string, untilMs: number): boolean =>
  order.kind === 'battery' && order.deviceId === deviceId && order.powerW === 0 && order.untilMs === untilMs;

/** The battery rests to the end of the override, in one order; everything else that stands ends. */
const resting =
  (batteryId: string, untilMs: number): Due =>
  (standing, nowMs) => {
    const others = standing.filter(({ deviceId }) => deviceId !== batteryId);
    const ends = endings(others, nowMs);
    if (standing.some((order) => isResting(order, batteryId, untilMs))) return ends;
    return [...ends, { kind: 'battery', deviceId: batteryId, powerW: 0, untilMs }];
  };

/** What is due by the word of the household as it is now; what was planned only where it still says what it said then. */
const dueNow = async (deps: SteerDeps, { householdId }: Task, { word, planned }: { word: Word; planned?: Planned }) => {
  if (planned && isSameWord(word, planned.word)) return planned;
  if (!isOverride(word) || word.mode === 'self-use') return { due: endings };
  const battery = steeredOf(await listDevices(deps.table, householdId), 'battery');
  return { due: battery ? resting(battery.deviceId, word.untilMs) : endings };
};

type Claimed = { readonly orders: readonly (readonly [Sent, PlanOrder, Device])[]; readonly changed: boolean };

const isEnding = ({ untilMs }: PlanOrder, nowMs: number): boolean => untilMs <= nowMs + ENDING_MS;

/** What is due, with the end of what may stand although nobody answered; one order a device. */
const wantedOf = (due: Due, { sure, unsure }: Standing, nowMs: number): PlanOrder[] => [
  ...new Map([...endings(unsure, nowMs), ...due(sure, nowMs)].map((order) => [order.deviceId, order])).values(),
];

/** Orders that may go out: no end of an order, and no wish of a resident, waits for a budget or for a reading. */
const permitted = async (
  { table, clock, ids }: SteerDeps,
  householdId: string,
  { wanted, before, word }: { wanted: readonly PlanOrder[]; before: KeptSteering; word: Word },
): Promise<Claimed['orders']> => {
  if (wanted.length === 0) return [];
  const nowMs = clock.now();
  const byHand = new Set(before.byHand.filter(({ untilMs }) => untilMs > nowMs).map(({ deviceId }) => deviceId));
  const devices = await readOrderable(table, householdId, nowMs);
  return wanted.flatMap((order): Claimed['orders'] => {
    const { deviceId } = order;
    const found = devices.get(deviceId);
    if (!found || byHand.has(deviceId)) return [];
    const ends = isEnding(order, nowMs);
    if (!ends && !found.isHeard) return [];
    if (!ends && !isOverride(word) && !hasBudget(before, deviceId, nowMs)) return [];
    return [[toSent(order, ids.next(), nowMs), order, found.device]];
  });
};

/**
 * Writes what is about to be ordered before anything is: of two runs at once only one gets here. What the household lets the plan do is read
 * after `STEERING`: whoever changes it steers afterwards and so writes `STEERING`, and this run then decides anew.
 */
const claim = async (deps: SteerDeps, task: Task, planned: Planned | undefined): Promise<Claimed | undefined> => {
  const { table, clock } = deps;
  const { householdId, forMs } = task;
  const before = await readSteering(table, householdId);
  if (forMs !== undefined && before.forMs >= forMs) return undefined;
  const word = await wordNow(deps, householdId);
  const { due, car }: Pick<Planned, 'due' | 'car'> = await dueNow(deps, task, { word, ...(planned && { planned }) });
  const nowMs = clock.now();
  const standing = await standingOf(deps, householdId, before);
  const wanted = wantedOf(due, standing, nowMs);
  const orders = await permitted(deps, householdId, { wanted, before, word });
  const replaced = new Set(orders.map(([{ deviceId }]) => deviceId));
  const kept = standing.sure.filter(({ deviceId }) => !replaced.has(deviceId));
  const after = withMode(before, modeAfter([...kept, ...orders.map(([, order]) => order)], nowMs), nowMs);
  await putSteering(deps, householdId, {
    ...after,
    forMs: forMs ?? before.forMs,
    sent: [...before.sent, ...orders.map(([sent]) => sent)],
    ...(car && { car }),
  });
  return { orders, changed: after !== before };
};

/** Whether it is still the last word: another run, or a resident by hand, may have ordered the device since it was written down. */
const isLast = async ({ table }: SteerDeps, householdId: string, { orderId, deviceId, untilMs }: Sent) => {
  const { sent } = await readSteering(table, householdId);
  const last = sent.findLast((one) => one.deviceId === deviceId);
  return last?.orderId === orderId && last.untilMs === untilMs;
};

/** What the broker did not take is told as failed; the device is by itself until the next half hour. */
const send = async (deps: SteerDeps, householdId: string, [sent, order, device]: Claimed['orders'][number]) => {
  const profile = await readProfile(deps.table, householdId);
  if (!profile || !(await isLast(deps, householdId, sent))) return;
  const address = { householdId, telemetryId: profile.telemetryId, gateway: device.gateway };
  const own = { ...deps, ids: { next: () => sent.orderId } };
  try {
    await sendOrder(own, address, { action: actionOf(order), ttlMs: sent.untilMs - sent.atMs });
  } catch (error) {
    const found = await readOrder(deps.table, householdId, sent.orderId);
    if (!found) throw error;
    const reason = `the broker did not take it: ${error instanceof Error ? error.message : String(error)}`;
    const failed: Order = { ...found.order, state: 'failed', stateTs: deps.clock.now(), reason };
    await putOrder(deps.table, householdId, { order: failed, version: found.version });
  }
};

/**
 * Orders a household's devices what is due, once. Only devices that are heard at this moment are ordered, within what their memory bears
 * in a day, and none that a resident has just ordered by hand. Without a plan whatever stands ends, but for what a resident wants instead.
 */
export const steer = async (deps: SteerDeps, task: Task, planned?: Planned): Promise<Steered> => {
  const claimed = await untilWon(deps.pause, async () => await claim(deps, task, planned));
  if (!claimed) return { fate: 'done-before', orders: 0, changed: false };
  for (const order of claimed.orders) await send(deps, task.householdId, order);
  return { fate: 'steered', orders: claimed.orders.length, changed: claimed.changed };
};

/** Ends what stands in a home that may no longer be steered; a run that is under way then orders nothing more. */
export const letGo = async (deps: SteerDeps, householdId: string): Promise<void> => {
  const { settings } = await readAutomation(deps.table, householdId);
  if (settings.isOn) await steer(deps, { householdId, forMs: undefined });
};
