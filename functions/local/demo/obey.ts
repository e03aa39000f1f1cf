import * as z from 'zod';
import type { HomeDevice } from '@hems/models/testing/home';
import { BATTERY_MAX_W } from '@hems/models/testing/battery';
import { commandResult, type Command, type CommandResult, type CommandState } from '@hems/shared/events/commands';
import type { Orders } from './living-home.ts';

/** What a gateway said of an order, kept for a day so that a repeat of it has no second effect. */
export const answered = z.object({ results: z.array(commandResult), untilMs: z.int() });
type Answered = z.infer<typeof answered>;

/** The part of a gateway that orders change. */
export type Obedience = {
  readonly orders: Orders;
  /** the faster reporting that was asked for */
  readonly reporting: { readonly seconds: number; readonly untilMs: number } | undefined;
  readonly answers: readonly Answered[];
};

type Outcome =
  | { readonly reason: string }
  | { readonly obedience: Obedience; readonly states: readonly CommandState[] };

const REMEMBERED_MS = 24 * 3_600_000;
/** What the devices allow, whatever the cloud asks for. */
const TARGET_CDEGC = { min: 1600, max: 3000 };

const CARRIED_OUT = ['accepted', 'applied', 'verified'] as const;
const refused = (reason: string): Outcome => ({ reason });
const carriedOut = (before: Obedience, orders: Orders): Outcome => ({
  obedience: { ...before, orders },
  states: CARRIED_OUT,
});

type DeviceOrder = Exclude<Command, { action: 'report-every' }>;
type Take<Action> = (before: Obedience, order: Extract<DeviceOrder, { action: Action }>) => Outcome;

const setBattery: Take<'set-battery'> = (before, { params, expires_at }) =>
  Math.abs(params.power_w) > BATTERY_MAX_W
    ? refused(`${params.power_w} W is beyond the battery's ${BATTERY_MAX_W} W`)
    : carriedOut(before, { ...before.orders, battery: { powerW: params.power_w, untilMs: expires_at } });

const setPoint: Take<'set-point'> = (before, { params: { target_temperature_cdegc: target } }) =>
  target < TARGET_CDEGC.min || target > TARGET_CDEGC.max
    ? refused(`${target / 100} °C is outside ${TARGET_CDEGC.min / 100} to ${TARGET_CDEGC.max / 100} °C`)
    : carriedOut(before, { ...before.orders, targetC: target / 100 });

/** Off until the order ends; without an order a device is on. */
const switchDevice: Take<'switch'> = (before, { device, params, expires_at: untilMs }) => {
  const others = before.orders.off.filter(({ deviceId }) => deviceId !== device);
  return carriedOut(before, { ...before.orders, off: params.on ? others : [...others, { deviceId: device, untilMs }] });
};

const TAKERS = {
  'set-battery': ['battery'],
  'set-point': ['thermostat'],
  switch: ['smart_plug', 'ev_charger'],
} as const;

const obeyDevice = (devices: readonly HomeDevice[], before: Obedience, order: DeviceOrder): Outcome => {
  const device = devices.find(({ deviceId }) => deviceId === order.device);
  if (!device) return refused(`no device ${order.device} behind this gateway`);
  const takers: readonly string[] = TAKERS[order.action];
  if (!takers.includes(device.kind)) return refused(`a ${device.kind} takes no ${order.action}`);
  switch (order.action) {
    case 'set-battery':
      return setBattery(before, order);
    case 'set-point':
      return setPoint(before, order);
    case 'switch':
      return switchDevice(before, order);
    default:
      return order satisfies never;
  }
};

const carryOut = (devices: readonly HomeDevice[], before: Obedience, order: Command): Outcome => {
  if (order.action !== 'report-every') return obeyDevice(devices, before, order);
  const { seconds, until } = order.params;
  return { obedience: { ...before, reporting: { seconds, untilMs: until } }, states: ['accepted', 'applied'] };
};

/**
 * A gateway takes an order: carries it out, refuses it with a reason, or says that it came too late. The same order
 * within a day gets the same answer and nothing else happens.
 */
export const obey = (
  devices: readonly HomeDevice[],
  before: Obedience,
  { order, nowMs }: { order: Command; nowMs: number },
): { obedience: Obedience; results: CommandResult[] } => {
  const known = before.answers.find(({ results, untilMs }) => untilMs > nowMs && results[0]?.cmd_id === order.cmd_id);
  if (known) return { obedience: before, results: known.results };
  const late = nowMs >= order.expires_at;
  const outcome = late ? refused('') : carryOut(devices, before, order);
  const result = { v: 1, cmd_id: order.cmd_id, ts: nowMs } as const;
  const ending = late
    ? { state: 'expired' as const }
    : { state: 'rejected' as const, ...('reason' in outcome && { reason: outcome.reason }) };
  const results: CommandResult[] =
    'reason' in outcome ? [{ ...result, ...ending }] : outcome.states.map((state) => ({ ...result, state }));
  const answers = before.answers.filter(({ untilMs }) => untilMs > nowMs);
  const obedience = 'reason' in outcome ? before : outcome.obedience;
  return { obedience: { ...obedience, answers: [...answers, { results, untilMs: nowMs + REMEMBERED_MS }] }, results };
};
