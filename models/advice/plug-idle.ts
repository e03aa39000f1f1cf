import type { AdvicePlug } from './advice-home.ts';
import { shareBelow } from './whole-days.ts';

/** A device behind a plug that draws power while nobody uses it. */
export type IdlePlug = {
  readonly deviceId: string;
  readonly idleW: number;
  /** hours of a mean day in which it rests */
  readonly restsHours: number;
};

const DAY_HOURS = 24;
const LEAST_HOURS = 5 * DAY_HOURS;
/** Less is not worth a walk to the plug; more is no rest. W */
const IDLE_W = { least: 3, most: 40 };
/** It rests in most hours, and electronics rest at one level: what breathes by more than a tenth, or 2 W, cools or heats something. */
const RESTS = { share: 0.6, about: 1.3, evenShare: 0.1, evenW: 2 };
/** It is used at several times that for hours on end on several days. A refrigerator thaws for one hour. */
const USED = { times: 3, runHours: 2, days: 2 };

const byDay = <T>(hours: readonly T[]): T[][] =>
  Array.from({ length: Math.floor(hours.length / DAY_HOURS) }, (_, day) =>
    hours.slice(day * DAY_HOURS, (day + 1) * DAY_HOURS),
  );

/** Hours that belong to a use of two hours or more. */
const inUse = (hoursWh: AdvicePlug['hoursWh'], idleW: number): boolean[] => {
  const works = hoursWh.map((wh) => wh !== null && wh >= idleW * USED.times);
  const runAt = (hour: number): boolean =>
    Array.from({ length: USED.runHours }, (_, i) => works[hour + i]).every(Boolean);
  return works.map((_, hour) => Array.from({ length: USED.runHours }, (_run, i) => runAt(hour - i)).some(Boolean));
};

/** People use a thing now longer, now later; what runs at the same hours of every day is set to do so. */
const isUsedByPeople = (hoursWh: AdvicePlug['hoursWh'], idleW: number): boolean => {
  const days = byDay(inUse(hoursWh, idleW));
  const used = days.filter((hours) => hours.includes(true));
  return used.length >= USED.days && new Set(days.map((hours) => hours.join())).size > 1;
};

/**
 * The rest of a device that people use and leave. One that is never used may be what a home needs day and night (a router, a medical device),
 * one that does not rest at one level runs by itself (a refrigerator): neither is idle.
 */
const idleOf = ({ deviceId, hoursWh }: AdvicePlug): IdlePlug | undefined => {
  const known = hoursWh.filter((wh) => wh !== null);
  if (known.length < LEAST_HOURS) return undefined;
  const idleW = shareBelow(known, 0.25);
  if (idleW < IDLE_W.least || idleW > IDLE_W.most) return undefined;
  const rests = known.filter((wh) => wh <= idleW * RESTS.about);
  if (rests.length < RESTS.share * known.length) return undefined;
  const breath = shareBelow(rests, 0.9) - shareBelow(rests, 0.1);
  if (breath > Math.max(RESTS.evenW, RESTS.evenShare * idleW) || !isUsedByPeople(hoursWh, idleW)) return undefined;
  return { deviceId, idleW, restsHours: (DAY_HOURS * rests.length) / known.length };
};

/** The plug whose rest costs most. */
export const worstIdle = (plugs: readonly AdvicePlug[]): IdlePlug | undefined =>
  plugs
    .flatMap((plug) => idleOf(plug) ?? [])
    .toSorted((a, b) => b.idleW * b.restsHours - a.idleW * a.restsHours || (a.deviceId < b.deviceId ? -1 : 1))[0];

/** How a plug was used before a suggestion: W that its device rests at, and in how many of the days it was off at each hour, 0 to 1. */
export type PlugHabit = { readonly restW: number; readonly offShare: readonly number[] };

/** An hour of so little is one in which the plug was off. Wh */
const OFF_WH = 1;
const LEAST_DAYS = 5;

type OffHours = { readonly days: number; readonly count: readonly number[] };
/** Of the wholly known days, in how many each hour was off. */
const offHours = ({ hoursWh }: AdvicePlug): OffHours => {
  const whole = byDay(hoursWh).filter((hours) => !hours.includes(null));
  const count = Array.from(
    { length: DAY_HOURS },
    (_, hour) => whole.filter((hours) => (hours[hour] ?? Number.POSITIVE_INFINITY) <= OFF_WH).length,
  );
  return { days: whole.length, count };
};

/** Undefined where the plug feeds nothing idle. */
export const habitOf = (plug: AdvicePlug): PlugHabit | undefined => {
  const { days, count } = offHours(plug);
  const idle = idleOf(plug);
  return idle && days > 0 ? { restW: idle.idleW, offShare: count.map((off) => off / days) } : undefined;
};

/** Wh that each hour of a mean day is spared because the plug is off in it, and was not before. */
type Spared = { readonly low: readonly number[]; readonly high: readonly number[] };

/**
 * Only hours without any use count: who watches less has saved nothing of the rest. The least leaves out one day of each hour. Undefined where
 * too little is known, or the device is not used any more: it may draw elsewhere.
 */
export const sparedByPlug = (plug: AdvicePlug, { restW, offShare }: PlugHabit): Spared | undefined => {
  const { days, count } = offHours(plug);
  if (days < LEAST_DAYS || !inUse(plug.hoursWh, restW).includes(true)) return undefined;
  const spared = (shareOf: (off: number) => number): number[] =>
    count.map((off, hour) => restW * (shareOf(off) - (offShare[hour] ?? 0)));
  return { low: spared((off) => Math.max(0, off - 1) / (days - 1)), high: spared((off) => off / days) };
};
