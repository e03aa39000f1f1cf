import { priceBill } from '@hems/models/tariff/bill';
import { readingPeriod } from '@hems/models/tariff/reading-period';
import type { BillRequest } from '@hems/models/tariff/request';
import type { DiscountCode } from '@hems/models/tariff/rows/deductions';

/** Half of the households hold no discount; the others hold one of each kind of rule. */
const HELD: readonly (readonly DiscountCode[])[] = [[], [], [], ['A1'], ['B1'], ['A1', 'B3']];
const READING_DAYS = [1, 5, 8, 12, 15, 19, 22, 26, 'month-end'] as const;

/** A mixed population: both voltages, every reading-day group and month of 2026, 0 to 1,299 kWh. */
const request = (i: number): BillRequest => {
  const month = String((i % 12) + 1).padStart(2, '0');
  return {
    voltage: i % 3 === 0 ? 'high' : 'low',
    ...readingPeriod(`2026-${month}-20`, READING_DAYS[i % READING_DAYS.length] ?? 1),
    discounts: HELD[i % HELD.length] ?? [],
    use: { plan: 'progressive', kwh: (i * 37) % 1300 },
  };
};

const REQUESTS = 20_000;
const ROUNDS = 15;

/** Bills with every line item, segment, row and the price of the next kWh, on one core; the first round warms up and is not counted. */
export const benchBills = (now: () => number): { readonly bills: number; readonly perSecond: number } => {
  const requests = Array.from({ length: REQUESTS }, (_, i) => request(i));
  let startedMs = now();
  for (let round = 0; round <= ROUNDS; round++) {
    if (round === 1) startedMs = now();
    for (const one of requests) {
      const bill = priceBill(one);
      if (bill.status !== 'priced')
        throw new Error(`the bench asks for a bill that cannot be priced: ${JSON.stringify(bill)}`);
    }
  }
  const bills = REQUESTS * ROUNDS;
  return { bills, perSecond: Math.round((bills / (now() - startedMs)) * 1000) };
};
