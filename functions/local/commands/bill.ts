import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BillAnswer } from '@hems/models/tariff/bill';
import type { Bill } from '@hems/models/tariff/bill-value';
import { billQuery } from '@hems/shared/api/tariffs';
import { priceBill, readBillQuery } from '../../use-cases/price-bill.ts';
import { priceCsv } from './bill-csv.ts';

const USAGE = `hems bill: what a use of electricity costs in a meter-reading period
  --kwh N --voltage low|high --from YYYY-MM-DD --to YYYY-MM-DD     both days inclusive
  [--discount A1+B3] [--plan progressive|tou]
  [--contract-kw N --kwh-off N --kwh-mid N --kwh-peak N]           for --plan tou
  [--export-kwh N --carried-kwh N [--vat-on-supply true]]          solar net metering
  [--json]
hems bill --csv FILE      one bill a row: id,voltage,plan,period_start,period_end,kwh,discounts[,contract_kw,kwh_off,…]`;

const text = { type: 'string' as const };
const OPTIONS = {
  ...Object.fromEntries(Object.keys(billQuery.shape).map((name) => [name, text])),
  json: { type: 'boolean' as const },
  csv: text,
  help: { type: 'boolean' as const },
};

const money = (won: number): string => won.toLocaleString('en').padStart(12);

const wonLines = ({ won }: Bill): string[] => [
  `  base charge       ${money(won.base)}`,
  `  energy            ${money(won.energy)}`,
  `  climate           ${money(won.climate)}`,
  `  fuel adjustment   ${money(won.fuel)}`,
];

const totalLines = ({ won }: Bill): string[] => [
  ...(won.minimum > 0 ? [`  up to the minimum ${money(won.minimum)}`] : []),
  `electricity charge  ${money(won.elec)}`,
  `  VAT               ${money(won.vat)}`,
  `  fund              ${money(won.fund)}`,
  ...(won.truncated > 0 ? [`  below ten won     ${money(-won.truncated)}`] : []),
  `bill                ${money(won.bill)} won`,
];

const nextKwh = ({ marginalWon }: Bill): string =>
  typeof marginalWon === 'number'
    ? `the next kWh adds ${marginalWon} won`
    : `the next kWh adds ${marginalWon.off ?? '?'} won off-peak, ${marginalWon.mid ?? '?'} mid, ${marginalWon.peak ?? '?'} peak`;

const report = (bill: Bill): string => {
  const { period, kwh, voltage, plan, tier } = bill;
  const days = period.days === period.monthDays ? `${period.days} days` : `${period.days} of ${period.monthDays} days`;
  return [
    `${kwh} kWh, ${voltage} voltage, ${plan}${tier === null ? '' : `, tier ${tier}`}`,
    `${period.from} to ${period.to}, ${days}, ${bill.split}`,
    ...(bill.netMetering
      ? [`net metering: ${bill.netMetering.creditedKwh} kWh credited, ${bill.netMetering.carriedOutKwh} carried on`]
      : []),
    ...wonLines(bill),
    ...bill.deductions.map(({ item, won }) => `  ${item.padEnd(18)}${money(-won)}`),
    ...totalLines(bill),
    nextKwh(bill),
    ...bill.provisionalReasons.map(({ code, reason }) => `provisional (${code}): ${reason}`),
    'rows:',
    ...bill.rows.map(
      (row) => `  ${row.id}, to ${row.effectiveTo ?? 'further notice'}: ${row.source} (${row.confidence})`,
    ),
  ].join('\n');
};

const print = (answer: BillAnswer, asJson: boolean): number => {
  const code = answer.status === 'refused' ? 1 : 0;
  if (asJson) console.log(JSON.stringify(answer, null, 2));
  else if (answer.status === 'priced') console.log(report(answer));
  else if (answer.status === 'unsupported') console.log(`unsupported: ${answer.reason}`);
  else console.error(`hems bill: --${answer.at}: ${answer.detail}`);
  return code;
};

const printCsv = (file: string): number => {
  let table: string;
  try {
    table = readFileSync(file, 'utf8');
  } catch (error) {
    console.error(`hems bill: cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  const { csv, refused: refusals } = priceCsv(table);
  console.log(csv);
  if (refusals > 0) console.error(`hems bill: refused rows: ${refusals}; the column "reason" says why`);
  return refusals > 0 ? 1 : 0;
};

type Options = {
  readonly json: boolean;
  readonly csv?: string;
  readonly help: boolean;
  readonly query: Record<string, string>;
};

/** `--kwh -5` is a value that starts with a dash, not another option. */
const joinNegatives = (args: readonly string[]): string[] =>
  args.reduce<string[]>((joined, arg) => {
    const before = joined.at(-1);
    if (before?.startsWith('--') && !before.includes('=') && /^-\d/.test(arg))
      return [...joined.slice(0, -1), `${before}=${arg}`];
    return [...joined, arg];
  }, []);

const optionsOf = (args: readonly string[]): Options | string => {
  try {
    const { values } = parseArgs({ args: joinNegatives(args), options: OPTIONS, strict: true });
    const query = Object.fromEntries(
      Object.keys(billQuery.shape).flatMap((name) => {
        const value: unknown = Reflect.get(values, name);
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    );
    return {
      json: values.json ?? false,
      help: values.help ?? false,
      query,
      ...(values.csv === undefined ? {} : { csv: values.csv }),
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** The command `hems bill`. Answers the exit code: 0 priced or unsupported, 1 refused. */
export const runBill = (args: string[]): number => {
  const options = optionsOf(args);
  if (typeof options === 'string') {
    console.error(`hems bill: ${options}\n${USAGE}`);
    return 1;
  }
  if (options.help || args.length === 0) {
    console.log(USAGE);
    return 0;
  }
  if (options.csv !== undefined) return printCsv(options.csv);
  const query = readBillQuery(options.query);
  return print('status' in query ? query : priceBill(query), options.json);
};
