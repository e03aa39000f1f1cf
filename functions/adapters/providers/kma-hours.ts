import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import type { WeatherHour } from '../../ports/weather.ts';
import { dashed, toCdegc, type ForecastRow } from './kma-forecast.ts';

/** Middle of the tenths of the sky that a code stands for: clear 0–5, mostly cloudy 6–8, overcast 9–10 (code table of the guide). */
const CLOUD_PERMILLE: Readonly<Record<string, number>> = { '1': 250, '3': 700, '4': 950 };
const DRY = '0';
/** It rains or snows out of a closed sky. */
const CLOSED_PERMILLE = 1000;

const hourOf = (startMs: number, rows: readonly ForecastRow[]): WeatherHour[] => {
  const value = (category: string): string | undefined => {
    const row = rows.find((one) => one.category === category);
    return row && String(row.fcstValue);
  };
  const temperatureCdegc = toCdegc(value('TMP') ?? '');
  const sky = CLOUD_PERMILLE[value('SKY') ?? ''];
  if (temperatureCdegc === undefined || sky === undefined) return [];
  const cloudPermille = (value('PTY') ?? DRY) === DRY ? sky : CLOSED_PERMILLE;
  return [{ startMs, temperatureCdegc, cloudPermille, kind: 'forecast' }];
};

/** The hours of a forecast that say temperature and sky, ascending. */
export const hoursOf = (rows: readonly ForecastRow[]): WeatherHour[] => {
  const byHour = Map.groupBy(
    rows,
    ({ fcstDate, fcstTime }) => dayStart(dashed(fcstDate)) + Number(fcstTime.slice(0, 2)) * HOUR_MS,
  );
  return [...byHour].flatMap(([startMs, own]) => hourOf(startMs, own)).toSorted((a, b) => a.startMs - b.startMs);
};
