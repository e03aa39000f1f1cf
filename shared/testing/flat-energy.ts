import { addDays, DAY_MS, dayStart, HOUR_MS, isoSeoul, localDate, SLOT_MS } from '@hems/models/calendar/seoul';
import type { DeviceKind } from '@hems/models/device/kinds';
import type { DeviceSeries } from '../api/devices.ts';
import type { Environment } from '../api/environment.ts';
import type { Live } from '../api/live.ts';
import type { DeviceUsage, Usage, UsageInterval } from '../api/usage.ts';
import {
  datesOf,
  FIRST_DATE,
  hourQuarters,
  knownQuarters,
  quartersOf,
  SETTLED_MS,
  sumOf,
  TODAY,
  type Quarter,
} from './flat.ts';

/** What the service says of the energy of the flat: sums of its quarter hours at every grain. */

export const HOME = 'home-1';

export const DEVICES: readonly { readonly deviceId: string; readonly kind: DeviceKind; readonly name: string }[] = [
  { deviceId: 'meter-1', kind: 'smart_meter', name: '전력량계' },
  { deviceId: 'solar-1', kind: 'solar_inverter', name: '태양광' },
  { deviceId: 'battery-1', kind: 'battery', name: '가정용 배터리' },
  { deviceId: 'car-1', kind: 'ev_charger', name: '전기차 충전기' },
  { deviceId: 'plug-1', kind: 'smart_plug', name: '냉장고' },
  { deviceId: 'plug-2', kind: 'smart_plug', name: '세탁기' },
  { deviceId: 'heat-1', kind: 'thermostat', name: '거실 난방' },
  { deviceId: 'air-1', kind: 'environment_sensor', name: '거실 공기' },
  { deviceId: 'air-2', kind: 'environment_sensor', name: '침실 공기' },
];

/** Mean power of the quarter hour that runs, W, a little different at every poll. */
const powerW = (wh: number, nowMs: number): number =>
  Math.round(wh * 4 * (1 + 0.06 * Math.sin(nowMs / 7000) + 0.03 * Math.sin(nowMs / 2300)));

/** What the devices behind plugs take of the load, W. */
const PLUG_W: Readonly<Record<string, number>> = { 'plug-1': 62, 'plug-2': 0 };

/** What the sun leaves over is stored, to the watt. */
const batteryW = ({ loadWh, solarWh, toBatteryWh, fromBatteryWh }: Quarter, nowMs: number): number =>
  toBatteryWh > 0 ? Math.min(0, powerW(loadWh, nowMs) - solarWh * 4) : fromBatteryWh * 4;

const deviceW = (quarter: Quarter, nowMs: number): Record<string, number> => ({
  'solar-1': quarter.solarWh * 4,
  'battery-1': batteryW(quarter, nowMs),
  'car-1': quarter.carWh * 4,
  ...PLUG_W,
});

/** The flat now: load = grid + solar + battery, each told 3 s ago. */
export const flatLive = (nowMs: number): Live => {
  const ts = nowMs - 3000;
  const quarter = quartersOf(localDate(nowMs)).findLast(({ startMs }) => startMs <= nowMs);
  if (quarter === undefined) throw new RangeError(`the flat has no quarter hour at ${nowMs}`);
  const watts = deviceW(quarter, nowMs);
  const [solarW = 0, storedW = 0, loadW] = [watts['solar-1'], watts['battery-1'], powerW(quarter.loadWh, nowMs)];
  const flow = (value: number) => ({ powerW: value, ts, quality: 'good' as const });
  const gridW = loadW - solarW - storedW;
  return {
    householdId: HOME,
    now: nowMs,
    load: flow(loadW),
    grid: flow(gridW),
    solar: flow(solarW),
    battery: { ...flow(storedW), socPermille: 640 },
    today: { loadWh: sumOf(knownQuarters(TODAY, TODAY), 'loadWh'), quality: 'good' },
    devices: DEVICES.map((device) => ({
      ...device,
      ts,
      quality: 'good' as const,
      powerW: device.deviceId === 'meter-1' ? gridW : (watts[device.deviceId] ?? null),
    })),
  };
};

/** Begin of the interval of a grain and what its label is. */
const labelOf = (grain: Usage['grain'], startMs: number): string => {
  if (grain === 'month') return localDate(startMs).slice(0, 7);
  if (grain === 'day') return localDate(startMs);
  return isoSeoul(grain === 'hour' ? Math.floor(startMs / HOUR_MS) * HOUR_MS : startMs);
};
const WIDTH_MS = { '15min': SLOT_MS, hour: HOUR_MS, day: DAY_MS };

const intervalOf = (grain: Usage['grain'], quarters: readonly Quarter[]): UsageInterval => {
  const firstMs = quarters[0]?.startMs ?? 0;
  const lastMs = quarters.at(-1)?.startMs ?? 0;
  const startMs = grain === 'month' || grain === 'day' ? dayStart(localDate(firstMs)) : firstMs;
  const endMs = grain === 'month' ? dayStart(addDays(localDate(lastMs), 1)) : startMs + WIDTH_MS[grain];
  return {
    label: labelOf(grain, firstMs),
    startMs,
    endMs,
    importWh: sumOf(quarters, 'importWh'),
    exportWh: sumOf(quarters, 'exportWh'),
    solarWh: sumOf(quarters, 'solarWh'),
    toBatteryWh: sumOf(quarters, 'toBatteryWh'),
    fromBatteryWh: sumOf(quarters, 'fromBatteryWh'),
    loadWh: sumOf(quarters, 'loadWh'),
    quality: 'good',
    missingSlots: 0,
  };
};

export type Span = { readonly from: string; readonly to: string };

export const flatUsage = (grain: Usage['grain'], { from, to }: Span): Usage => {
  const groups = Map.groupBy(knownQuarters(from, to), ({ startMs }) => labelOf(grain, startMs));
  const intervals = [...groups.values()].map((quarters) => intervalOf(grain, quarters));
  return { householdId: HOME, grain, from, to, timeZone: 'Asia/Seoul', intervals };
};

/** Quarter hours of single devices are held for 31 days. */
const HELD_FROM = addDays(TODAY, -31);

/** Car and refrigerator have been counted, the washing machine has been used twice a week; the rest belongs to no device. */
export const flatDeviceUsage = ({ from, to }: Span): DeviceUsage => {
  const held = from < HELD_FROM ? HELD_FROM : from;
  const quarters = knownQuarters(held, to);
  const loadWh = sumOf(quarters, 'loadWh');
  const used: Record<string, number> = {
    'car-1': sumOf(quarters, 'carWh'),
    'plug-1': Math.round((quarters.length * (PLUG_W['plug-1'] ?? 0)) / 4),
    'plug-2': datesOf(held, to < TODAY ? to : TODAY).filter((date) => ['3', '9'].includes(date.slice(-1))).length * 620,
  };
  const devices = DEVICES.filter(({ deviceId }) => deviceId in used)
    .map((device) => ({
      ...device,
      status: 'active' as const,
      usedWh: used[device.deviceId] ?? 0,
      quality: 'good' as const,
      fromMs: dayStart(held),
      missingSlots: 0,
    }))
    .toSorted((a, b) => b.usedWh - a.usedWh);
  const otherWh = loadWh - devices.reduce((sum, { usedWh }) => sum + usedWh, 0);
  return {
    householdId: HOME,
    from,
    to,
    heldFrom: HELD_FROM,
    loadWh,
    missingSlots: 0,
    devices,
    otherWh,
    quality: 'good',
  };
};

/** Two rooms, told a minute ago. */
export const flatEnvironment = (nowMs: number): Environment => {
  const living = {
    deviceId: 'air-1',
    name: '거실 공기',
    ts: nowMs - 60_000,
    quality: 'good' as const,
    temperatureCdegc: 2230,
    humidityPermille: 438,
    co2Ppm: 742,
    pm25Ugm3: 14,
    pm10Ugm3: 27,
    tvocPpb: 118,
    targetTemperatureCdegc: 2200,
  };
  const bedroom = { temperatureCdegc: 2010, humidityPermille: 476, co2Ppm: 655, targetTemperatureCdegc: null };
  return {
    householdId: HOME,
    now: nowMs,
    sensors: [living, { ...living, ...bedroom, deviceId: 'air-2', name: '침실 공기' }],
  };
};

/** Where a quantity lies, and how far it goes up and down in a day; in its canonical unit. */
const RANGE: Readonly<Record<string, readonly [mean: number, swing: number]>> = {
  voltage_mv: [220_400, 1800],
  current_ma: [2300, 1400],
  power_factor_permille: [962, 18],
  temperature_cdegc: [2150, 110],
  humidity_permille: [450, 35],
  co2_ppm: [760, 190],
  pm2_5_ugm3: [14, 6],
  pm10_ugm3: [27, 9],
  soc_permille: [560, 300],
};

export type SeriesAsked = Span & Pick<DeviceSeries, 'deviceId' | 'quantity' | 'grain'>;

export const flatSeries = ({ deviceId, quantity, grain, from, to }: SeriesAsked): DeviceSeries => {
  const [mean, swing] = RANGE[quantity] ?? [];
  const points = datesOf(from < FIRST_DATE ? FIRST_DATE : from, to > TODAY ? TODAY : to)
    .flatMap((date) => Array.from({ length: 24 }, (_, hour) => dayStart(date) + hour * HOUR_MS))
    .flatMap((ms) => (grain === 'hour' ? [ms] : [0, 1, 2, 3].map((part) => ms + part * SLOT_MS)))
    .filter((ms) => ms + WIDTH_MS[grain] <= SETTLED_MS)
    .map((startMs) => {
      const load = hourQuarters(startMs)[0];
      const wave = Math.sin(((startMs - dayStart(localDate(startMs))) / DAY_MS) * 2 * Math.PI - 2);
      const value =
        mean === undefined || swing === undefined
          ? (load?.loadWh ?? 0) * 4
          : Math.round(mean + swing * wave + (swing / 4) * Math.sin(startMs / 5e6));
      const spread = Math.round(swing === undefined ? value * 0.3 : swing / 5);
      return { startMs, value, min: value - spread, max: value + spread, samples: 90, quality: 'good' as const };
    });
  return { householdId: HOME, deviceId, quantity, grain, points };
};
