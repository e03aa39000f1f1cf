import type { BillAnswer } from '@hems/models/tariff/bill';
import type { Bill } from '@hems/models/tariff/bill-value';
import { priceBill, readBillQuery } from '../../use-cases/price-bill.ts';

/** Bills by the table: input columns in, the same columns and all computed ones out. */

/** Input column → parameter of `hems bill`. */
const INPUTS: Readonly<Record<string, string>> = {
  voltage: 'voltage',
  plan: 'plan',
  period_start: 'from',
  period_end: 'to',
  kwh: 'kwh',
  discounts: 'discount',
  contract_kw: 'contract-kw',
  kwh_off: 'kwh-off',
  kwh_mid: 'kwh-mid',
  kwh_peak: 'kwh-peak',
  export_kwh: 'export-kwh',
  carried_kwh: 'carried-kwh',
};

const marginal = ({ marginalWon }: Bill): string =>
  typeof marginalWon === 'number'
    ? String(marginalWon)
    : [marginalWon.off, marginalWon.mid, marginalWon.peak].map((won) => won ?? '').join('/');

const LINE_ITEMS = ['base', 'energy', 'climate', 'fuel', 'discount', 'elec', 'vat', 'fund', 'bill'] as const;
const COMPUTED: readonly string[] = [
  'season_or_split',
  ...LINE_ITEMS,
  'tier',
  'marginal_won',
  'billed_kwh',
  'carried_out_kwh',
  'provisional',
  'status',
  'reason',
];

const cellsOf = (answer: BillAnswer): Record<string, string> => {
  if (answer.status === 'refused') return { status: answer.status, reason: `${answer.at}: ${answer.detail}` };
  if (answer.status === 'unsupported') return { status: answer.status, reason: answer.reason };
  return {
    season_or_split: answer.split,
    ...Object.fromEntries(LINE_ITEMS.map((item) => [item, String(answer.won[item])])),
    tier: String(answer.tier ?? ''),
    marginal_won: marginal(answer),
    billed_kwh: String(answer.kwh),
    carried_out_kwh: String(answer.netMetering?.carriedOutKwh ?? 0),
    provisional: String(answer.provisional),
    status: answer.status,
    reason: answer.provisionalReasons.map(({ code, reason }) => `${code}: ${reason}`).join('; '),
  };
};

/** One line of RFC 4180, without line breaks inside a cell. */
const cells = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const lineOf = (columns: readonly string[]): string => columns.map(quoted).join(',');

const priceRow = (row: Readonly<Record<string, string>>): BillAnswer => {
  const given = Object.entries(INPUTS).flatMap(([column, name]): [string, string][] =>
    row[column] ? [[name, row[column]]] : [],
  );
  const query = readBillQuery(Object.fromEntries(given));
  return 'status' in query ? query : priceBill(query);
};

/** The table with every computed column, and how many of its rows were refused. */
export const priceCsv = (text: string): { readonly csv: string; readonly refused: number } => {
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const columns = cells(header);
  const all = [...columns, ...COMPUTED.filter((name) => !columns.includes(name))];
  const answers = lines.map((line) => {
    const values = cells(line);
    const row = Object.fromEntries(columns.map((name, i) => [name, values[i] ?? '']));
    return { row, answer: priceRow(row) };
  });
  const printed = answers.map(({ row, answer }) => {
    const computed = cellsOf(answer);
    return lineOf(all.map((name) => (COMPUTED.includes(name) ? (computed[name] ?? '') : (row[name] ?? ''))));
  });
  return {
    csv: [lineOf(all), ...printed].join('\n'),
    refused: answers.filter(({ answer }) => answer.status === 'refused').length,
  };
};
