import { addDays, DAY_MS, dayStart, HOUR_MS, localDate } from '@hems/models/calendar/seoul';
import type { Home } from '@hems/models/testing/home';
import { newHome, simulationOf, stepHome } from '@hems/models/testing/live-home';
import type { Forecast } from '@hems/shared/api/forecast';

/** What a home used and generated in an hour. */
export type Hour = { readonly loadWh: number; readonly solarWh: number };
type Total = { readonly meanWh: number; readonly p10Wh: number; readonly p90Wh: number };

const LOOKED_BACK_DAYS = 8;

/** The same hour of the days before: what anybody would expect; the forecast that is served is better. */
const usual = (past: ReadonlyMap<number, Hour>, ts: number, of: keyof Hour): Total => {
  const own = Array.from({ length: LOOKED_BACK_DAYS }, (_, i) => past.get(ts - (i + 1) * DAY_MS))
    .flatMap((hour) => (hour ? [hour[of]] : []))
    .toSorted((one, other) => one - other);
  const meanWh = Math.round(own.reduce((sum, wh) => sum + wh, 0) / Math.max(1, own.length));
  return { meanWh, p10Wh: own[0] ?? 0, p90Wh: own.at(-1) ?? 0 };
};

const hoursAhead = (nowMs: number): number[] => {
  const firstMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const endMs = dayStart(addDays(localDate(nowMs), 2));
  return Array.from({ length: (endMs - firstMs) / HOUR_MS }, (_, i) => firstMs + i * HOUR_MS);
};

/** To the end of tomorrow, as a forecast tells it; `future` where it is known already. */
export const expectedHours = (
  past: ReadonlyMap<number, Hour>,
  future: ReadonlyMap<number, Hour>,
  nowMs: number,
): Pick<Forecast, 'hours' | 'solar'> => {
  const total = (ts: number, of: keyof Hour): Total => {
    const comes = future.get(ts)?.[of];
    return comes === undefined ? usual(past, ts, of) : { meanWh: comes, p10Wh: comes, p90Wh: comes };
  };
  return {
    hours: hoursAhead(nowMs).map((ts) => {
      const load = total(ts, 'loadWh');
      return { ts, ...load, p50Wh: load.meanWh, confidence: 0.5, naiveWh: load.meanWh, source: 'withheld' };
    }),
    solar: hoursAhead(nowMs).map((ts) => ({ ts, ...total(ts, 'solarWh') })),
  };
};

/** What the home will do: nothing that a battery does changes it. */
export const futureOf = (home: Home, fromMs: number, toMs: number): ReadonlyMap<number, Hour> => {
  const simulation = simulationOf(home);
  const hours = new Map<number, Hour>();
  let state = newHome(home, fromMs);
  while (state.atMs < toMs) {
    const next = stepHome(simulation, state, state.atMs + HOUR_MS);
    hours.set(state.atMs, { loadWh: next.load.wh - state.load.wh, solarWh: next.solar.wh - state.solar.wh });
    state = next;
  }
  return hours;
};
