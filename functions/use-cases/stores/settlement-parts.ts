import * as z from 'zod';
import { settlementFile } from '@hems/shared/partner-api/settlements';
import { type Item, type Key, type Put, type Query, type Table, TRANSACT_MAX } from '../../ports/table.ts';

/**
 * Settlement files of partners. `PARTNER#<partner>` / `SETTLEMENT#<programme>#<period>#<number>` of table `operations`: the file, and how far it is.
 * `FILE#<file>` / `PART#<number>` of table `ledger`: its lines, written once, which name participants and no household. `H#<household>` /
 * `FILED#<partner>#<programme>#<period>#<revision>` of table `ledger`: in which file the partner has an entry; with the household it goes.
 */
const place = z.object({ list: z.int(), cursor: z.string().optional() });
const record = z.object({
  ...settlementFile.shape,
  /** where the lines go on; null: all are in */
  next: place.nullable(),
  signed: z.object({ signature: z.string(), keyId: z.string() }).nullable(),
});
export type FileRecord = z.infer<typeof record>;
export type KeptFile = { readonly record: FileRecord; readonly version: number };

export type OfFile = { readonly partnerId: string; readonly programme: string; readonly period: string };
const PREFIX = 'SETTLEMENT#';
const DIGITS = 4;
const numbered = (number: number): string => String(number).padStart(DIGITS, '0');
const recordKey = ({ partnerId, programme, period }: OfFile, number: number): Key => ({
  table: 'operations',
  pk: `PARTNER#${partnerId}`,
  sk: `${PREFIX}${programme}#${period}#${numbered(number)}`,
});
const parse = (item: Item): KeptFile => ({ record: record.parse(item.data), version: item.version });

export const fileIdOf = ({ partnerId, programme, period }: OfFile, number: number): string =>
  [partnerId, programme, period, numbered(number)].join('.');

/** What a file id of this partner says; undefined: it is none, or another partner's. */
export const fileOfId = (partnerId: string, file: string): (OfFile & { readonly number: number }) | undefined => {
  const [, owner, programme, period, number] = /^([a-z0-9-]+)\.([a-z0-9-]+)\.(.+)\.(\d{4})$/.exec(file) ?? [];
  return owner === partnerId && programme !== undefined && period !== undefined
    ? { partnerId, programme, period, number: Number(number) }
    : undefined;
};

export const readFile = async (table: Table, of: OfFile, number: number): Promise<KeptFile | undefined> => {
  const item = await table.get(recordKey(of, number));
  return item && parse(item);
};

/** The last file of the period. */
export const latestFile = async (table: Table, of: OfFile): Promise<KeptFile | undefined> => {
  const { pk, sk } = recordKey(of, 0);
  const prefix = sk.slice(0, -DIGITS);
  const { items } = await table.query({ table: 'operations', value: pk, prefix, descending: true, limit: 1 });
  return items[0] && parse(items[0]);
};

/** The write of a file that was read at `version`, or is new (0). */
export const filePut = (partnerId: string, { record: data, version }: KeptFile): Put => ({
  ...recordKey({ ...data, partnerId }, data.number),
  data,
  if: version === 0 ? { absent: true } : { version },
});

/** Takes away a file that has turned out to have no line. */
export const dropFile = (table: Table, partnerId: string, { record: data, version }: KeptFile): Promise<void> =>
  table.delete({ ...recordKey({ ...data, partnerId }, data.number), if: { version } });

export const filesPage = async (
  table: Table,
  { partnerId, programme }: { readonly partnerId: string; readonly programme?: string | undefined },
  page: Pick<Query, 'limit' | 'cursor'>,
): Promise<{ readonly files: FileRecord[]; readonly cursor: string | undefined }> => {
  const prefix = programme === undefined ? PREFIX : `${PREFIX}${programme}#`;
  const { items, cursor } = await table.query({ table: 'operations', value: `PARTNER#${partnerId}`, prefix, ...page });
  return { files: items.map((item) => parse(item).record), cursor };
};

const part = z.object({
  text: z.string(),
  lines: z.int(),
  amount: z.int(),
  unit: settlementFile.shape.unit,
  next: place.nullable(),
});
export type Part = z.infer<typeof part>;
const partKey = (file: string, number: number): Key => ({
  table: 'ledger',
  pk: `FILE#${file}`,
  sk: `PART#${numbered(number)}`,
});

export const readPart = async (table: Table, file: string, number: number): Promise<Part | undefined> => {
  const item = await table.get(partKey(file, number));
  return item && part.parse(item.data);
};
/** Written once: `ConditionFailed` where it is there already. */
export const putPart = (table: Table, { file, number }: { file: string; number: number }, data: Part): Promise<void> =>
  table.put({ ...partKey(file, number), data, if: { absent: true } });

/** An entry, as it is filed with a partner. */
export type Filing = OfFile & { readonly householdId: string; readonly revision: number };
const FILED = 'FILED#';
const filedKey = ({ partnerId, programme, period, revision, householdId }: Filing): Key => ({
  table: 'ledger',
  pk: `H#${householdId}`,
  sk: `${FILED}${partnerId}#${programme}#${period}#${numbered(revision)}`,
});
const filed = z.object({ file: z.string() });

/** The file of each, in their order; undefined: in none yet. */
export const filesOf = async (table: Table, filings: readonly Filing[]): Promise<(string | undefined)[]> =>
  filings.length === 0
    ? []
    : (await table.batchGet(filings.map(filedKey))).map((item) => item && filed.parse(item.data).file);

export const putFiled = async (table: Table, file: string, filings: readonly Filing[]): Promise<void> => {
  const writes = filings.map((one) => ({ put: { ...filedKey(one), data: { file } } }));
  for (let from = 0; from < writes.length; from += TRANSACT_MAX)
    await table.transact(writes.slice(from, from + TRANSACT_MAX));
};

/** The partners that have an entry in a file of theirs. */
export const partnersHolding = async (table: Table, of: Omit<Filing, 'partnerId'>): Promise<string[]> => {
  const { items } = await table.query({ table: 'ledger', value: `H#${of.householdId}`, prefix: FILED });
  const suffix = `#${of.programme}#${of.period}#${numbered(of.revision)}`;
  return items.flatMap(({ sk }) => (sk.endsWith(suffix) ? [sk.slice(FILED.length, -suffix.length)] : []));
};
