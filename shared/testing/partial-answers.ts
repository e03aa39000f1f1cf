import { HOUR_MS, isoSeoul } from '@hems/models/calendar/seoul';
import type { UsageInterval } from '../api/usage.ts';
import { NOW_MS } from './answers.ts';
import { seriesOf } from './asked-series.ts';
import { grainOf, spanOf, type Answers } from './asked.ts';
import { anEventDetail, aPastEvent } from './event-answers.ts';
import { flatForecast, flatPlan } from './flat-assistant.ts';
import { flatDeviceUsage, flatEnvironment, flatLive, flatSeries, flatUsage } from './flat-energy.ts';
import { flatBill, FLAT_SUPPLY, flatToday } from './flat-money.ts';
import { flatCommunity, flatEquipment } from './flat-people.ts';

const SILENT_FOR_MS = 20 * 60_000;
/** Three hours of this morning of which nothing is known. */
const LOST = { fromMs: NOW_MS - 7 * HOUR_MS, toMs: NOW_MS - 4 * HOUR_MS };
const LOST_SLOTS = 12;

const UNKNOWN = {
  importWh: null,
  exportWh: null,
  solarWh: null,
  toBatteryWh: null,
  fromBatteryWh: null,
  loadWh: null,
  quality: 'missing',
} as const;

/** What lies within the lost hours is not known, what holds them is known in part. */
const withLoss = (interval: UsageInterval): UsageInterval => {
  const { startMs, endMs } = interval;
  if (endMs <= LOST.fromMs || startMs >= LOST.toMs) return interval;
  return endMs - startMs <= HOUR_MS
    ? { ...interval, ...UNKNOWN, missingSlots: (endMs - startMs) / (HOUR_MS / 4) }
    : { ...interval, quality: 'missing', missingSlots: LOST_SLOTS };
};

/** What the service says of the flat while its meter is silent and hours of today are lost, where it differs. */
export const partialAnswers: Answers = {
  readLive: ({ nowMs }) => {
    const live = flatLive(nowMs);
    const old = { ts: nowMs - SILENT_FOR_MS, quality: 'estimated' } as const;
    return {
      ...live,
      load: { ...live.load, ...old },
      grid: { ...live.grid, ...old },
      today: { ...live.today, quality: 'missing' },
      devices: live.devices.map((device) => (device.deviceId === 'meter-1' ? { ...device, ...old } : device)),
    };
  },
  readUsage: (asked) => {
    const usage = flatUsage(grainOf(asked), spanOf(asked));
    return { ...usage, intervals: usage.intervals.map((interval) => withLoss(interval)) };
  },
  readDeviceUsage: (asked) => {
    const usage = flatDeviceUsage(spanOf(asked));
    const devices = usage.devices.map((device) =>
      device.deviceId === 'plug-1' ? { ...device, quality: 'missing', missingSlots: LOST_SLOTS } : device,
    );
    return { ...usage, devices, missingSlots: LOST_SLOTS, otherWh: null, quality: 'estimated' };
  },
  readDeviceSeries: (asked) => {
    const series = flatSeries(seriesOf(asked));
    const points = series.points.map((point) =>
      point.startMs >= LOST.fromMs && point.startMs < LOST.toMs
        ? { ...point, value: null, min: null, max: null, samples: 0, quality: 'missing' }
        : point,
    );
    return { ...series, points };
  },
  readEnvironment: ({ nowMs }) => {
    const environment = flatEnvironment(nowMs);
    const sensors = environment.sensors.map((sensor, index) =>
      index === 0 ? { ...sensor, ts: nowMs - 3 * HOUR_MS, quality: 'estimated' } : sensor,
    );
    return { ...environment, sensors };
  },
  readToday: () => ({ ...flatToday(), quality: 'estimated', missingSlots: 12 }),
  readRunningBill: ({ query }) => {
    const bill = flatBill(query['date']);
    return { ...bill, supplyAssumed: true, use: { ...bill.use, missingDays: 3, quality: 'missing' } };
  },
  readSupply: () => ({ supply: FLAT_SUPPLY, assumed: true }),
  readForecast: () => ({ ...flatForecast(), issuedAt: isoSeoul(NOW_MS - 5 * HOUR_MS), notices: ['drift'] }),
  readPlan: () => {
    const plan = flatPlan();
    return { ...plan, automation: { ...plan.automation, isOn: false } };
  },
  readHouseholdEvent: () => {
    const outcome = { status: 'unknown', atMs: NOW_MS - HOUR_MS, code: 'missing-use' } as const;
    return anEventDetail({ event: aPastEvent({ provisional: outcome, final: outcome }) });
  },
  readCommunity: () => ({ ...flatCommunity(), board: null, hidden: 'cohort-too-small' }),
  listGateways: ({ nowMs }) => {
    const equipment = flatEquipment(nowMs);
    return { ...equipment, gateways: equipment.gateways.map((one) => ({ ...one, presence: 'offline' })) };
  },
};
