import type { Charges } from './charges.ts';
import { sumWon, type Deduction } from './deductions.ts';
import type { Rates } from './rates.ts';
import { floorDiv, floorToTen, roundDiv } from './rounding.ts';
import type { Bill } from './bill-value.ts';

export type Won = Bill['won'];

/** From the charges to the amount billed (korea.md 1.4). VAT is half up, the fund and the bill drop the won below ten. */
export const totalOf = (rates: Rates<unknown>, charges: Charges, deductions: readonly Deduction[]): Won => {
  const discount = sumWon(deductions);
  const left = charges.gross - discount;
  const elec = Math.max(rates.minimumWon, left);
  return withVat(
    {
      base: charges.base,
      energy: charges.energy,
      climate: charges.climate,
      fuel: charges.fuel,
      discount,
      minimum: elec - left,
      elec,
      fund: floorToTen(floorDiv(elec * rates.fundBasisPointDays, 10_000 * rates.period.days)),
    },
    vatOn(rates, elec),
  );
};

export const vatOn = (rates: Rates<unknown>, elec: number): number => roundDiv(elec * rates.vatBasisPoints, 10_000);

/** The amount billed for a VAT that may rest on another base than the charge. */
export const withVat = (lines: Omit<Won, 'vat' | 'truncated' | 'bill'>, vat: number): Won => {
  const exact = lines.elec + vat + lines.fund;
  const bill = floorToTen(exact);
  const { base, energy, climate, fuel, discount, minimum, elec, fund } = lines;
  return { base, energy, climate, fuel, discount, minimum, elec, vat, fund, truncated: exact - bill, bill };
};
