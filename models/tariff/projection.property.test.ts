import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/seoul.ts';
import { ASSUMED_SUPPLY } from '../household/supply.ts';
import { periodOf } from './period.ts';
import { billedKwh } from './billed-kwh.ts';
import { billSoFar } from './projection.ts';
import type { DayUse } from './use-series.ts';

const NOVEMBER = periodOf('2026-11-01', '2026-11-30');
if ('status' in NOVEMBER) throw new Error(NOVEMBER.detail);

/** 25 to 90 days of a home up to some day of November, a few of them missing or known in part. */
const home = fc
  .record({
    passed: fc.integer({ min: 0, max: 29 }),
    wh: fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 25, maxLength: 90 }),
    gaps: fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 3 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ passed, wh, gaps, share }) => {
    const today = addDays('2026-11-01', passed);
    const days = wh.flatMap((importWh, i): DayUse[] => {
      const ago = wh.length - i;
      const whole = { date: addDays(today, -ago), importWh, exportWh: 0, share: 1 };
      return gaps.includes(ago)
        ? ago % 2 === 0
          ? []
          : [{ ...whole, importWh: Math.round(importWh * share), share }]
        : [whole];
    });
    return { today, days };
  });
const billOf = ({ today, days }: { today: string; days: DayUse[] }) =>
  billSoFar({ supply: ASSUMED_SUPPLY, period: NOVEMBER, days, carriedKwh: 0, today });

const whole = (date: string, importWh: number): DayUse => ({ date, importWh, exportWh: 0, share: 1 });

describe('whatever a home has used', () => {
  test('the projection is in order, holds no less than what is known, and its bills are those of its uses', () => {
    fc.assert(
      fc.property(home, (given) => {
        const { toDate, projected, tierBar } = billOf(given);
        if (toDate.status !== 'priced') throw new Error('November has rows');
        if (projected?.status !== 'projected') return expect(projected).toMatchObject({ code: 'insufficient-history' });
        const { useWh, billWon } = projected;
        const known = given.days
          .filter(({ date }) => date >= '2026-11-01')
          .reduce((sum, { importWh }) => sum + importWh, 0);
        expect(known).toBeLessThanOrEqual(useWh.low);
        expect(useWh.low).toBeLessThanOrEqual(useWh.middle);
        expect(useWh.middle).toBeLessThanOrEqual(useWh.high);
        expect(toDate.won.bill).toBeLessThanOrEqual(billWon.low);
        expect(billWon.low).toBeLessThanOrEqual(billWon.middle);
        expect(billWon.middle).toBeLessThanOrEqual(billWon.high);
        expect(tierBar!.projectedKwh!.middle).toBe(billedKwh(useWh.middle));
        return undefined;
      }),
    );
  });

  test('of which half a kWh is left is billed by the use that is shown, to the same whole kWh', () => {
    // the mean of the days that are still expected is no whole Wh: found by the property above
    const wh = [0, 26_251, 35_322, 43_710, 42_498, 5546, 32_492, 37_301, 24_133, 45_442, 14_902, 32_114, 18_060, 286];
    const more = [57_103, 50_057, 40_206, 43_409, 37_177, 35_433, 26_075, 6127, 30_780, 50_478, 35_463, 47_803, 56_732];
    const last = [36_532, 13_553, 12_758, 11_797];
    const days = [...wh, ...more, ...last].map((importWh, i) => whole(addDays('2026-09-29', i), importWh));
    const { projected, tierBar } = billOf({ today: '2026-11-01', days: [...days, whole('2026-10-31', 13_263)] });
    if (projected?.status !== 'projected') throw new Error('a month of days is history enough');
    expect(tierBar?.projectedKwh?.middle).toBe(billedKwh(projected.useWh.middle));
  });

  test('a crossing lies between today and the end of the period, its days in order, and is told from two in ten on', () => {
    fc.assert(
      fc.property(home, (given) => {
        const crossing = billOf(given).tierBar?.crossing;
        if (!crossing) return;
        const { earliest, date, latest, likelyPercent, alert } = crossing;
        expect(given.today <= earliest && earliest <= date && date <= (latest ?? '2026-11-30')).toBe(true);
        expect(likelyPercent).toBeGreaterThanOrEqual(20);
        expect(alert).toBe(likelyPercent >= 50);
      }),
    );
  });

  test('the same home has the same projection, in whatever order its days are told', () => {
    fc.assert(
      fc.property(home, ({ today, days }) => {
        expect(billOf({ today, days: days.toReversed() })).toEqual(billOf({ today, days }));
      }),
    );
  });
});
