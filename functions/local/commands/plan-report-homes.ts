import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { dayNumber } from '@hems/models/calendar/seoul';
import type { HomeSeries } from '@hems/models/forecast/series';
import { readRecordedHome } from '@hems/models/testing/recorded-home';

/** Use and generation of a recorded home by the hour of its wall clock, Wh; NaN not recorded. */
export type SolarHome = { readonly series: HomeSeries; readonly pvWh: Float64Array };

/** The homes that #16 is measured on: `fontana12` is no household's load, the roof of `fontana14` is partly in its load. */
export const FONTANA: readonly string[] = ['01', '02', '03', '05', '06', '08', '09', '10', '16'].map(
  (number) => `fontana${number}`,
);

const wallClock = { clock: 'wall', offsetMinutes: () => 0 };

export const readSolarHome = async (folder: string, name: string): Promise<SolarHome> => {
  const csv = gunzipSync(await readFile(join(folder, `${name}.csv.gz`))).toString();
  const { firstDate, days } = readRecordedHome(csv, wallClock);
  const hours = [...days.values()].flat();
  const wh = (kwh: number | undefined): number => (kwh === undefined ? NaN : Math.round(kwh * 1000));
  return {
    series: { name, firstDay: dayNumber(firstDate), wh: Float64Array.from(hours, (hour) => wh(hour?.loadKwh)) },
    pvWh: Float64Array.from(hours, (hour) => wh(hour?.pvKwh)),
  };
};
