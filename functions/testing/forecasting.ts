import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import { datesBetween } from '@hems/models/day/open-days';
import { aHome } from '@hems/models/forecast/testing/homes';
import { simulatedWeather } from '../adapters/embedded/weather.ts';
import { coreForecaster } from '../adapters/providers/core-forecaster.ts';
import type { Clock } from '../ports/clock.ts';
import { ForecasterUnavailable, type Forecaster } from '../ports/forecaster.ts';
import type { Table } from '../ports/table.ts';
import { importDays } from '../use-cases/import-days.ts';
import { putHours, type DayHours, type HoursOfDay } from '../use-cases/stores/hours.ts';
import { HOME, type World } from './world.ts';

const core = coreForecaster();

/** The model that ships, which counts how often it is asked, and can be down or be taken for another. */
export const aForecaster = () => {
  const state: { asked: number; down: boolean; modelVersion?: string } = { asked: 0, down: false };
  const forecaster: Forecaster = {
    forecast: async (request, patienceMs) => {
      state.asked += 1;
      if (state.down) throw new ForecasterUnavailable('down');
      const { answer, engine } = await core.forecast(request, patienceMs);
      return { answer: { ...answer, modelVersion: state.modelVersion ?? answer.modelVersion }, engine };
    },
  };
  return { state, forecaster };
};

/** What a forecast is made with, in this process: the model that ships and a simulated sky. */
export const forecasting = ({ table, clock }: { readonly table: Table; readonly clock: Clock }) => ({
  table,
  clock,
  forecaster: core,
  weather: simulatedWeather(clock),
});

const UNKNOWN: DayHours = Array.from({ length: 24 }, () => null);

/** So many days up to and with `last`, of a home with a morning and an evening, or as `whOf` says. */
export const pastHours = async (
  { table }: { readonly table: Table },
  { days, last, whOf }: { days: number; last: LocalDate; whOf?: (hour: number) => number | null },
): Promise<HoursOfDay[]> => {
  const { wh } = aHome('past', days);
  const hours = Array.from({ length: days }, (_, i): HoursOfDay => {
    const loadWh = Array.from({ length: 24 }, (__, hour) => (whOf ? whOf(hour) : (wh[i * 24 + hour] ?? null)));
    return { date: addDays(last, i + 1 - days), loadWh, importWh: loadWh, solarWh: UNKNOWN };
  });
  await putHours(table, HOME.householdId, hours);
  return hours;
};

/** A bill's month: October as thirty-one totals that were handed in without their hours. */
export const october = (world: World, kwh: number) =>
  importDays(
    world,
    HOME.householdId,
    datesBetween('2026-10-01', '2026-10-31').map((date) => ({
      date,
      importWh: Math.round((kwh * 1000) / 31),
      loadWh: Math.round((kwh * 1000) / 31),
      quality: 'good',
      source: 'imported',
    })),
  );
