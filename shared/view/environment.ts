import type { Environment } from '../api/environment.ts';
import { groupedText } from '../format/number.ts';
import type { HomeTexts } from '../i18n/ko/home.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, empty, filled, type Card, type Loaded } from './card.ts';
import { seenOf } from './freshness.ts';

export type SensorView = {
  readonly deviceId: string;
  readonly name: string;
  readonly lastSeen: string;
  readonly silent: boolean;
  readonly readings: readonly { readonly name: string; readonly value: string; readonly unit: string }[];
};

type Sensor = Environment['sensors'][number];

const readingsOf = (sensor: Sensor, s: HomeTexts): SensorView['readings'] => {
  const { temperatureCdegc, humidityPermille, co2Ppm, pm25Ugm3 } = sensor;
  return [
    ...(temperatureCdegc === null
      ? []
      : [{ name: s.environment.temperature, value: (temperatureCdegc / 100).toFixed(1), unit: '°C' }]),
    ...(humidityPermille === null
      ? []
      : [{ name: s.environment.humidity, value: String(Math.round(humidityPermille / 10)), unit: '%' }]),
    ...(co2Ppm === null ? [] : [{ name: s.environment.co2, value: groupedText(co2Ppm, 0), unit: 'ppm' }]),
    ...(pm25Ugm3 === null ? [] : [{ name: s.environment.pm25, value: groupedText(pm25Ugm3, 0), unit: 'µg/m³' }]),
  ];
};

/** Air and climate by sensor, the one that tells most first; ages against the server's clock. */
export const environmentCard = (
  loaded: Loaded<Environment>,
  nowMs: number,
  { t, s }: Words<HomeTexts>,
): Card<readonly SensorView[]> =>
  cardOf(loaded, t, ({ sensors }) => {
    if (sensors.length === 0) return empty(s.environment.empty);
    const views = sensors
      .map((sensor): SensorView => {
        const { silent, text: lastSeen } = seenOf(sensor.ts, nowMs, t);
        return { deviceId: sensor.deviceId, name: sensor.name, lastSeen, silent, readings: readingsOf(sensor, s) };
      })
      .toSorted((a, b) => b.readings.length - a.readings.length);
    return filled(views, views.some(({ silent }) => silent) ? s.environment.partial : undefined);
  });
