import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dayStart, SLOT_MS } from '../calendar/seoul.ts';
import { aHome, devicesOf, type Home } from './home.ts';
import { homeDays, type HomeDay } from './home-days.ts';
import { pointsOf, type Draft } from './home-points.ts';
import { MINUTE_MS, newHome, simulationOf, stepHome } from './live-home.ts';
import { weatherOn } from './weather.ts';

const FLAT = aHome(1, {
  building: 'apartment',
  people: 4,
  areaM2: 84,
  solarKwp: 0,
  batteryWh: 0,
  evW: 0,
  plugs: ['refrigerator'],
  thermostat: true,
  airSensor: true,
});
const ROOF = aHome(2, { ...FLAT, building: 'house', solarKwp: 3, batteryWh: 6400 });

const pointsOfDay = (home: Home, date: string): Draft[] => {
  const simulation = simulationOf(home);
  let state = newHome(home, dayStart(date));
  return Array.from({ length: 97 }, (_, slot) => {
    state = stepHome(simulation, state, dayStart(date) + slot * SLOT_MS);
    return pointsOf(simulation, state);
  }).flat();
};

const kwh = (days: readonly HomeDay[]): number => days.reduce((sum, { loadWh }) => sum + loadWh, 0) / 1000;

describe('a simulated home', () => {
  test('gives the same bytes for the same seed and day, and others for another seed', () => {
    const bytes = (home: Home): string =>
      createHash('sha256')
        .update(JSON.stringify(pointsOfDay(home, '2026-01-05')))
        .digest('hex');
    expect(bytes(ROOF)).toBe('d02f10ac8438ceeaa2c64c7ce1427fabc23653bd7a79c455b7a9e0713d178137');
    expect(bytes({ ...ROOF, seed: 3 })).not.toBe(bytes(ROOF));
  });

  test('of four people in a flat uses 300 to 430 kWh a month, most in July and August, as Korean homes do', () => {
    const days = [...homeDays(FLAT, '2025-01-01', '2026-01-01')];
    const months = Object.values(Object.groupBy(days, ({ date }) => date.slice(0, 7))).map((own) =>
      Math.round(kwh(own ?? [])),
    );
    expect(months).toHaveLength(12);
    for (const month of months) {
      expect(month).toBeGreaterThan(255);
      expect(month).toBeLessThan(510);
    }
    const summer = (months[6]! + months[7]!) / 2;
    const rest = (months.reduce((sum, month) => sum + month, 0) - 2 * summer) / 10;
    // published means: 427 kWh in July and August, 307 otherwise
    expect(Math.abs(summer - 427)).toBeLessThan(40);
    expect(Math.abs(rest - 307)).toBeLessThan(25);
  });

  test('uses at least half as much again in a heat wave as in the mild days of May', () => {
    const between = (from: string, to: string): HomeDay[] => [...homeDays(FLAT, from, to)];
    const hot = between('2025-07-01', '2025-09-01').filter(({ date }) => weatherOn(date).spell === 'heat-wave');
    const mild = between('2025-05-01', '2025-06-01');
    expect(hot.length).toBeGreaterThanOrEqual(10);
    expect(kwh(hot) / hot.length).toBeGreaterThan(1.5 * (kwh(mild) / mild.length));
  });

  test('with a heat pump uses more in a cold wave than in a mild week', () => {
    const pump = aHome(4, { ...FLAT, people: 2, areaM2: 46, heating: 'heat-pump' });
    const winter = [...homeDays(pump, '2025-12-01', '2026-03-01')];
    const cold = winter.filter(({ date }) => weatherOn(date).spell === 'cold-wave');
    const others = winter.filter(({ date }) => weatherOn(date).minC > -3);
    expect(kwh(cold) / cold.length).toBeGreaterThan(1.25 * (kwh(others) / others.length));
  });

  test('with a roof and a battery buys less than a third of what it uses in May, and its battery returns nine tenths', () => {
    const days = [...homeDays(ROOF, '2025-05-01', '2025-06-01')];
    const sum = (flow: 'importWh' | 'toBatteryWh' | 'fromBatteryWh'): number =>
      days.reduce((total, day) => total + (day[flow] ?? 0), 0);
    expect(sum('importWh')).toBeLessThan((kwh(days) * 1000) / 3);
    expect(sum('fromBatteryWh') / sum('toBatteryWh')).toBeGreaterThan(0.85);
    expect(sum('fromBatteryWh') / sum('toBatteryWh')).toBeLessThan(0.95);
  });

  test('keeps its registers within 4 Wh of the running sum of the power over two months: rounding never adds up', () => {
    const simulation = simulationOf(ROOF);
    let state = newHome(ROOF, dayStart('2026-04-01'));
    let [gridWmin, batteryWmin] = [0, 0];
    for (let minute = 1; minute <= 61 * 1440; minute++) {
      state = stepHome(simulation, state, state.atMs + MINUTE_MS);
      gridWmin += state.powers.grid;
      batteryWmin += state.powers.battery;
    }
    expect(Math.abs(state.importWh - state.exportWh - gridWmin / 60)).toBeLessThan(4);
    expect(Math.abs(state.battery.exportWh - state.battery.importWh - batteryWmin / 60)).toBeLessThan(3);
  });

  test('has hours that add up to its days, and are those that its registers tell', () => {
    const days = [...homeDays(ROOF, '2025-05-01', '2025-05-08')];
    const sum = (wh: readonly (number | null)[]): number => wh.reduce<number>((total, own) => total + (own ?? 0), 0);
    for (const { hours, loadWh, importWh, solarWh } of days)
      expect([sum(hours.loadWh), sum(hours.importWh), sum(hours.solarWh)]).toEqual([loadWh, importWh, solarWh]);
    const noon = dayStart('2025-05-03') + 12 * 60 * MINUTE_MS;
    const simulation = simulationOf(ROOF);
    const before = stepHome(simulation, newHome(ROOF, dayStart('2025-05-01')), noon);
    const after = stepHome(simulation, before, noon + 60 * MINUTE_MS);
    expect(days[2]?.hours.loadWh[12]).toBe(after.load.wh - before.load.wh);
    expect(days[2]?.hours.solarWh[12]).toBe(after.solar.wh - before.solar.wh);
  });

  test('leaves out the flows of devices it does not have', () => {
    const [day] = homeDays(FLAT, '2025-05-01', '2025-05-02');
    expect(Object.keys(day!)).toEqual(['date', 'importWh', 'exportWh', 'loadWh', 'hours']);
    expect(day!.hours.solarWh).toEqual(Array.from({ length: 24 }, () => null));
  });
});

describe('orders that a home obeys', () => {
  const at = dayStart('2026-01-05') + 3 * 60 * MINUTE_MS;
  const simulation = simulationOf(ROOF);
  const begin = stepHome(simulation, newHome(ROOF, dayStart('2026-01-05')), at);

  test('a battery told to charge draws from the grid until the order ends, then serves the home again', () => {
    const ordered = { ...begin, orders: { off: [], battery: { powerW: -1500, untilMs: at + 30 * MINUTE_MS } } };
    const during = stepHome(simulation, ordered, at + 30 * MINUTE_MS);
    expect(during.powers.battery).toBe(-1500);
    expect(during.powers.grid).toBe(during.powers.load + 1500);
    // what the battery gave before and its register did not show yet is taken off first
    expect(Math.abs(during.battery.importWh - begin.battery.importWh - 750)).toBeLessThanOrEqual(1);
    expect(stepHome(simulation, during, at + 31 * MINUTE_MS).powers.battery).toBeGreaterThan(0);
  });

  test('a refrigerator whose plug is off uses nothing, and the home uses that much less', () => {
    const plug = devicesOf(ROOF).find(({ kind }) => kind === 'smart_plug')!;
    const hour = at + 60 * MINUTE_MS;
    const on = stepHome(simulation, begin, hour);
    const off = stepHome(simulation, { ...begin, orders: { off: [{ deviceId: plug.deviceId, untilMs: hour }] } }, hour);
    expect(off.plugs[0]!.wh).toBe(begin.plugs[0]!.wh);
    expect(on.plugs[0]!.wh).toBeGreaterThan(begin.plugs[0]!.wh);
    expect(off.load.wh).toBeLessThan(on.load.wh);
  });

  test('a car whose charger is off for the evening takes the same as soon as the order has ended', () => {
    const home = aHome(105, { ...FLAT, evW: 7000 });
    const own = simulationOf(home);
    const [charger] = own.devices.filter(({ kind }) => kind === 'ev_charger');
    const [from, to] = [dayStart('2026-01-05'), dayStart('2026-01-07') + 12 * 60 * MINUTE_MS];
    const free = stepHome(own, newHome(home, from), to);
    const untilMs = dayStart('2026-01-07') + 2 * 60 * MINUTE_MS;
    const held = { ...newHome(home, from), orders: { off: [{ deviceId: charger!.deviceId, untilMs }] } };
    expect(stepHome(own, held, untilMs).ev.wh).toBe(0);
    expect(free.ev.wh).toBeGreaterThan(3000);
    expect(Math.abs(stepHome(own, held, to).ev.wh - free.ev.wh)).toBeLessThanOrEqual(1);
  });

  test('a warmer target is reached: the room follows within hours', () => {
    const warm = stepHome(simulation, { ...begin, orders: { off: [], targetC: 26 } }, at + 8 * 60 * MINUTE_MS);
    expect(warm.climate.indoorC).toBeGreaterThan(24);
    expect(warm.hvac).toMatchObject({ mode: 1, targetC: 26 });
  });
});

test('sixty days of quarter hours of 25 devices take less than two seconds of one core', () => {
  const homes = Array.from({ length: 6 }, (_, index) =>
    aHome(index, { ...FLAT, plugs: ['refrigerator', 'television'] }),
  );
  const began = process.cpuUsage();
  let points = 0;
  for (const home of homes) {
    const simulation = simulationOf(home);
    let state = newHome(home, dayStart('2026-09-01'));
    for (let slot = 1; slot <= 60 * 96; slot++) {
      state = stepHome(simulation, state, dayStart('2026-09-01') + slot * SLOT_MS);
      points += pointsOf(simulation, state).length;
    }
  }
  expect(points).toBe(6 * 60 * 96 * 5);
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(2000);
});
