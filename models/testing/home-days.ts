import { addDays, dayStart, HOUR_MS, type LocalDate } from '../calendar/seoul.ts';
import type { Home } from './home.ts';
import { newHome, simulationOf, stepHome, type HomeState } from './live-home.ts';

/** A day of a simulated home, whole Wh; flows of devices it does not have are absent. */
export type HomeDay = {
  readonly date: LocalDate;
  readonly importWh: number;
  readonly exportWh: number;
  readonly solarWh?: number;
  readonly toBatteryWh?: number;
  readonly fromBatteryWh?: number;
  readonly loadWh: number;
  /** of the hours 0 to 23; null: the home has no such device */
  readonly hours: { readonly [Flow in 'loadWh' | 'importWh' | 'solarWh']: readonly (number | null)[] };
};

const HOURS = 24;

type Told = { readonly before: HomeState; readonly after: HomeState; readonly hours: HomeDay['hours'] };

const dayBetween = (home: Home, date: LocalDate, { before, after, hours }: Told): HomeDay => ({
  date,
  importWh: after.importWh - before.importWh,
  exportWh: after.exportWh - before.exportWh,
  ...(home.solarKwp > 0 && { solarWh: after.solar.wh - before.solar.wh }),
  ...(home.batteryWh > 0 && {
    toBatteryWh: after.battery.importWh - before.battery.importWh,
    fromBatteryWh: after.battery.exportWh - before.battery.exportWh,
  }),
  loadWh: after.load.wh - before.load.wh,
  hours,
});

const hoursOf = (home: Home, states: readonly HomeState[]): HomeDay['hours'] => {
  const growth = (register: (state: HomeState) => number): number[] =>
    states.slice(1).map((state, hour) => register(state) - register(states[hour] ?? state));
  return {
    loadWh: growth(({ load }) => load.wh),
    importWh: growth(({ importWh }) => importWh),
    solarWh: home.solarKwp > 0 ? growth(({ solar }) => solar.wh) : Array.from({ length: HOURS }, () => null),
  };
};

/** The days of a home from one date up to another (exclusive), lived one after the other. */
export function* homeDays(home: Home, from: LocalDate, to: LocalDate): Generator<HomeDay, void> {
  const simulation = simulationOf(home);
  let before = newHome(home, dayStart(from));
  let after = before;
  for (let date = from; date < to; date = addDays(date, 1)) {
    const states = [before];
    for (let hour = 1; hour <= HOURS; hour++) {
      after = stepHome(simulation, after, dayStart(date) + hour * HOUR_MS);
      states.push(after);
    }
    yield dayBetween(home, date, { before, after, hours: hoursOf(home, states) });
    before = after;
  }
}
