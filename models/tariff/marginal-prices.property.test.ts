import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOfDayNumber, dayNumber, dayStart } from '../calendar/seoul.ts';
import { priceBill } from './bill.ts';
import { marginalPrices } from './marginal-prices.ts';
import { progressiveRates } from './progressive.ts';
import { readingPeriod } from './reading-period.ts';
import { DISCOUNT_CODES } from './rows/deductions.ts';
import { BANDS } from './rows/time-of-use.ts';
import type { Contract } from './supply-bill.ts';
import { bandOf } from './time-bands.ts';

const date = fc.integer({ min: dayNumber('2023-06-01'), max: dayNumber('2027-06-30') }).map(dateOfDayNumber);
const readingDay = fc.constantFrom(1, 5, 8, 12, 15, 19, 22, 26, 'month-end' as const);
const taken = fc.record({
  date,
  readingDay,
  voltage: fc.constantFrom('low', 'high'),
  kwh: fc.integer({ min: 20, max: 1500 }),
  more: fc.integer({ min: 1, max: 40 }),
});

const billOf = (contract: Contract, on: string, use: Parameters<typeof priceBill>[0]['use']): number => {
  const { voltage, discounts } = contract;
  const answer = priceBill({ voltage, discounts, use, ...readingPeriod(on, contract.readingDay) });
  if (answer.status !== 'priced') throw new Error(JSON.stringify(answer));
  return answer.won.bill;
};
const wonOf = (contract: Contract, on: string, expectedKwh: number): number => {
  const answer = marginalPrices({ contract, expectedKwh, hours: [dayStart(on)] });
  if (answer.status !== 'priced') throw new Error(JSON.stringify(answer));
  return answer.buyWon[0]!;
};

/** Bill and fund are cut to ten won, four charges to one, VAT rounds; and with them what is added to them. */
const ROUNDING_WON = 25;
/** In a divided period whole kWh move between its parts, whose prices differ by a tier or more. */
const DIVIDED_WON = 500;

test('so many kWh at the price of one are what they add to the bill, in every tier, voltage, season and period', () => {
  fc.assert(
    fc.property(taken, ({ kwh, more, date: on, ...rest }) => {
      const contract: Contract = { ...rest, plan: { plan: 'progressive' }, discounts: [], netMetering: false };
      const { from, to } = readingPeriod(on, contract.readingDay);
      const rates = progressiveRates[contract.voltage](from, to);
      if ('status' in rates) throw new Error(rates.detail);
      const limits = rates.segments.flatMap(({ prices }) => prices.limitsKwh);
      fc.pre(!limits.some((limit) => kwh <= limit && limit < kwh + more));
      const billed = (use: number): number => billOf(contract, on, { plan: 'progressive', kwh: use });
      const added = billed(kwh + more) - billed(kwh);
      const most = rates.segments.length > 1 ? DIVIDED_WON : ROUNDING_WON;
      expect(Math.abs(wonOf(contract, on, kwh) * more - added)).toBeLessThanOrEqual(most);
    }),
  );
});

test('a discount household pays for them what its bill says, where no deduction begins or ends with them', () => {
  const codes = fc.uniqueArray(fc.constantFrom(...DISCOUNT_CODES), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(taken, codes, ({ kwh, date: on, ...rest }, discounts) => {
      const contract: Contract = { ...rest, plan: { plan: 'progressive' }, discounts, netMetering: false };
      const { from, to } = readingPeriod(on, contract.readingDay);
      const rates = progressiveRates[contract.voltage](from, to);
      if ('status' in rates) throw new Error(rates.detail);
      const { smallUse, freeze, essentialUse } = rates.deductions;
      const limits = [
        ...rates.segments.flatMap(({ prices }) => prices.limitsKwh),
        smallUse.upToKwh,
        freeze.upToKwh,
        essentialUse.upToKwh,
      ];
      fc.pre(rates.segments.length === 1 && !limits.some((limit) => kwh - 10 <= limit && limit <= kwh + 10));
      const billed = (use: number): number => billOf(contract, on, { plan: 'progressive', kwh: use });
      const added = billed(kwh + 10) - billed(kwh - 10);
      expect(Math.abs(wonOf(contract, on, kwh) * 20 - added)).toBeLessThanOrEqual(ROUNDING_WON);
    }),
  );
});

test('by time of use, more kWh in an hour’s band add to the bill so much as its price says', () => {
  const bands = fc.record({
    off: fc.integer({ min: 20, max: 300 }),
    mid: fc.integer({ min: 20, max: 300 }),
    peak: fc.integer({ min: 20, max: 300 }),
  });
  const dates = fc.integer({ min: dayNumber('2026-06-01'), max: dayNumber('2027-06-30') }).map(dateOfDayNumber);
  const region = fc.constantFrom('jeju', 'mainland');
  const hour = fc.integer({ min: 0, max: 23 });
  const more = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(fc.tuple(dates, readingDay, region, hour, more), bands, ([on, day, own, at, kwh], bandKwh) => {
      const plan = { plan: 'tou', contractKw: 3 } as const;
      const contract: Contract = {
        voltage: 'low',
        plan,
        readingDay: day,
        discounts: [],
        netMetering: false,
        region: own,
      };
      const expectedKwh = BANDS.reduce((sum, band) => sum + bandKwh[band], 0);
      const prices = marginalPrices({ contract, expectedKwh, hours: [dayStart(on) + at * 3_600_000] });
      if (prices.status !== 'priced') throw new Error(JSON.stringify(prices));
      const band = bandOf(own, on, at)!;
      const billed = (use: typeof bandKwh): number => billOf(contract, on, { ...plan, bandKwh: use });
      const added = billed({ ...bandKwh, [band]: bandKwh[band] + kwh }) - billed(bandKwh);
      const { from, to } = readingPeriod(on, day);
      // the three bands' shares of a divided period are rounded each
      const most = from.slice(0, 7) === to.slice(0, 7) ? ROUNDING_WON : ROUNDING_WON + 60;
      expect(Math.abs(prices.buyWon[0]! * kwh - added)).toBeLessThanOrEqual(most);
    }),
  );
});
