import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ASSUMED_SUPPLY, type Supply } from '../household/supply.ts';
import { DISCOUNT_CODES } from '../tariff/rows/deductions.ts';
import { supplyBill, type Contract, type PeriodUse } from '../tariff/supply-bill.ts';
import { worthOf } from './day-worth.ts';
import type { BandWh, DaySaving } from './day-value.ts';

type Saved = Extract<DaySaving, { status: 'saved' }>;
/** A day of a period, and the use of the period before it. */
type Case = {
  readonly contract: Contract;
  readonly month: string;
  readonly before: PeriodUse;
  readonly own: Shape;
  readonly usual: Shape;
};
type Shape = { readonly wh: number; readonly bandWh: BandWh };

const sum = ({ off, mid, peak }: BandWh): number => off + mid + peak;
const aBand = fc.integer({ min: 0, max: 14_000 });
const aShape: fc.Arbitrary<Shape> = fc
  .record({ off: aBand, mid: aBand, peak: aBand })
  .map((bandWh) => ({ wh: sum(bandWh), bandWh }));

const aProgressive: fc.Arbitrary<Partial<Supply>> = fc.record({
  voltage: fc.constantFrom('low', 'high'),
  discounts: fc.subarray([...DISCOUNT_CODES], { maxLength: 1 }),
  netMetering: fc.boolean(),
});
const aContract: fc.Arbitrary<Contract> = fc
  .oneof(aProgressive, fc.constant<Partial<Supply>>({ plan: { plan: 'tou', contractKw: 3 } }))
  .map((over) => ({ ...ASSUMED_SUPPLY, ...over, region: 'mainland' as const }));

const aCase: fc.Arbitrary<Case> = fc
  .record({
    contract: aContract,
    month: fc.constantFrom('2026-07', '2026-10', '2026-11'),
    // with thirty such days a home by time of use stays below 1,000 kWh, where its sheet ends
    before: fc.record({ off: fc.nat({ max: 300_000 }), mid: fc.nat({ max: 300_000 }), peak: fc.nat({ max: 300_000 }) }),
    exportWh: fc.nat({ max: 400_000 }),
    carriedKwh: fc.nat({ max: 90 }),
    own: aShape,
    usual: aShape,
  })
  .map(({ before, exportWh, carriedKwh, ...one }) => ({
    ...one,
    before: {
      importWh: sum(before),
      exportWh,
      carriedKwh,
      ...(one.contract.plan.plan === 'tou' && { bandWh: before }),
    },
  }));

const billOf = ({ contract, month }: Pick<Case, 'contract' | 'month'>, use: PeriodUse): number | null => {
  const bill = supplyBill(contract, { from: `${month}-01`, to: `${month}-28` }, use);
  return bill.status === 'priced' ? bill.won.bill : null;
};

const savedOf = ({ own, usual }: Pick<Case, 'own' | 'usual'>): Saved => ({
  status: 'saved',
  method: 'any',
  version: 1,
  expectedWh: usual.wh,
  expectedBandWh: usual.bandWh,
  interval: null,
  savedWh: usual.wh - own.wh,
  savedWon: null,
  savedCo2G: 0,
  quality: 'good',
  remarks: [],
});

const useOf = ({ before, own }: Case): PeriodUse => ({
  ...before,
  importWh: before.importWh + own.wh,
  ...(before.bandWh && {
    bandWh: {
      off: before.bandWh.off + own.bandWh.off,
      mid: before.bandWh.mid + own.bandWh.mid,
      peak: before.bandWh.peak + own.bandWh.peak,
    },
  }),
});
const worth = (one: Case): number => {
  const won = worthOf((use) => billOf(one, use), useOf(one), { saving: savedOf(one), bandWh: one.own.bandWh });
  if (won === null) throw new Error('the case cannot be priced');
  return won;
};
const scaled = (usual: Shape, own: Shape): Shape => ({ ...usual, wh: own.wh });

test('what a day saved is worth won of the sign of its energy, by tiers with discounts and credit and by time of use', () => {
  fc.assert(
    fc.property(aCase, (one) => {
      const won = worth(one);
      expect(Object.is(won, -0)).toBe(false);
      expect(Number.isInteger(won)).toBe(true);
      expect(Math.sign(won) * Math.sign(one.usual.wh - one.own.wh)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('a day as usual has saved 0 won, whatever its hours and its period so far', () => {
  fc.assert(
    fc.property(aCase, (one) => {
      expect(worth({ ...one, usual: scaled(one.usual, one.own) })).toBe(0);
    }),
  );
});

test('a kWh and more is worth won wherever no discount, no credit and no least bill takes them', () => {
  fc.assert(
    fc.property(aCase, (drawn) => {
      const one = { ...drawn, contract: { ...drawn.contract, discounts: [], netMetering: false } };
      fc.pre(Math.abs(one.usual.wh - one.own.wh) >= 1000 && one.before.importWh > 50_000);
      const perKwh = worth(one) / ((one.usual.wh - one.own.wh) / 1000);
      expect(perKwh).toBeGreaterThan(60);
    }),
  );
});

test('it grows with the energy by the Wh, without the jumps of a bill of whole kWh', () => {
  fc.assert(
    fc.property(aCase, fc.integer({ min: 0, max: 20_000 }), (one, wh) => {
      const saving = (savedWh: number): number => {
        const bandWh = { off: wh + savedWh, mid: 0, peak: 0 };
        const own = { wh, bandWh: { off: wh, mid: 0, peak: 0 } };
        return worth({ ...one, own, usual: { wh: wh + savedWh, bandWh } });
      };
      const step = saving(1001) - saving(1000);
      expect(step).toBeGreaterThanOrEqual(0);
      // the dearest kWh of all passes into the third tier: its base charge is 5,700 won above that of the second
      expect(step).toBeLessThanOrEqual(10);
    }),
  );
});

test('whole kWh on a whole period are worth the difference of their two bills', () => {
  fc.assert(
    fc.property(aCase, fc.integer({ min: -9, max: 9 }), (drawn, kwh) => {
      const contract = { ...ASSUMED_SUPPLY, netMetering: drawn.contract.netMetering };
      const { bandWh: _ofOther, ...before } = { ...drawn.before, importWh: 201_000 };
      const one = {
        ...drawn,
        contract,
        before,
        own: { ...drawn.own, wh: 10_000 },
        usual: { ...drawn.usual, wh: 10_000 + kwh * 1000 },
      };
      const at = (importWh: number): number => billOf(one, { ...before, importWh }) ?? Number.NaN;
      expect(worth(one)).toBe(at(211_000 + kwh * 1000) - at(211_000));
    }),
  );
});

test('without the bands that a contract by time of use is billed by, nothing is said of its worth', () => {
  const contract: Contract = { ...ASSUMED_SUPPLY, plan: { plan: 'tou', contractKw: 3 }, region: 'mainland' };
  const bandWh = { off: 100_000, mid: 0, peak: 0 };
  const use: PeriodUse = { importWh: 100_000, exportWh: 0, carriedKwh: 0, bandWh };
  const own = { wh: 5000, bandWh: { off: 5000, mid: 0, peak: 0 } };
  const { expectedBandWh: _unknown, ...saving } = savedOf({ own, usual: { ...own, wh: 6000 } });
  const price = (at: PeriodUse) => billOf({ contract, month: '2026-10' }, at);
  expect(worthOf(price, use, { saving, bandWh: own.bandWh })).toBeNull();
  expect(worthOf(price, use, { saving: { ...saving, savedWh: -1000 }, bandWh: own.bandWh })).toBeLessThan(0);
  expect(worthOf(() => null, use, { saving: { ...saving, savedWh: -1000 }, bandWh: own.bandWh })).toBeNull();
});
