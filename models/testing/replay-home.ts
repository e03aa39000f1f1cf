import * as z from 'zod/mini';
import { HOUR_MS, dayStart, localDate, type LocalDate } from '../calendar/seoul.ts';
import { originDateOf, type Replayed } from '../household/origin-date.ts';
import { Q } from '../reading/quality.ts';
import type { HomeDevice } from './home.ts';
import type { Draft } from './home-points.ts';
import { randomFrom, seedOf, opaqueId, smoothNoise } from './random.ts';
import type { RecordedHome } from './recorded-home.ts';

/** A recorded home that lives again on Korean dates. */
export type Replay = {
  readonly name: string;
  readonly recorded: RecordedHome;
  readonly origin: Replayed & { readonly scale: number; readonly pvScale: number };
};

/** The registers of a replayed home at the end of a minute, whole Wh. */
export const replayState = z.object({ atMs: z.int(), importWh: z.int(), exportWh: z.int(), solarWh: z.int() });
export type ReplayState = z.infer<typeof replayState>;

export const newReplay = (atMs: number): ReplayState => ({ atMs, importWh: 0, exportWh: 0, solarWh: 0 });

const MINUTE_MS = 60_000;
type HourWh = { readonly loadWh: number; readonly pvWh: number };

/**
 * Whole Wh of every recorded hour. Registers are rounded from the running sum of the file, so the hours of any stretch
 * of it add up to its energy to within 1 Wh.
 */
const wholeHours = ({ recorded, origin }: Replay): Map<LocalDate, readonly (HourWh | undefined)[]> => {
  let [loadWh, pvWh] = [0, 0];
  return new Map(
    [...recorded.days].map(([date, hours]) => [
      date,
      hours.map((hour) => {
        if (!hour) return undefined;
        const before = { loadWh: Math.round(loadWh), pvWh: Math.round(pvWh) };
        loadWh += hour.loadKwh * 1000 * origin.scale;
        pvWh += hour.pvKwh * 1000 * origin.pvScale;
        return { loadWh: Math.round(loadWh) - before.loadWh, pvWh: Math.round(pvWh) - before.pvWh };
      }),
    ]),
  );
};

/** Shares of an hour by minute: a level, and a load or two that is switched on for a while. */
const loadShares = (seed: number): number[] => {
  const random = randomFrom(seed);
  const shares = Array.from({ length: 60 }, () => 0.9 + 0.2 * random());
  for (let count = Math.floor(3 * random()); count > 0; count--) {
    const from = Math.floor(60 * random());
    const until = from + 3 + 14 * random();
    const more = 0.5 + 2.5 * random();
    for (let minute = from; minute < Math.min(60, until); minute++) shares[minute] = (shares[minute] ?? 0) + more;
  }
  return shares;
};

const sunShares = (seed: number): number[] =>
  Array.from({ length: 60 }, (_, minute) => 1 + 0.3 * smoothNoise(seed, minute / 12));

type Minutes = { readonly wh: number[]; readonly w: number[] };

/** An hour's energy by minute: generated, not measured, and exactly the hour's in sum. */
const splitHour = (totalWh: number, shares: readonly number[]): Minutes => {
  const all = shares.reduce((sum, share) => sum + share, 0);
  let passed = 0;
  const wh = shares.map((share) => {
    const before = Math.round((totalWh * passed) / all);
    passed += share;
    return Math.round((totalWh * Math.min(passed, all)) / all) - before;
  });
  return { wh, w: shares.map((share) => Math.round((totalWh * 60 * share) / all)) };
};

type Hour = { readonly load: Minutes; readonly sun: Minutes };
type Day = readonly (Hour | undefined)[];

type Days = (date: LocalDate) => Day;

/** The days of a replay by Korean date, the latest two remembered. */
const daysOf = (replay: Replay): Days => {
  const hours = wholeHours(replay);
  const make = (date: LocalDate): Day => {
    const day = hours.get(originDateOf(replay.origin, date)) ?? [];
    return Array.from({ length: 24 }, (_, hour) => {
      const wh = day[hour];
      const seed = seedOf('replay', replay.name, date, hour);
      return wh && { load: splitHour(wh.loadWh, loadShares(seed)), sun: splitHour(wh.pvWh, sunShares(seed)) };
    });
  };
  let remembered: { date: LocalDate; day: Day }[] = [];
  return (date) => {
    const known = remembered.find((entry) => entry.date === date);
    if (known) return known.day;
    const day = make(date);
    remembered = [{ date, day }, ...remembered.slice(0, 1)];
    return day;
  };
};

const devicesOf = ({ name, recorded }: Replay): HomeDevice[] => [
  { deviceId: opaqueId('replay', name, 'smart_meter'), kind: 'smart_meter' },
  ...(recorded.hasPv
    ? [{ deviceId: opaqueId('replay', name, 'solar_inverter'), kind: 'solar_inverter' } as const]
    : []),
];

export type Replaying = { readonly devices: readonly HomeDevice[]; readonly days: Days };
export const replaying = (replay: Replay): Replaying => ({ devices: devicesOf(replay), days: daysOf(replay) });

const hourAt = ({ days }: Replaying, atMs: number): Hour | undefined => {
  const date = localDate(atMs);
  return days(date)[Math.floor((atMs - dayStart(date)) / HOUR_MS)];
};

/** Minute of the hour; Korean hours begin when those of UTC do. */
const minuteOf = (atMs: number): number => Math.floor((atMs % HOUR_MS) / MINUTE_MS);

/** Lives until the minute that holds `toMs` has begun: import − export = load − pv in every minute, in whole Wh. Registers rest where nothing was recorded. */
export const stepReplay = (replay: Replaying, from: ReplayState, toMs: number): ReplayState => {
  let { atMs, importWh, exportWh, solarWh } = from;
  while (atMs + MINUTE_MS <= toMs) {
    const hour = hourAt(replay, atMs);
    const endMs = Math.min(toMs, atMs - (atMs % HOUR_MS) + HOUR_MS);
    for (; atMs + MINUTE_MS <= endMs; atMs += MINUTE_MS) {
      if (!hour) continue;
      const pvWh = hour.sun.wh[minuteOf(atMs)] ?? 0;
      const gridWh = (hour.load.wh[minuteOf(atMs)] ?? 0) - pvWh;
      importWh += Math.max(0, gridWh);
      exportWh += Math.max(0, -gridWh);
      solarWh += pvWh;
    }
  }
  return { atMs, importWh, exportWh, solarWh };
};

/**
 * What meter and inverter show. In a missing hour they are silent, except at its very first instant: there the registers
 * say what the hour before it held, and nothing of the missing one.
 */
export const replayPoints = (replay: Replaying, state: ReplayState): Draft[] => {
  const { atMs, importWh, exportWh, solarWh } = state;
  const here = hourAt(replay, atMs);
  const shownMs = here || atMs % HOUR_MS > 0 ? atMs : atMs - MINUTE_MS;
  const hour = here ?? hourAt(replay, shownMs);
  if (!hour) return [];
  const solarW = hour.sun.w[minuteOf(shownMs)] ?? 0;
  const gridW = (hour.load.w[minuteOf(shownMs)] ?? 0) - solarW;
  return replay.devices.map(({ deviceId, kind }) => ({
    deviceId,
    kind,
    ts: atMs,
    q: Q.estimated,
    quantities:
      kind === 'smart_meter'
        ? { power_w: gridW, energy_import_wh: importWh, energy_export_wh: exportWh }
        : { power_w: solarW, energy_export_wh: solarWh },
  }));
};

/** The replay within the minute that follows `state`: for looking at, not for going on from. */
export const glanceReplay = (replay: Replaying, state: ReplayState, atMs: number): ReplayState => {
  if (atMs <= state.atMs) return state;
  const end = stepReplay(replay, state, state.atMs + MINUTE_MS);
  const part = (from: number, to: number): number => from + Math.floor(((to - from) * (atMs - state.atMs)) / MINUTE_MS);
  return {
    atMs,
    importWh: part(state.importWh, end.importWh),
    exportWh: part(state.exportWh, end.exportWh),
    solarWh: part(state.solarWh, end.solarWh),
  };
};
