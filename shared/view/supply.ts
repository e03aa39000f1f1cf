import type { Supply } from '@hems/models/household/supply';
import type { BillTexts } from '../i18n/ko/bill.ts';
import type { Words } from '../i18n/texts.ts';

export type FactView = { readonly name: string; readonly value: string };

export const readingDayText = (day: Supply['readingDay'], { s }: Words<BillTexts>): string =>
  day === 'month-end' ? s.monthEnd : s.readingDay(day);

/** The contract in words. */
export const supplyFacts = (
  { voltage, plan, readingDay, discounts, netMetering }: Supply,
  words: Words<BillTexts>,
): FactView[] => {
  const { s } = words;
  const planText = plan.plan === 'tou' ? `${s.plan.tou}, ${plan.contractKw} kW` : s.plan.progressive;
  return [
    { name: s.field.voltage, value: s.voltage[voltage] },
    { name: s.field.plan, value: planText },
    { name: s.field.readingDay, value: readingDayText(readingDay, words) },
    {
      name: s.field.discounts,
      value: discounts.length === 0 ? s.noDiscounts : discounts.map((code) => s.deduction[code]).join(', '),
    },
    ...(netMetering ? [{ name: s.field.netMetering, value: '✓' }] : []),
  ];
};
