import { ASSUMED_SUPPLY } from '../../household/supply.ts';
import type { Contract } from '../../tariff/supply-bill.ts';
import type { AdviceHome, AdvicePlug } from '../advice-home.ts';
import type { RuleCode } from '../codes.ts';
import { darknessAt } from '../darkness.ts';
import { adviceDays, anAdviceHome, plainLoad, temperatures, type WhOf } from './advice-home.ts';

const NOVEMBER = '2026-11-23';
const AUGUST = '2026-08-20';
export const JEJU_TOU: Contract = { ...ASSUMED_SUPPLY, plan: { plan: 'tou', contractKw: 3 }, region: 'jeju' };
export const NETTED: Contract = { ...ASSUMED_SUPPLY, netMetering: true, region: 'mainland' };

/** Colder, or warmer, toward today and from day to day. */
export const autumn = temperatures(NOVEMBER, 365, (ago) => 300 + 15 * ago + 350 * Math.sin(ago * 1.7));
export const summer = temperatures(AUGUST, 365, (ago) => 2900 - 15 * ago + 250 * Math.sin(ago * 1.7));
/** So many Wh a day for each degree beyond the balance, over the hours in which people are home. */
export const warmed =
  (meanCdegc: ReadonlyMap<string, number>, balance: number, whPerDegree: number): WhOf =>
  (date, hour) => {
    const degrees = Math.max(0, ((meanCdegc.get(date) ?? balance) - balance) * Math.sign(whPerDegree)) / 100;
    return plainLoad(60)(date, hour) + (hour >= 17 && hour < 23 ? (degrees * Math.abs(whPerDegree)) / 6 : 0);
  };
export const sun: WhOf = (_, hour) => (hour >= 9 && hour < 16 ? 1600 : 0);
export const lit: WhOf = (date, hour) =>
  plainLoad(70)(date, hour) + (hour >= 16 && hour < 23 ? 350 * darknessAt(date, hour) : 0);
export const idlePlug = (over: (hour: number) => number) => ({
  deviceId: 'plug-1',
  hoursWh: Array.from({ length: 7 * 24 }, (_, i) => over(i % 24)),
});
/** Watched from eight till eleven, and on two days an hour less; 25 W while nobody watches. */
export const television: AdvicePlug = {
  deviceId: 'plug-1',
  hoursWh: Array.from({ length: 7 * 24 }, (_, i) => (i % 24 >= (i < 48 ? 21 : 20) && i % 24 < 23 ? 120 : 25)),
};

/** For each rule a home that gets it. */
export const GETS: Record<RuleCode, AdviceHome> = {
  'heater-set-point': anAdviceHome({
    today: NOVEMBER,
    days: adviceDays({ today: NOVEMBER, count: 60, load: warmed(autumn, 1200, -900) }),
    meanCdegc: autumn,
  }),
  'cooler-set-point': anAdviceHome({
    today: AUGUST,
    days: adviceDays({ today: AUGUST, count: 60, load: warmed(summer, 2400, 1200) }),
    meanCdegc: summer,
  }),
  standby: anAdviceHome({
    today: NOVEMBER,
    days: adviceDays({ today: NOVEMBER, count: 60, load: plainLoad(260) }),
  }),
  'idle-plug': anAdviceHome({ today: NOVEMBER, plugs: [television], kinds: new Set(['smart_meter', 'smart_plug']) }),
  'shift-hours': anAdviceHome({
    today: NOVEMBER,
    days: adviceDays({
      today: NOVEMBER,
      count: 60,
      load: (date, hour) => plainLoad(100)(date, hour) + (hour === 17 ? 2500 : 0),
    }),
    contract: JEJU_TOU,
  }),
  'tier-limit': anAdviceHome({
    today: NOVEMBER,
    period: {
      from: '2026-11-01',
      to: '2026-11-30',
      usedKwh: 320,
      lowKwh: 404,
      middleKwh: 408,
      tierLimitsKwh: [200, 400],
    },
  }),
  lighting: anAdviceHome({
    today: NOVEMBER,
    days: adviceDays({ today: NOVEMBER, count: 365, load: lit }),
    meanCdegc: temperatures(NOVEMBER, 365, () => 1500),
  }),
  'solar-self-use': anAdviceHome({
    today: NOVEMBER,
    days: adviceDays({ today: NOVEMBER, count: 60, load: (date, hour) => 2 * plainLoad(100)(date, hour), solar: sun }),
    kinds: new Set(['smart_meter', 'solar_inverter']),
  }),
  'battery-schedule': anAdviceHome({
    today: NOVEMBER,
    days: adviceDays({
      today: NOVEMBER,
      count: 60,
      load: (date, hour) => 2 * plainLoad(100)(date, hour),
      solar: sun,
      fromBatteryWh: 800,
    }).map((day, i) => ({ ...day, fromBatteryWh: i % 20 === 0 ? 5000 : 800 })),
    kinds: new Set(['smart_meter', 'solar_inverter', 'battery']),
  }),
  'contract-choice': anAdviceHome({
    today: NOVEMBER,
    days: adviceDays({ today: NOVEMBER, count: 400, load: (_, hour) => (hour < 8 || hour >= 22 ? 1300 : 400) }),
    contract: { ...ASSUMED_SUPPLY, region: 'jeju' },
  }),
};

export const withDays = (home: AdviceHome, load: WhOf, solar?: WhOf): AdviceHome => ({
  ...home,
  days: adviceDays({ today: home.today, count: home.days.length, load, ...(solar && { solar }) }),
});
