import { expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS, type LocalDate } from '../calendar/seoul.ts';
import { supplyBill } from '../tariff/supply-bill.ts';
import { aHome, type Home } from '../testing/home.ts';
import { newHome, simulationOf, stepHome } from '../testing/live-home.ts';
import { meanCdegcOn } from '../testing/weather.ts';
import type { AdviceDay } from './advice-home.ts';
import { candidatesOf } from './rules.ts';
import { anAdviceHome, temperatures } from './testing/advice-home.ts';
import { viewOf } from './view.ts';

/** The home as it lives by the minute, told by the hour. */
const lived = (home: Home, from: LocalDate, count: number): AdviceDay[] => {
  const simulation = simulationOf(home);
  let state = newHome(home, dayStart(from));
  return Array.from({ length: count }, (_, i) => {
    const date = addDays(from, i);
    const hours = Array.from({ length: 24 }, (_hour, hour) => {
      const before = state;
      state = stepHome(simulation, before, dayStart(date) + (hour + 1) * HOUR_MS);
      return { load: state.load.wh - before.load.wh, drawn: state.importWh - before.importWh };
    });
    return {
      date,
      loadWh: hours.map(({ load }) => load),
      importWh: hours.map(({ drawn }) => drawn),
      solarWh: hours.map(() => null),
      exportWh: 0,
      fromBatteryWh: null,
    };
  });
};

const SEASONS = {
  'cooler-set-point': { today: '2026-08-20', from: '2026-08-01', to: '2026-08-31' },
  'heater-set-point': { today: '2026-01-25', from: '2026-01-01', to: '2026-01-31' },
} as const;
type Season = keyof typeof SEASONS;

const told = (home: Home, rule: Season) => {
  const { today } = SEASONS[rule];
  const days = lived(home, addDays(today, -45), 45);
  const view = viewOf(
    anAdviceHome({ today, days, meanCdegc: temperatures(today, 45, (ago) => meanCdegcOn(addDays(today, -ago))) }),
  );
  return candidatesOf(view).find((one) => one.rule === rule)?.wonPerMonth;
};

/** Won that the month's bill falls when the home lives it again with another target. */
const truth = (home: Home, rule: Season, changed: Home): number => {
  const { from, to } = SEASONS[rule];
  const [before, after] = [home, changed].map((one) => {
    const importWh = lived(one, addDays(from, -2), 33)
      .slice(2)
      .reduce((sum, day) => sum + day.importWh.reduce<number>((total, wh) => total + (wh ?? 0), 0), 0);
    const bill = supplyBill(
      anAdviceHome({ today: to }).contract,
      { from, to },
      { importWh, exportWh: 0, carriedKwh: 0 },
    );
    return bill.status === 'priced' ? bill.won.bill : Number.NaN;
  });
  return before! - after!;
};
const simple = { solarKwp: 0, batteryWh: 0, evW: 0 } as const;

test.each([1, 3, 8])('home %i saves at least the cautious end when it really cools one degree less', (seed) => {
  const home = aHome(seed, simple);
  const saved = truth(home, 'cooler-set-point', { ...home, coolTargetC: home.coolTargetC + 1 });
  expect(told(home, 'cooler-set-point')!.low).toBeLessThanOrEqual(saved);
});

test('a home with a heat pump saves at least the cautious end when it really heats one degree less', () => {
  const home = aHome(3, { ...simple, heating: 'heat-pump' });
  const saved = truth(home, 'heater-set-point', { ...home, heatTargetC: home.heatTargetC - 1 });
  expect(told(home, 'heater-set-point')!.low).toBeLessThanOrEqual(saved);
});

test('a home heated with gas is not told to heat less: its bill of electricity would not feel it', () => {
  expect(told(aHome(2, { ...simple, heating: 'gas-boiler' }), 'heater-set-point')).toBeUndefined();
});
