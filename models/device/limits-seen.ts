import { HOUR_MS } from '../calendar/seoul.ts';

/** What a device was seen to do: nobody types in a nameplate, and what ages is found smaller by itself. */

export type Seen = { readonly ts: number; readonly value: number };
export type BatterySeries = {
  readonly socPermille: readonly Seen[];
  /** registers at its terminals */
  readonly importWh: readonly Seen[];
  readonly exportWh: readonly Seen[];
  /** + discharging */
  readonly powerW: readonly Seen[];
};
export type BatteryLimits = {
  readonly capacityWh: number;
  readonly chargeW: number;
  readonly dischargeW: number;
  /** the lowest charge, permille: what the battery keeps by itself, or more */
  readonly leastPermille: number;
};

/** One way; what lithium cells and their inverter lose. */
export const BATTERY_EFFICIENCY = 0.95;

/** An hour tells something when the charge moved by so much: whole permille round too coarsely below. */
const LEAST_MOVE = 30;
/** So much has to have moved in all before the capacity is believed, permille. */
const LEAST_MOVED = 300;
/** Less than this and nothing can be ordered of it. */
const LEAST_W = 100;

/** The share of the values that counts as seen: the few beyond it are a meter's slips, which no order is to rest on. */
const SEEN_SHARE = 0.99;

/** The value that all but a hundredth stay below, the greatest itself never counted; undefined of fewer than two. */
const mostSeen = (values: readonly number[]): number | undefined =>
  values.length < 2 ? undefined : values.toSorted((a, b) => a - b)[Math.floor(SEEN_SHARE * (values.length - 1))];

/** The last value of each hour. */
const byHour = (series: readonly Seen[]): Map<number, number> =>
  new Map(series.map(({ ts, value }) => [Math.floor(ts / HOUR_MS), value]));

type Move = { readonly permille: number; readonly wh: number };

/** What went into the cells in each hour that is known at both ends. */
const movesOf = ({ socPermille, importWh, exportWh }: BatterySeries): Move[] => {
  const [soc, into, out] = [byHour(socPermille), byHour(importWh), byHour(exportWh)];
  const change = (of: ReadonlyMap<number, number>, hour: number): number | undefined => {
    const [from, to] = [of.get(hour - 1), of.get(hour)];
    return from === undefined || to === undefined ? undefined : to - from;
  };
  return [...soc.keys()].flatMap((hour): Move[] => {
    const [permille, inWh, outWh] = [change(soc, hour), change(into, hour), change(out, hour)];
    // a register that falls was exchanged
    if (permille === undefined || inWh === undefined || outWh === undefined || inWh < 0 || outWh < 0) return [];
    return [{ permille, wh: inWh * BATTERY_EFFICIENCY - outWh / BATTERY_EFFICIENCY }];
  });
};

/**
 * Usable capacity and greatest powers of a battery, from what its charge, registers and power said; undefined while too little moved. An
 * order within them is one that the battery has carried out before.
 */
export const batterySeen = (series: BatterySeries): BatteryLimits | undefined => {
  const told = movesOf(series).filter(({ permille, wh }) => Math.abs(permille) >= LEAST_MOVE && permille * wh > 0);
  const moved = told.reduce((sum, { permille }) => sum + Math.abs(permille), 0);
  if (moved < LEAST_MOVED) return undefined;
  const capacityWh = Math.round((told.reduce((sum, { wh }) => sum + Math.abs(wh), 0) / moved) * 1000);
  const powerOf = (sign: 1 | -1): number | undefined =>
    mostSeen(series.powerW.map(({ value }) => value * sign).filter((watts) => watts >= LEAST_W));
  const [dischargeW, chargeW] = [powerOf(1), powerOf(-1)];
  const negatedLeast = mostSeen(series.socPermille.map(({ value }) => -value));
  return dischargeW === undefined || chargeW === undefined || negatedLeast === undefined
    ? undefined
    : { capacityWh, chargeW, dischargeW, leastPermille: -negatedLeast };
};

/** What a charger that is only switched on and off gives a car; undefined while it has given nothing. */
export const chargerSeen = (powerW: readonly Seen[]): number | undefined => {
  const running = powerW.map(({ value }) => value).filter((watts) => watts >= LEAST_W);
  return running.length === 0 ? undefined : (running.toSorted((a, b) => a - b)[running.length >> 1] ?? undefined);
};
