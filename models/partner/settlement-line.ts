import type { LocalDate } from '../calendar/seoul.ts';
import type { Unit } from '../incentive/programme.ts';
import type { VerifiedSaving } from './verified-saving.ts';

/** One line of a settlement file: one entry of the ledger, as an office may hold it against its frozen inputs. */
export type SettlementLine = {
  readonly participant: string;
  /** 0 settles; each later one is a correction and holds the difference */
  readonly revision: number;
  readonly unit: Unit;
  /** whole won or points; negative takes back */
  readonly amount: number;
  readonly recordedOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly ruleVersion: string;
  readonly inputsHash: string;
  readonly saving: Omit<VerifiedSaving, 'interval'>;
};

const COLUMNS: readonly (readonly [name: string, of: (line: SettlementLine) => string | number])[] = [
  ['line', (line) => lineIdOf(line)],
  ['revision', ({ revision }) => revision],
  ['unit', ({ unit }) => unit],
  ['amount', ({ amount }) => amount],
  ['recorded_on', ({ recordedOn }) => recordedOn],
  ['ends_on', ({ endsOn }) => endsOn],
  ['rule_version', ({ ruleVersion }) => ruleVersion],
  ['inputs_sha256', ({ inputsHash }) => inputsHash],
  ['baseline_wh', ({ saving }) => saving.baselineWh],
  ['used_wh', ({ saving }) => saving.usedWh],
  ['saved_wh', ({ saving }) => saving.savedWh],
  ['method', ({ saving }) => saving.method],
  ['method_version', ({ saving }) => saving.methodVersion],
  ['quality', ({ saving }) => saving.quality],
];

const REVISION_DIGITS = 4;
export const lineIdOf = ({ participant, revision }: Pick<SettlementLine, 'participant' | 'revision'>): string =>
  `${participant}.${String(revision).padStart(REVISION_DIGITS, '0')}`;

/** What a line id says; undefined: it is none. */
export const lineOfId = (id: string): Pick<SettlementLine, 'participant' | 'revision'> | undefined => {
  const [, participant, revision] = /^([A-Za-z0-9_-]+)\.(\d{4})$/.exec(id) ?? [];
  return participant === undefined ? undefined : { participant, revision: Number(revision) };
};

const field = (value: string | number): string => {
  const text = String(value);
  if (/[",\r\n]/.test(text))
    throw new RangeError(`${text} needs quotes in CSV, and no field of a settlement line does`);
  return text;
};
const rowOf = (line: SettlementLine): string => COLUMNS.map(([, of]) => field(of(line))).join(',');
const byId = (a: SettlementLine, b: SettlementLine): number => (lineIdOf(a) < lineIdOf(b) ? -1 : 1);

/** The lines as CSV: a header, then by line id in the order of its characters, each line ended by LF. One text for one set of lines. */
export const textOfLines = (lines: readonly SettlementLine[]): string =>
  [COLUMNS.map(([name]) => name).join(','), ...lines.toSorted(byId).map(rowOf)].map((row) => `${row}\n`).join('');

/** The ids of the lines of such a text. */
export const lineIdsOf = (text: string): string[] =>
  text
    .split('\n')
    .slice(1, -1)
    .map((row) => row.slice(0, row.indexOf(',')));
