import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS } from '../calendar/seoul.ts';
import { BATTERY_MAX_W } from './battery.ts';
import { aHome, type Home } from './home.ts';
import { glance, pointsOf } from './home-points.ts';
import { MINUTE_MS, newHome, simulationOf, stepHome, type HomeState } from './live-home.ts';
import { QUANTITIES, QUANTITY_NAMES } from '../reading/quantities.ts';

const anyHome = fc
  .record({
    seed: fc.nat(1_000_000),
    solarKwp: fc.constantFrom(0, 3, 3),
    batteryWh: fc.constantFrom(0, 6400, 6400),
    evW: fc.constantFrom(0, 7000),
    heating: fc.constantFrom('gas-boiler' as const, 'heat-pump' as const),
    people: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ seed, ...over }): Home =>
    aHome(seed, { ...over, plugs: ['refrigerator'], thermostat: true, airSensor: true }),
  );
const anyDate = fc.integer({ min: 0, max: 1200 }).map((days) => addDays('2024-01-01', days));
const anyHour = fc.integer({ min: 0, max: 23 });
/** An order of the battery that ends some time in the day. */
const anyOrder = fc.record({
  powerW: fc.integer({ min: -BATTERY_MAX_W, max: BATTERY_MAX_W }),
  minutes: fc.integer({ min: 0, max: 1440 }),
});

type Case = { home: Home; begin: HomeState; startMs: number };
const caseOf = (home: Home, date: string, order: { powerW: number; minutes: number }): Case => {
  const startMs = dayStart(date);
  const battery = { powerW: order.powerW, untilMs: startMs + order.minutes * MINUTE_MS };
  return { home, startMs, begin: { ...newHome(home, startMs), orders: { off: [], battery } } };
};
const anyCase = fc.tuple(anyHome, anyDate, anyOrder).map(([home, date, order]) => caseOf(home, date, order));

const registers = (state: HomeState): number[] => [
  state.load.wh,
  state.solar.wh,
  state.ev.wh,
  state.importWh,
  state.exportWh,
  state.battery.importWh,
  state.battery.exportWh,
  ...state.plugs.map(({ wh }) => wh),
];

test('import + solar + from battery = load + export + to battery, in whole Wh, in every minute of any home and day', () => {
  fc.assert(
    fc.property(anyCase, anyHour, ({ home, begin, startMs }, hour) => {
      const simulation = simulationOf(home);
      let before = stepHome(simulation, begin, startMs + hour * HOUR_MS);
      for (let minute = 1; minute <= 180; minute++) {
        const after = stepHome(simulation, before, before.atMs + MINUTE_MS);
        const [load, solar, , imported, exported, toBattery, fromBattery] = registers(after).map(
          (wh, index) => wh - registers(before)[index]!,
        );
        expect(imported! + solar! + fromBattery!).toBe(load! + exported! + toBattery!);
        expect(Math.min(...registers(after).map((wh, index) => wh - registers(before)[index]!))).toBeGreaterThanOrEqual(
          0,
        );
        before = after;
      }
    }),
  );
});

test('the registers follow the running sum of the power to the Wh, and the power itself balances', () => {
  fc.assert(
    fc.property(anyCase, ({ home, begin }) => {
      const simulation = simulationOf(home);
      let [state, loadWmin, gridWmin, batteryWmin] = [begin, 0, 0, 0];
      for (let minute = 1; minute <= 480; minute++) {
        state = stepHome(simulation, state, state.atMs + MINUTE_MS);
        const { load, grid, solar, battery } = state.powers;
        expect(grid + solar + battery).toBe(load);
        [loadWmin, gridWmin, batteryWmin] = [loadWmin + load, gridWmin + grid, batteryWmin + battery];
      }
      expect(state.load.wh).toBe(Math.floor(loadWmin / 60));
      expect(Math.abs(state.importWh - state.exportWh - gridWmin / 60)).toBeLessThan(4);
      expect(Math.abs(state.battery.exportWh - state.battery.importWh - batteryWmin / 60)).toBeLessThan(3);
    }),
  );
});

test('a home that is stopped and woken from what was kept goes on as if it had never stopped', () => {
  fc.assert(
    fc.property(anyCase, fc.integer({ min: 1, max: 2879 }), ({ home, begin, startMs }, minutes) => {
      const endMs = startMs + 2880 * MINUTE_MS;
      const whole = stepHome(simulationOf(home), begin, endMs);
      const kept: unknown = JSON.parse(
        JSON.stringify(stepHome(simulationOf(home), begin, startMs + minutes * MINUTE_MS)),
      );
      expect(stepHome(simulationOf(home), kept as HomeState, endMs)).toEqual(whole);
    }),
  );
});

test('every point is possible: whole numbers within the bounds of their quantities, the battery between its reserve and full', () => {
  fc.assert(
    fc.property(anyCase, fc.nat(24 * 3_600_000), ({ home, begin, startMs }, ms) => {
      const simulation = simulationOf(home);
      const state = stepHome(simulation, begin, startMs + ms);
      for (const { kind, quantities } of pointsOf(simulation, glance(simulation, state, startMs + ms))) {
        for (const name of QUANTITY_NAMES) {
          const value = quantities[name];
          if (value === undefined) continue;
          expect(Number.isInteger(value), `${kind} ${name} ${value}`).toBe(true);
          expect(value, `${kind} ${name}`).toBeGreaterThanOrEqual(QUANTITIES[name].min);
          expect(value, `${kind} ${name}`).toBeLessThanOrEqual(QUANTITIES[name].max);
        }
        if (kind === 'battery') expect(quantities.soc_permille).toBeGreaterThanOrEqual(95);
      }
    }),
  );
});

test('a look within a minute never passes the registers of its end', () => {
  fc.assert(
    fc.property(anyCase, fc.nat(1439), fc.integer({ min: 1, max: 59_999 }), ({ home, begin, startMs }, minute, ms) => {
      const simulation = simulationOf(home);
      const before = stepHome(simulation, begin, startMs + minute * MINUTE_MS);
      const after = stepHome(simulation, before, before.atMs + MINUTE_MS);
      const shown = pointsOf(simulation, glance(simulation, before, before.atMs + ms));
      const [from, to] = [pointsOf(simulation, before), pointsOf(simulation, after)];
      shown.forEach(({ quantities }, index) => {
        for (const name of ['energy_import_wh', 'energy_export_wh'] as const) {
          expect(quantities[name] ?? 0).toBeGreaterThanOrEqual(from[index]!.quantities[name] ?? 0);
          expect(quantities[name] ?? 0).toBeLessThanOrEqual(to[index]!.quantities[name] ?? 0);
        }
      });
    }),
  );
});
