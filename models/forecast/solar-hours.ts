import { HOUR_MS, dayStart } from '../calendar/seoul.ts';
import type { ForecastRequest, SolarHour } from './answer.ts';
import { HOURS } from './series.ts';
import { solarAhead } from './solar.ts';
import { clearSkyOfHour, throughCloud } from './sun.ts';

/** So many days of sky are looked at: the ratios of four weeks ago look back four weeks. */
export const SKY_DAYS = 57;

type Asked = Pick<ForecastRequest, 'firstDate' | 'wh' | 'pvWh' | 'place' | 'cloudPermille'>;

/** Irradiance of the hours whose cloud is known, W/m². */
const irradianceOf = ({ firstDate, wh, place, cloudPermille }: Asked, hours: number): Float64Array => {
  const irradiance = new Float64Array(hours).fill(NaN);
  if (!place) return irradiance;
  const first = dayStart(firstDate);
  for (let at = Math.max(0, wh.length - SKY_DAYS * HOURS); at < hours; at++) {
    const cloud = cloudPermille?.[at] ?? NaN;
    if (!Number.isNaN(cloud)) irradiance[at] = clearSkyOfHour(first + at * HOUR_MS, place) * throughCloud(cloud);
  }
  return irradiance;
};

/** What a home generates from the first hour that is not read to the end of the day after; null: too little is known of it. */
export const solarHours = (request: Asked): SolarHour[] | null => {
  const { firstDate, wh, pvWh } = request;
  if (pvWh === undefined) return null;
  const now = wh.length;
  const known = Float64Array.from({ length: now }, (_, at) => pvWh[at] ?? NaN);
  const until = (Math.floor(now / HOURS) + 2) * HOURS;
  const ahead = solarAhead({ wh: known, irradiance: irradianceOf(request, until), now });
  const first = dayStart(firstDate);
  return (
    ahead?.map(({ meanWh, p10Wh, p90Wh }, i) => ({
      ts: first + (now + i) * HOUR_MS,
      meanWh: Math.round(meanWh),
      p10Wh: Math.round(p10Wh),
      p90Wh: Math.round(p90Wh),
    })) ?? null
  );
};
