import type * as z from 'zod/mini';
import { addDays, dayStart, DAY_MS, HOUR_MS, localDate, SLOT_MS } from '@hems/models/calendar/seoul';
import type { Quantity } from '@hems/models/reading/quantities';
import { listDevices, readDeviceSeries, type Device, type DeviceSeries } from '../api/devices.ts';
import { readDeviceUsage, type DeviceUsage } from '../api/usage.ts';
import { NOW_MS } from './answers.ts';

/** Answers about single devices as their contract allows them; override what the test is about. */

type Span = { readonly from: string; readonly to: string };

/** Of 176 kWh a plug took 31, a charger 62.4, a plug that is new 4.6; 78 belong to nothing that is known. */
export const aDeviceUsage = (span: Span, over: Partial<DeviceUsage> = {}): DeviceUsage => {
  const fromMs = dayStart(span.from);
  const use = { status: 'active', quality: 'good', fromMs, missingSlots: 0 };
  return readDeviceUsage.answer.parse({
    householdId: 'home-1',
    ...span,
    heldFrom: addDays(localDate(NOW_MS), -400),
    loadWh: 176_000,
    missingSlots: 0,
    devices: [
      { deviceId: 'ev-1', kind: 'ev_charger', name: '전기차 충전기', ...use, usedWh: 62_400 },
      { deviceId: 'plug-1', kind: 'smart_plug', name: '냉장고', ...use, usedWh: 31_000 },
      {
        deviceId: 'plug-2',
        kind: 'smart_plug',
        name: '세탁기',
        ...use,
        usedWh: 4600,
        quality: 'estimated',
        fromMs: NOW_MS - 3 * DAY_MS,
        missingSlots: 8,
      },
    ],
    otherWh: 78_000,
    quality: 'good',
    ...over,
  });
};

const DEVICE: Device = {
  deviceId: 'meter-1',
  kind: 'smart_meter',
  name: '전력량계',
  gateway: 'gw-1',
  status: 'active',
  lastSeenMs: NOW_MS - 3000,
  quantities: ['power_w', 'energy_import_wh', 'energy_export_wh', 'voltage_mv', 'current_ma', 'power_factor_permille'],
};

/** A meter, a battery, a charger, two plugs and an air sensor, all heard just now. */
export const someDevices = (
  over: Partial<z.infer<typeof listDevices.answer>> = {},
): z.infer<typeof listDevices.answer> =>
  listDevices.answer.parse({
    householdId: 'home-1',
    devices: [
      DEVICE,
      {
        ...DEVICE,
        deviceId: 'solar-1',
        kind: 'solar_inverter',
        name: '태양광',
        quantities: ['power_w', 'energy_export_wh', 'voltage_mv', 'current_ma', 'efficiency_permille'],
      },
      {
        ...DEVICE,
        deviceId: 'battery-1',
        kind: 'battery',
        name: '배터리',
        quantities: ['power_w', 'energy_import_wh', 'energy_export_wh', 'soc_permille', 'battery_mode'],
      },
      {
        ...DEVICE,
        deviceId: 'ev-1',
        kind: 'ev_charger',
        name: '전기차 충전기',
        quantities: ['power_w', 'energy_import_wh'],
      },
      {
        ...DEVICE,
        deviceId: 'plug-1',
        kind: 'smart_plug',
        name: '냉장고',
        quantities: ['power_w', 'energy_import_wh', 'voltage_mv', 'current_ma', 'power_factor_permille'],
      },
      {
        ...DEVICE,
        deviceId: 'plug-2',
        kind: 'smart_plug',
        name: '세탁기',
        quantities: ['power_w', 'energy_import_wh'],
      },
      {
        ...DEVICE,
        deviceId: 'air-1',
        kind: 'environment_sensor',
        name: '거실',
        quantities: ['temperature_cdegc', 'humidity_permille', 'co2_ppm', 'pm2_5_ugm3', 'pm10_ugm3', 'tvoc_ppb'],
      },
    ],
    ...over,
  });

/** Around which value a quantity goes up and down over a day, and how far. */
const COURSE: Partial<Record<Quantity, readonly [middle: number, swing: number]>> = {
  power_w: [620, 480],
  voltage_mv: [221_000, 2400],
  current_ma: [2900, 2100],
  power_factor_permille: [930, 50],
  soc_permille: [520, 380],
  efficiency_permille: [960, 12],
  temperature_cdegc: [2280, 160],
  humidity_permille: [430, 60],
  co2_ppm: [680, 230],
  pm2_5_ugm3: [14, 6],
  pm10_ugm3: [26, 9],
  tvoc_ppb: [160, 70],
};

type SeriesAsked = Span & Pick<DeviceSeries, 'deviceId' | 'quantity' | 'grain'>;

/** A quantity over the days up to now, with its least and greatest; `point` overrides what a test is about. */
export const aDeviceSeries = (
  { deviceId, quantity, grain, from, to }: SeriesAsked,
  point: (startMs: number) => Partial<DeviceSeries['points'][number]> = () => ({}),
): DeviceSeries => {
  const widthMs = grain === 'hour' ? HOUR_MS : SLOT_MS;
  const [middle, swing] = COURSE[quantity] ?? [100, 10];
  const [fromMs, toMs] = [dayStart(from), Math.min(dayStart(addDays(to, 1)), NOW_MS)];
  const points = Array.from({ length: Math.max(0, Math.ceil((toMs - fromMs) / widthMs)) }, (_, index) => {
    const startMs = fromMs + index * widthMs;
    const dayShare = ((startMs - fromMs) % DAY_MS) / DAY_MS;
    const value = Math.round(middle + swing * Math.sin(2 * Math.PI * (dayShare - 0.4)));
    return {
      startMs,
      value,
      min: Math.round(value - swing / 6),
      max: Math.round(value + swing / 5),
      samples: widthMs / 60_000,
      quality: 'good',
      ...point(startMs),
    };
  });
  return readDeviceSeries.answer.parse({ householdId: 'home-1', deviceId, quantity, grain, points });
};
