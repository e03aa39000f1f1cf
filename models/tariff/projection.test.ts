import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/seoul.ts';
import { ASSUMED_SUPPLY } from '../household/supply.ts';
import type { Contract } from './supply-bill.ts';
import { billSoFar, type PeriodSoFar } from './projection.ts';
import { residencePeriod } from './reading-period.ts';
import type { DayUse } from './use-series.ts';

const TODAY = '2026-11-21';
/** Between 8 and 12 kWh a day, the same on every run. */
const noisy = (date: string): number =>
  8000 + ((Number(date.slice(8)) * 7919 + Number(date.slice(5, 7)) * 104_729) % 4000);
const past = (days: number, whOn: (date: string) => number = noisy, to = TODAY): DayUse[] =>
  Array.from({ length: days }, (_, i) => addDays(to, i - days)).map((date) => ({
    date,
    importWh: whOn(date),
    exportWh: 0,
    share: 1,
  }));
const soFar = (over: Partial<PeriodSoFar> = {}): PeriodSoFar => {
  const supply = over.supply ?? ASSUMED_SUPPLY;
  const period = residencePeriod(over.today ?? TODAY, { readingDay: supply.readingDay });
  if ('status' in period) throw new Error(period.detail);
  return { supply, period, days: past(200), carriedKwh: 0, today: TODAY, ...over };
};
const projectedOf = (given: PeriodSoFar) => {
  const { projected } = billSoFar(given);
  if (projected?.status !== 'projected') throw new Error(JSON.stringify(projected));
  return projected;
};

describe('the running bill on the 21st, twenty days of about 11 kWh passed', () => {
  test('the bill to date is that of the known use; the projected one lies above it, in its interval', () => {
    const { toDate } = billSoFar(soFar());
    const { billWon, useWh, confidencePercent } = projectedOf(soFar());
    expect(toDate).toMatchObject({ status: 'priced', kwh: 223 });
    expect(confidencePercent).toBe(80);
    expect(useWh.low).toBeLessThan(useWh.middle);
    expect(useWh.middle).toBeLessThan(useWh.high);
    expect(billWon.low).toBeLessThan(billWon.middle);
    expect(billWon.middle).toBeLessThan(billWon.high);
    expect(useWh.middle).toBeGreaterThan(310_000);
    expect(useWh.middle).toBeLessThan(330_000);
  });

  test('the part of today that is known is not told twice: a whole day at noon is more than half a day', () => {
    const at = (importWh: number, share: number) =>
      projectedOf(soFar({ days: [...past(200), { date: TODAY, importWh, exportWh: 0, share }] })).useWh.middle;
    expect(at(5000, 0.5)).toBeLessThan(at(10_000, 0.5));
    expect(at(10_000, 0.5) - at(5000, 0.5)).toBe(5000);
    expect(Math.abs(at(5000, 0.5) - at(0, 0))).toBeLessThan(2000);
  });

  test('a missing day is filled with what is expected, and widens the interval; the bill to date has nothing for it', () => {
    const gap = past(200).filter(({ date }) => date !== '2026-11-10');
    const [whole, gappy] = [projectedOf(soFar()).useWh, projectedOf(soFar({ days: gap })).useWh];
    expect(Math.abs(whole.middle - gappy.middle)).toBeLessThan(4000);
    expect(gappy.high - gappy.low).toBeGreaterThan(whole.high - whole.low);
    expect(billSoFar(soFar({ days: gap })).toDate).toMatchObject({ kwh: 212 });
  });

  test('half a day that is known counts as half a day', () => {
    const half = past(200).map((day) =>
      day.date === '2026-11-10' ? { ...day, importWh: day.importWh / 2, share: 0.5 } : day,
    );
    expect(Math.abs(projectedOf(soFar({ days: half })).useWh.middle - projectedOf(soFar()).useWh.middle)).toBeLessThan(
      2000,
    );
  });

  test('with twenty known days nothing is projected, and it says how many are needed', () => {
    expect(billSoFar(soFar({ days: past(20) }))).toMatchObject({
      toDate: { status: 'priced' },
      projected: { status: 'refused', code: 'insufficient-history', detail: expect.stringContaining('21 are needed') },
      tierBar: { usedKwh: 223, projectedKwh: null, crossing: null },
    });
    expect(billSoFar(soFar({ days: past(21) })).projected).toMatchObject({ status: 'projected' });
  });

  test('a meter that fell silent two months ago projects nothing', () => {
    expect(billSoFar(soFar({ days: past(200, noisy, '2026-09-20') })).projected).toMatchObject({
      code: 'insufficient-history',
    });
  });

  test('the day after the period there is a bill and nothing to project', () => {
    const over = billSoFar(
      soFar({ today: '2026-12-01', days: past(230, noisy, '2026-12-01'), period: soFar().period }),
    );
    expect(over).toMatchObject({ projected: null, toDate: { status: 'priced', tier: 2 }, tierBar: { crossing: null } });
  });
});

describe('the projection of other contracts', () => {
  const TOU: Contract = { ...ASSUMED_SUPPLY, plan: { plan: 'tou', contractKw: 3 }, region: 'mainland' };
  const banded = (days: DayUse[]): DayUse[] =>
    days.map((day) => ({ ...day, bandWh: { off: day.importWh / 2, mid: day.importWh / 4, peak: day.importWh / 4 } }));

  test('time of use: the days to come are shared between the bands as the known ones were', () => {
    const { billWon, useWh } = projectedOf(soFar({ supply: TOU, days: banded(past(200)) }));
    expect(billWon.middle).toBeGreaterThan(billWon.low);
    expect(useWh.middle).toBe(projectedOf(soFar()).useWh.middle);
    expect(billSoFar(soFar({ supply: TOU, days: banded(past(200)) })).tierBar).toBeNull();
  });

  test('time of use without known hours is refused, not guessed', () => {
    const { toDate, projected } = billSoFar(soFar({ supply: TOU }));
    expect(toDate).toMatchObject({ status: 'unsupported', code: 'tou-without-bands' });
    expect(projected).toMatchObject({ status: 'refused', code: 'tou-without-bands' });
  });

  test('time of use that is projected beyond 1,000 kWh is refused with the reason of the sheet', () => {
    const given = soFar({ supply: TOU, days: banded(past(200, () => 40_000)) });
    expect(billSoFar(given)).toMatchObject({ toDate: { status: 'priced' }, projected: { code: 'tou-above-1000-kwh' } });
  });

  test('net metering: surplus and carried credit come off the projected bill, not off the projected draw', () => {
    const roof = past(200).map((day) => ({ ...day, exportWh: 4000 }));
    const solar = soFar({ supply: { ...ASSUMED_SUPPLY, netMetering: true }, days: roof, carriedKwh: 30 });
    const { billWon, useWh } = projectedOf(solar);
    expect(useWh.middle).toBe(projectedOf(soFar()).useWh.middle);
    expect(billWon.middle).toBeLessThan(projectedOf(soFar()).billWon.middle);
    const { tierBar } = billSoFar(solar);
    expect(tierBar!.usedKwh).toBe(223 - 80 - 30);
    expect(tierBar!.projectedKwh!.middle).toBeGreaterThan(150);
    expect(tierBar!.projectedKwh!.middle).toBeLessThan(185);
  });
});
