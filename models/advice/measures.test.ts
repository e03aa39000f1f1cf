import { expect, test } from 'vitest';
import type { Band } from '../tariff/rows/time-of-use.ts';
import { darknessAt } from './darkness.ts';
import {
  batteryFilled,
  intoTheSun,
  ledLamps,
  lessStandby,
  neededAtNightW,
  oneDegree,
  outOfPeak,
  plugOff,
  usableWh,
  usualFloor,
} from './measures.ts';
import type { Extent, MonthDay } from './month.ts';
import { sum, type WholeDay } from './whole-days.ts';

const DATE = '2026-11-23';
const hours = (of: (hour: number) => number): number[] => Array.from({ length: 24 }, (_, hour) => of(hour));
const aDay = (over: Partial<WholeDay> = {}): WholeDay => {
  const loadWh = over.loadWh ?? hours((hour) => (hour >= 17 && hour < 22 ? 1100 : 100));
  return {
    date: DATE,
    loadWh,
    importWh: loadWh,
    solarWh: hours(() => 0),
    exportWh: 0,
    fromBatteryWh: null,
    ...over,
  };
};
/** Cheap before eight, dear from four to ten in the evening. */
const BANDS = hours((hour) => hour).map((hour): Band => (hour < 8 ? 'off' : hour >= 16 && hour < 22 ? 'peak' : 'mid'));
const on = (day: WholeDay, bands?: typeof BANDS): MonthDay => ({ date: DATE, day, bands });
const both = ({ cautious, full }: Extent, one: MonthDay): number[][] =>
  [cautious, full].map((measure) => measure(one).map((wh) => Math.round(wh)));
const at = (hour: number, found: readonly number[][]): (number | undefined)[] => found.map((one) => one[hour]);

test('one degree less saves the slope on a day that is colder by more than that, half of its sure part at the cautious end', () => {
  const slope = { side: 'heating', balanceCdegc: 1200, whPerDegree: 1000, errorWh: 100, days: 60 } as const;
  const saved = (cdegc: number) =>
    both(oneDegree(slope, new Map([[DATE, cdegc]])), on(aDay())).map((one) => Math.round(sum(one)));
  expect(saved(500)).toEqual([435, 1000]);
  expect(saved(1150)).toEqual([220, 500]);
  expect(saved(1300)).toEqual([0, 0]);
  // all of it in the hours above the quietest one
  expect(at(3, both(oneDegree(slope, new Map([[DATE, 500]])), on(aDay())))).toEqual([0, 0]);
});

test('a fifth to a half of the standby is saved in each hour, and never more than is used', () => {
  expect(at(3, both(lessStandby(90), on(aDay())))).toEqual([18, 45]);
  expect(at(3, both(lessStandby(900), on(aDay())))).toEqual([100, 100]);
});

test('a night needs 100 W, and 180 in the months in which boilers run', () => {
  expect(['2026-10-31', '2026-11-01', '2027-03-31', '2027-04-01'].map(neededAtNightW)).toEqual([100, 180, 180, 100]);
});

test('the usual floor is the quietest hour after one of a night that three in four exceed', () => {
  const nights = [260, 280, 300, 900].map((wh) => aDay({ loadWh: hours((hour) => (hour === 3 ? wh : 1000)) }));
  expect(usualFloor(nights)).toBe(280);
  expect(usualFloor([aDay({ loadWh: hours((hour) => (hour === 12 ? 10 : 500)) })])).toBe(500);
});

test('a fifth to a half of the lamps is saved while it is dark and somebody is up', () => {
  const saved = both(ledLamps(200), on(aDay()));
  expect(at(21, saved)).toEqual([40, 100]);
  expect(at(17, saved)).toEqual([40, 100].map((wh) => Math.round(wh * darknessAt(DATE, 17))));
  expect([at(12, saved), at(23, saved), at(3, saved)]).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
});

test('a plug is off for eight hours of a night, or in every hour in which its device rests', () => {
  const saved = both(plugOff({ idleW: 24, restsHours: 20 }), on(aDay()));
  expect(saved.map(sum)).toEqual([160, 480]);
  expect([at(23, saved), at(6, saved), at(7, saved)]).toEqual([
    [20, 20],
    [20, 20],
    [0, 20],
  ]);
});

test('a tenth to a quarter of what peak has above the floor moves to the cheapest hours, and nothing is lost', () => {
  const moved = both(outOfPeak(), on(aDay(), BANDS));
  expect(at(18, moved)).toEqual([100, 250]);
  // five hours of it over eight
  expect(at(2, moved).map((wh) => Math.abs(wh! + 0) > 0)).toEqual([true, true]);
  expect(at(2, moved)).toEqual([-62, -156]);
  expect(at(12, moved)).toEqual([0, 0]);
});

test('a tenth to a quarter of the evening moves into the surplus, and no more than there is of that', () => {
  const roof = (wh: number) =>
    aDay({
      solarWh: hours((hour) => (hour === 12 ? wh + 100 : 0)),
      importWh: aDay().loadWh.map((own, hour) => (hour === 12 ? 0 : own)),
    });
  const big = both(intoTheSun(), on(roof(3000)));
  expect([at(18, big), at(12, big)]).toEqual([
    [100, 250],
    [-500, -1250],
  ]);
  const small = both(intoTheSun(), on(roof(200)));
  expect([at(18, small), at(12, small)]).toEqual([
    [40, 40],
    [-200, -200],
  ]);
});

test('a battery gives in the evening 85 % of the surplus that it takes, half to all of its room', () => {
  const day = aDay({
    solarWh: hours((hour) => (hour === 12 ? 2100 : 0)),
    importWh: aDay().loadWh.map((own, hour) => (hour === 12 ? 0 : own)),
    fromBatteryWh: 1000,
  });
  const filled = both(batteryFilled(5000), on(day));
  // 2 kWh of surplus give 1.7
  expect(filled.map((one) => sum(one.filter((wh) => wh > 0)))).toEqual([850, 1700]);
  expect(at(12, filled)).toEqual([-1000, -2000]);
  // room for 500 Wh only
  expect(at(12, both(batteryFilled(1500), on(day)))).toEqual([-294, -588]);
  expect(usableWh([day, aDay({ fromBatteryWh: 4000 }), aDay()])).toBe(4000);
});

test('under time of use a battery takes from the cheapest hours what it gives at peak, with its loss', () => {
  const filled = both(batteryFilled(3000), on(aDay({ fromBatteryWh: 1300 }), BANDS));
  // 1.7 kWh over 5.6 kWh of peak, one hour of it of 100 Wh; 2 kWh over eight hours
  expect(at(18, filled)).toEqual([167, 334]);
  expect(at(2, filled)).toEqual([-125, -250]);
});
