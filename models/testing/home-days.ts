import { addDays, dayStart, type LocalDate } from '../calendar/seoul.ts';
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
};

const dayBetween = (
  home: Home,
  date: LocalDate,
  { before, after }: { before: HomeState; after: HomeState },
): HomeDay => ({
  date,
  importWh: after.importWh - before.importWh,
  exportWh: after.exportWh - before.exportWh,
  ...(home.solarKwp > 0 && { solarWh: after.solar.wh - before.solar.wh }),
  ...(home.batteryWh > 0 && {
    toBatteryWh: after.battery.importWh - before.battery.importWh,
    fromBatteryWh: after.battery.exportWh - before.battery.exportWh,
  }),
  loadWh: after.load.wh - before.load.wh,
});

/** The days of a home from one date up to another (exclusive), lived one after the other. */
export function* homeDays(home: Home, from: LocalDate, to: LocalDate): Generator<HomeDay, void> {
  const simulation = simulationOf(home);
  let before = newHome(home, dayStart(from));
  for (let date = from; date < to; date = addDays(date, 1)) {
    const after = stepHome(simulation, before, dayStart(addDays(date, 1)));
    yield dayBetween(home, date, { before, after });
    before = after;
  }
}
