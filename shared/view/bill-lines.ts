import type { Bill } from '@hems/models/tariff/bill-value';
import { dayText } from '../format/date.ts';
import { wonText } from '../format/money.ts';
import { groupedText } from '../format/number.ts';
import type { BillTexts } from '../i18n/ko/bill.ts';
import type { Words } from '../i18n/texts.ts';
import { wordOf } from './word.ts';

/** A line of the bill. `part`: it belongs to the line above; `sum`: what the lines above it come to. */
export type LineView = { readonly name: string; readonly won: string; readonly role: 'line' | 'part' | 'sum' };

type Name = keyof Bill['won'];

/** elec = base + energy + climate + fuel − discount + minimum; bill = elec + vat + fund − truncated. What is 0 of the others is left out. */
const ALWAYS: readonly Name[] = ['base', 'energy', 'elec', 'vat', 'fund', 'bill'];
const ORDER: readonly Name[] = [
  'base',
  'energy',
  'climate',
  'fuel',
  'discount',
  'minimum',
  'elec',
  'vat',
  'fund',
  'truncated',
  'bill',
];
const TAKEN_OFF: readonly Name[] = ['discount', 'truncated'];
const SUMS: readonly Name[] = ['elec', 'bill'];

export const linesOf = ({ won, deductions }: Bill, { s }: Words<BillTexts>): LineView[] =>
  ORDER.filter((name) => won[name] !== 0 || ALWAYS.includes(name)).flatMap((name): LineView[] => {
    const amount = TAKEN_OFF.includes(name) ? -won[name] : won[name];
    const line: LineView = { name: s.line[name], won: wonText(amount), role: SUMS.includes(name) ? 'sum' : 'line' };
    const parts = name === 'discount' ? deductions : [];
    return [
      line,
      ...parts.map(({ item, won: part }): LineView => ({
        name: s.deduction[item],
        won: wonText(-part),
        role: 'part',
      })),
    ];
  });

/** Every reason for which a figure of the bill may still change. */
export const doubtsOf = ({ provisionalReasons }: Bill, { s }: Words<BillTexts>): string[] =>
  provisionalReasons.map(({ code, reason }) => wordOf(s.doubt, code, reason));

export const rowsOf = ({ rows }: Bill, { s }: Words<BillTexts>): string[] =>
  rows.map(({ effectiveFrom, source }) => s.row(source, effectiveFrom));

export const netMeteringText = ({ netMetering }: Bill, { s }: Words<BillTexts>): string | undefined =>
  netMetering === null
    ? undefined
    : s.netMetering({
        imported: groupedText(netMetering.importKwh, 0),
        exported: groupedText(netMetering.exportKwh, 0),
        credited: groupedText(netMetering.creditedKwh, 0),
        out: groupedText(netMetering.carriedOutKwh, 0),
      });

/** What the next kWh adds: one figure, or one for each band of a time-of-use plan. */
export const marginalOf = ({ marginalWon }: Bill, { s }: Words<BillTexts>): { name: string; won: string }[] => {
  if (typeof marginalWon === 'number') return [{ name: s.marginal, won: wonText(marginalWon) }];
  return (['off', 'mid', 'peak'] as const).flatMap((band) => {
    const won = marginalWon[band];
    return won === null ? [] : [{ name: `${s.marginal} (${s.marginalBand[band]})`, won: wonText(won) }];
  });
};

export const linesTitle = ({ period }: Bill, { t, s }: Words<BillTexts>): string =>
  s.linesOf(dayText(period.from, t), dayText(period.to, t));
