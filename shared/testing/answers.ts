import type * as z from 'zod/mini';
import { DAY_MS, dayStart, HOUR_MS, isoSeoul, localDate, SLOT_MS } from '@hems/models/calendar/seoul';
import { readEnvironment, type Environment } from '../api/environment.ts';
import { readLive, type Live } from '../api/live.ts';
import { readSession } from '../api/session.ts';
import { readToday, type Today } from '../api/today.ts';
import { readUsage, type Usage, type UsageInterval } from '../api/usage.ts';
import { NOW_MS } from './now.ts';

type Session = z.infer<typeof readSession.answer>;

/** Answers of the service as its contract allows them; override what the test is about. */

export { NOW_MS };

export const aSession = (over: Partial<Session> = {}): Session =>
  readSession.answer.parse({
    sub: 'resident-1',
    households: [
      { householdId: 'home-1', name: '한강 아파트 1203호', buildingType: 'apartment', role: 'owner', isProven: true },
    ],
    ...over,
  });

/** A flat that uses 850 W, told 3 s ago. */
export const aLive = (over: Partial<Live> = {}): Live => {
  const ts = (over.now ?? NOW_MS) - 3000;
  const meter = { powerW: 850, ts, quality: 'good' };
  return readLive.answer.parse({
    householdId: 'home-1',
    now: NOW_MS,
    load: meter,
    grid: meter,
    today: { loadWh: 7420, quality: 'good' },
    devices: [{ deviceId: 'meter-1', kind: 'smart_meter', name: '전력량계', ...meter }],
    ...over,
  });
};

/** Until 15:00 a flat has used 7.4 kWh for 1,410 won, 1.2 kWh and 230 won less than on its usual Sundays and Saturdays. */
export const aToday = (over: Partial<Today> = {}): Today => {
  const today = localDate(NOW_MS);
  return readToday.answer.parse({
    householdId: 'home-1',
    date: today,
    loadWh: 7420,
    importWh: 7420,
    quality: 'good',
    missingSlots: 0,
    costWon: 1410,
    footprintG: 3097,
    untilMs: dayStart(today) + 15 * HOUR_MS,
    saving: {
      status: 'saved',
      method: 'ten-of-ten-days-before-40',
      version: 1,
      comparedDates: ['2026-11-21', '2026-11-15', '2026-11-14', '2026-11-08', '2026-11-07'],
      expectedWh: 8590,
      interval: { lowWh: 7300, highWh: 9880, confidencePercent: 80 },
      savedWh: 1200,
      worthWon: 230,
      savedCo2G: 501,
      quality: 'good',
      remarks: ['short-history'],
    },
    usualPowerW: 760,
    usualHourMs: dayStart(today) + 15 * HOUR_MS,
    ...over,
  });
};

/** A house with solar and a battery: 2.1 kW generated, 0.6 kW charged, 0.65 kW sent out. */
export const aSolarLive = (): Live => {
  const ts = NOW_MS - 3000;
  const flow = (powerW: number): { powerW: number; ts: number; quality: 'good' } => ({ powerW, ts, quality: 'good' });
  return aLive({ grid: flow(-650), solar: flow(2100), battery: { ...flow(-600), socPermille: 620 } });
};

const QUARTER: Omit<UsageInterval, 'label' | 'startMs' | 'endMs'> = {
  importWh: 100,
  exportWh: 0,
  solarWh: null,
  toBatteryWh: null,
  fromBatteryWh: null,
  loadWh: 100,
  quality: 'good',
  missingSlots: 0,
};

/** Quarter hours of yesterday and today up to `now`, 100 Wh each unless `quarter` says otherwise. */
export const aDayOfUsage = (
  quarter: (startMs: number) => Partial<UsageInterval> = () => ({}),
  nowMs = NOW_MS,
): Usage => {
  const [from, to] = [localDate(nowMs - DAY_MS), localDate(nowMs)];
  const count = Math.ceil((nowMs - dayStart(from)) / SLOT_MS);
  const intervals = Array.from({ length: count }, (_, index) => dayStart(from) + index * SLOT_MS).map((startMs) => ({
    label: isoSeoul(startMs),
    startMs,
    endMs: startMs + SLOT_MS,
    ...QUARTER,
    ...quarter(startMs),
  }));
  return readUsage.answer.parse({ householdId: 'home-1', grain: '15min', from, to, timeZone: 'Asia/Seoul', intervals });
};

/** A living room at 23.4 °C, 45 %, 612 ppm, told a minute ago. */
export const anEnvironment = (over: Partial<Environment['sensors'][number]> = {}): Environment =>
  readEnvironment.answer.parse({
    householdId: 'home-1',
    now: NOW_MS,
    sensors: [
      {
        deviceId: 'air-1',
        name: '거실',
        ts: NOW_MS - 60_000,
        quality: 'good',
        temperatureCdegc: 2340,
        humidityPermille: 452,
        co2Ppm: 612,
        pm25Ugm3: null,
        pm10Ugm3: null,
        tvocPpb: null,
        targetTemperatureCdegc: null,
        ...over,
      },
    ],
  });
