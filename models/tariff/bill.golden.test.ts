import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { priceBill } from './bill.ts';
import type { Bill } from './bill-value.ts';
import type { BillRequest } from './request.ts';
import type { DiscountCode } from './rows/deductions.ts';
import type { Voltage } from './rows/residential.ts';

/** Published and derived bills, each with its source in its `source` column (golden/README.md). */
type Row = Record<string, string>;
const rowsOf = (file: string): Row[] => {
  const [header = '', ...lines] = readFileSync(new URL(`golden/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
};

const bills = rowsOf('bills.csv');
const touBills = rowsOf('bills_tou.csv');
const deductions = rowsOf('bills_discounts.csv');
const segments = rowsOf('bills_segments.csv');

const requestOf = (row: Row): BillRequest => ({
  voltage: row['voltage'] as Voltage,
  from: row['period_start']!,
  to: row['period_end']!,
  discounts: row['discounts'] ? (row['discounts'].split('+') as DiscountCode[]) : [],
  use:
    row['plan'] === 'tou'
      ? {
          plan: 'tou',
          contractKw: Number(row['contract_kw']),
          bandKwh: { off: Number(row['kwh_off']), mid: Number(row['kwh_mid']), peak: Number(row['kwh_peak']) },
        }
      : { plan: 'progressive', kwh: Number(row['kwh']) },
});

const billOf = (row: Row): Bill => {
  const answer = priceBill(requestOf(row));
  if (answer.status !== 'priced') throw new Error(`${row['id']}: ${JSON.stringify(answer)}`);
  return answer;
};

const ITEMS = ['base', 'energy', 'climate', 'fuel', 'discount', 'elec', 'vat', 'fund', 'bill'] as const;
/** The figures that the row states; an empty cell states none. */
const stated = (row: Row) =>
  Object.fromEntries(ITEMS.filter((item) => row[item] !== '').map((item) => [item, Number(row[item])]));
const computed = (row: Row, bill: Bill) =>
  Object.fromEntries(ITEMS.filter((item) => row[item] !== '').map((item) => [item, bill.won[item]]));

describe('every bill of the golden file comes out to the won', () => {
  test('the files are whole', () => {
    expect([bills.length, touBills.length, deductions.length, segments.length]).toEqual([72, 8, 20, 26]);
  });

  test.each([...bills, ...touBills])('$id', (row) => {
    const bill = billOf(row);
    expect(computed(row, bill)).toEqual(stated(row));
    expect(bill.split).toBe(row['season_or_split']);
    expect(bill.kwh).toBe(Number(row['kwh']));
  });
});

describe('the deductions of a discount household, in their order', () => {
  test.each([...new Set(deductions.map((row) => row['id']!))])('%s', (id) => {
    const bill = billOf(bills.find((row) => row['id'] === id)!);
    const expected = deductions
      .filter((row) => row['id'] === id)
      .toSorted((a, b) => Number(a['step']) - Number(b['step']));
    expect(bill.deductions).toEqual(expected.map((row) => ({ item: row['item'], won: Number(row['won']) })));
  });

  test('a household without discount codes gets none but those of the file', () => {
    const unlisted = bills.filter((row) => !deductions.some(({ id }) => id === row['id']));
    expect(unlisted.flatMap((row) => billOf(row).deductions)).toEqual([]);
  });
});

describe('a divided period splits its kWh over segments and tiers', () => {
  test.each(segments)('$id, segment $segment', (row) => {
    const bill = billOf(bills.find(({ id }) => id === row['id'])!);
    const segment = bill.segments[Number(row['segment']) - 1]!;
    const tierKwh = ['tier1_kwh', 'tier2_kwh', 'tier3_kwh', 'super_kwh'].flatMap((name) =>
      row[name] ? [Number(row[name])] : [],
    );
    expect(segment).toMatchObject({
      from: row['from'],
      to: row['to'],
      season: row['season'],
      days: Number(row['days']),
      kwh: Number(row['kwh']),
      tierKwh,
    });
    expect(bill.period.monthDays).toBe(Number(row['period_days']));
  });
});

test('December 2022 to January 2023, 307 kWh: the charge before VAT and fund rises by the published 4,022 won', () => {
  const [before, after] = ['pub-low-20221201-307', 'pub-low-20230101-307'].map((id) =>
    billOf(bills.find((row) => row['id'] === id)!),
  );
  expect(after!.won.elec - before!.won.elec).toBe(4022);
});

describe('an independent calculator agrees line by line before tax', () => {
  const sumOf = (bill: Bill, is: (item: string) => boolean): number =>
    bill.deductions.reduce((sum, { item, won }) => (is(item) ? sum + won : sum), 0);

  test.each(rowsOf('kwh_to_won.csv'))('$voltage $period_start, $kwh kWh, $discounts', (row) => {
    const bill = billOf({ ...row, plan: 'progressive' });
    const { base, energy, climate, fuel } = bill.won;
    const lines = {
      base,
      energy,
      climate,
      fuel,
      eu: sumOf(bill, (item) => item === 'EU'),
      le200: sumOf(bill, (item) => item === 'LE200'),
      freeze: sumOf(bill, (item) => item === 'FREEZE'),
      a: sumOf(bill, (item) => /^A\d/.test(item)),
      b: sumOf(bill, (item) => /^B\d/.test(item)),
    };
    expect(lines).toEqual(Object.fromEntries(Object.keys(lines).map((name) => [name, Number(row[name])])));
  });
});
