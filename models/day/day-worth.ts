import type { PeriodUse } from '../tariff/supply-bill.ts';
import type { BandWh, DaySaving } from './day-value.ts';

type Saved = Extract<DaySaving, { status: 'saved' }>;
/** Won of the bill of a use; null: it cannot be priced. */
type Price = (use: PeriodUse) => number | null;
/** A use moves along it, from so many Wh by so many. */
type Axis = { readonly useAt: (wh: number) => PeriodUse; readonly fromWh: number; readonly byWh: number };

const KWH = 1000;
const BANDS = ['off', 'mid', 'peak'] as const;

/** The bill of so many Wh, linear between those of whole kWh. */
const wonAt = (price: Price, useAt: Axis['useAt'], wh: number): number | null => {
  const wholeWh = Math.floor(wh / KWH) * KWH;
  const won = price(useAt(wholeWh));
  if (won === null || wh === wholeWh) return won;
  const next = price(useAt(wholeWh + KWH));
  return next === null ? null : won + ((next - won) * (wh - wholeWh)) / KWH;
};

const moved = (price: Price, { useAt, fromWh, byWh }: Axis): number | null => {
  if (byWh === 0) return 0;
  const before = wonAt(price, useAt, fromWh);
  // what is taken away is a part of what is there, but for the last bit of a division
  const after = wonAt(price, useAt, Math.max(0, fromWh + byWh));
  return before === null || after === null ? null : after - before;
};

const sumOf = ({ off, mid, peak }: BandWh): number => off + mid + peak;
const wholeKwh = (wh: number): number => Math.round(wh / KWH) * KWH;

/** One band after the other, the others at their whole kWh. `shape`: what the energy is spread like. */
const bandAxes = (use: PeriodUse, bandWh: BandWh, { savedWh, shape }: { savedWh: number; shape: BandWh }): Axis[] => {
  const whole = { off: wholeKwh(bandWh.off), mid: wholeKwh(bandWh.mid), peak: wholeKwh(bandWh.peak) };
  return BANDS.map((band) => ({
    useAt: (wh) => ({ ...use, importWh: sumOf({ ...whole, [band]: wh }), bandWh: { ...whole, [band]: wh } }),
    fromWh: bandWh[band],
    byWh: (savedWh * shape[band]) / sumOf(shape),
  }));
};

/**
 * What the energy that a day saved is worth: bill(use of the period up to the day + saved) − bill(that use), linear between whole kWh, so that
 * it has the sign of the energy wherever more use costs more. Negative: more was used. By time of use the energy is spread over the bands
 * as the greater of the two uses is, expected or own, which holds all of it: what was only moved to other hours is not in it. null: a bill
 * cannot be priced. Unlike the day's `savedWon` it does not add up over the days of a period.
 */
export const worthOf = (
  price: Price,
  use: PeriodUse,
  { saving, bandWh }: { readonly saving: Saved; readonly bandWh?: BandWh | undefined },
): number | null => {
  const { savedWh, expectedBandWh } = saving;
  if (savedWh === 0) return 0;
  const shape = savedWh > 0 ? expectedBandWh : bandWh;
  if (use.bandWh && !shape) return null;
  const axes =
    use.bandWh && shape
      ? bandAxes(use, use.bandWh, { savedWh, shape })
      : [{ useAt: (importWh: number) => ({ ...use, importWh }), fromWh: use.importWh, byWh: savedWh }];
  const won = axes.map((axis) => moved(price, axis));
  const sum = won.reduce((all, one) => (all === null || one === null ? null : all + one), 0);
  // no −0
  return sum === null ? null : Math.round(sum) + 0;
};
