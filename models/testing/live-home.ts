import * as z from 'zod/mini';
import { dayStart, localDate, type LocalDate } from '../calendar/seoul.ts';
import { battery, batteryMinute, batteryPower, type Battery } from './battery.ts';
import { climate, liveMinute } from './climate.ts';
import { dayProfile, type DayProfile } from './day-profile.ts';
import { devicesOf, type Home, type HomeDevice } from './home.ts';

/** A register that only grows: whole Wh, and the W·min (0 to 59) of the running sum below the next Wh. */
const register = z.object({ wh: z.int(), carryWmin: z.int() });
export type Register = z.infer<typeof register>;

/** A home at the end of a minute, in a form that can be kept over a restart; the next minute follows from it alone. */
export const homeState = z.object({
  atMs: z.int(),
  load: register,
  solar: register,
  ev: register,
  /** W·min that the car wanted while its charger was off; it takes them as soon as it may */
  evOwedWmin: z.int(),
  plugs: z.array(register),
  importWh: z.int(),
  exportWh: z.int(),
  battery,
  climate,
  /** `mode` and `state` as the codes of `hvac_mode` and `hvac_state`; the target worked towards, °C */
  hvac: z.object({ mode: z.int(), state: z.int(), targetC: z.number() }),
  /** W during the last minute; grid + import, battery + discharge */
  powers: z.object({
    load: z.int(),
    grid: z.int(),
    solar: z.int(),
    battery: z.int(),
    ev: z.int(),
    plugs: z.array(z.int()),
  }),
  /** lasting wishes and timed orders that the home obeys; what is off is on again when its order ends */
  orders: z.object({
    battery: z.optional(z.object({ powerW: z.int(), untilMs: z.int() })),
    targetC: z.optional(z.number()),
    off: z.array(z.object({ deviceId: z.string(), untilMs: z.int() })),
  }),
});
export type HomeState = z.infer<typeof homeState>;
type Orders = HomeState['orders'];

export const MINUTE_MS = 60_000;
const NEW: Register = { wh: 0, carryWmin: 0 };

/** A home that begins at a whole minute with its registers at zero and its battery half full. */
export const newHome = (home: Home, atMs: number): HomeState => ({
  atMs,
  load: NEW,
  solar: NEW,
  ev: NEW,
  evOwedWmin: 0,
  plugs: home.plugs.map(() => NEW),
  importWh: 0,
  exportWh: 0,
  battery: { storedMwh: home.batteryWh * 500, importWh: 0, exportWh: 0, carryWmin: 0 },
  climate: { indoorC: 22, co2Ppm: 600 },
  hvac: { mode: 1, state: 0, targetC: home.heatTargetC },
  powers: { load: 0, grid: 0, solar: 0, battery: 0, ev: 0, plugs: home.plugs.map(() => 0) },
  orders: { off: [] },
});

const count = ({ wh, carryWmin }: Register, watts: number): Register => {
  const sum = carryWmin + watts;
  return { wh: wh + Math.floor(sum / 60), carryWmin: sum % 60 };
};

type Minute = {
  readonly home: Home;
  readonly day: DayProfile;
  readonly minute: number;
  readonly isOff: (index: 'ev' | number) => boolean;
};

/** What the car takes in a minute, and what it is owed after it. */
const carMinute = ({ home, day, minute, isOff }: Minute, owedWmin: number): { ev: number; evOwedWmin: number } => {
  const wanted = day.evW[minute] ?? 0;
  if (isOff('ev')) return { ev: 0, evOwedWmin: owedWmin + wanted };
  const late = wanted > 0 ? 0 : Math.min(home.evW, owedWmin);
  return { ev: wanted + late, evOwedWmin: owedWmin - late };
};

/** What runs beside the car: devices that are switched off use nothing. */
const consumers = ({ home, day, minute, isOff }: Minute): { base: number; plugs: number[] } => ({
  base: day.baseW[minute] ?? 0,
  plugs: home.plugs.map((_, index) => (isOff(index) ? 0 : (day.plugW[index]?.[minute] ?? 0))),
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Heating below, cooling above: which of the home's two targets counts. */
const MILD_C = 18;

/** Codes of `hvac_mode`. */
const HEAT = 1;
const COOL = 2;

const aim = (home: Home, outdoorC: number, { targetC }: Orders): { mode: number; targetC: number } => ({
  mode: outdoorC > MILD_C ? COOL : HEAT,
  targetC: targetC ?? (outdoorC > MILD_C ? home.coolTargetC : home.heatTargetC),
});

/** Grid and battery share what home and roof leave over, in W and, by itself, in whole Wh: the registers balance at every minute. */
const supply = (
  home: Home,
  { battery: before, orders, atMs }: HomeState,
  { residualW, residualWh }: { residualW: number; residualWh: number },
): { battery: Battery; batteryW: number; importWh: number; exportWh: number } => {
  const ordered = orders.battery && atMs < orders.battery.untilMs ? orders.battery.powerW : undefined;
  const batteryW = home.batteryWh > 0 ? batteryPower(home.batteryWh, before, ordered ?? residualW) : 0;
  const covers = home.batteryWh > 0 && batteryW === residualW;
  const after = batteryMinute(before, batteryW, covers ? residualWh : undefined);
  const gridWh = residualWh - after.givenWh;
  return { battery: after.battery, batteryW, importWh: Math.max(0, gridWh), exportWh: Math.max(0, -gridWh) };
};

const nextMinute = (state: HomeState, at: Minute): HomeState => {
  const { home, day, minute } = at;
  const { base, plugs } = consumers(at);
  const { ev, evOwedWmin } = carMinute(at, state.evOwedWmin);
  const outdoorC = day.outdoorC[minute] ?? 0;
  const { mode, targetC } = aim(home, outdoorC, state.orders);
  const hvac = liveMinute(home, state.climate, {
    outdoorC,
    people: day.peopleHome[minute] ?? 0,
    heatW: base + sum(plugs),
    sun: minute > 420 && minute < 1100 ? day.clearness : 0,
    targetC,
  });
  const loadW = base + ev + sum(plugs) + hvac.powerW;
  const solarW = day.solarW[minute] ?? 0;
  const load = count(state.load, loadW);
  const solar = count(state.solar, solarW);
  const residual = { residualW: loadW - solarW, residualWh: load.wh - state.load.wh - (solar.wh - state.solar.wh) };
  const supplied = supply(home, state, residual);
  return {
    atMs: state.atMs + MINUTE_MS,
    load,
    solar,
    ev: count(state.ev, ev),
    evOwedWmin,
    plugs: state.plugs.map((plug, index) => count(plug, plugs[index] ?? 0)),
    importWh: state.importWh + supplied.importWh,
    exportWh: state.exportWh + supplied.exportWh,
    battery: supplied.battery,
    climate: hvac.climate,
    hvac: { mode, state: hvac.state, targetC },
    powers: {
      load: loadW,
      grid: residual.residualW - supplied.batteryW,
      solar: solarW,
      battery: supplied.batteryW,
      ev,
      plugs,
    },
    orders: state.orders,
  };
};

/** Days of one home, the latest one remembered. */
const daysOf = (home: Home): ((date: LocalDate) => DayProfile) => {
  let latest: { date: LocalDate; day: DayProfile } | undefined;
  return (date) => {
    if (latest?.date !== date) latest = { date, day: dayProfile(home, date) };
    return latest.day;
  };
};

export type Simulation = {
  readonly home: Home;
  readonly devices: readonly HomeDevice[];
  readonly days: (date: LocalDate) => DayProfile;
};
export const simulationOf = (home: Home): Simulation => ({ home, devices: devicesOf(home), days: daysOf(home) });

/**
 * The home lives until the minute that holds `toMs` has begun. The series does not depend on where it is interrupted:
 * stepping to b is stepping to a and then to b.
 */
export const stepHome = ({ home, devices, days }: Simulation, from: HomeState, toMs: number): HomeState => {
  let state = from;
  const ids = {
    ev: devices.find(({ kind }) => kind === 'ev_charger')?.deviceId,
    plugs: devices.filter(({ kind }) => kind === 'smart_plug'),
  };
  const isOff = (index: 'ev' | number): boolean => {
    const id = index === 'ev' ? ids.ev : ids.plugs[index]?.deviceId;
    return from.orders.off.some(({ deviceId, untilMs }) => deviceId === id && state.atMs < untilMs);
  };
  while (state.atMs + MINUTE_MS <= toMs) {
    const date = localDate(state.atMs);
    const midnight = dayStart(date);
    const day = days(date);
    const end = Math.min(toMs, midnight + 1440 * MINUTE_MS);
    while (state.atMs + MINUTE_MS <= end) {
      state = nextMinute(state, { home, day, minute: (state.atMs - midnight) / MINUTE_MS, isOff });
    }
  }
  return state;
};
