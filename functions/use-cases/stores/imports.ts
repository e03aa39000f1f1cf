import * as z from 'zod';
import { FILE_REASONS, PART_REASONS } from '@hems/models/history/reasons';
import type { Item, Key, Put, Table } from '../../ports/table.ts';

/**
 * A history file of a household and what came of it: `H#<household>` / `IMPORT#<import>` of table `homes`. The id begins with the time, so
 * that they sort by it. The file itself lies in the object store under `imports/`, for two to three days.
 */
const kept = z.object({
  startedMs: z.int(),
  /** when the reader last said how far it is */
  touchedMs: z.int(),
  state: z.enum(['waiting-for-file', 'reading', 'done', 'refused']),
  format: z.nullable(z.enum(['green-button', 'csv'])),
  readBytes: z.int(),
  totalBytes: z.int(),
  daysTaken: z.int(),
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
  refused: z.array(z.object({ line: z.int(), code: z.enum(PART_REASONS), reason: z.string() })),
  refusedCount: z.int(),
  problem: z.nullable(z.object({ code: z.enum(FILE_REASONS), detail: z.string() })),
});
type Kept = z.infer<typeof kept>;
export type ImportPlace = { readonly householdId: string; readonly importId: string };
/** As it was read at `version`; 0: it is new. */
export type KeptImport = ImportPlace & Kept & { readonly version: number };

const IMPORT = 'IMPORT#';
const KEPT_S = 90 * 86_400;

const key = ({ householdId, importId }: ImportPlace): Key => ({
  table: 'homes',
  pk: `H#${householdId}`,
  sk: `${IMPORT}${importId}`,
});
const parse = ({ pk, sk, data, version }: Item): KeptImport => ({
  ...kept.parse(data),
  householdId: pk.slice('H#'.length),
  importId: sk.slice(IMPORT.length),
  version,
});

export const importId = (startedMs: number, id: string): string => `${startedMs.toString(36).padStart(9, '0')}-${id}`;

export const importFileKey = ({ householdId, importId: id }: ImportPlace): string =>
  `imports/${householdId}/${id}/file`;
export const importOfFile = (fileKey: string): ImportPlace | undefined => {
  const [, householdId, id] = /^imports\/([\w-]+)\/([\w-]+)\/file$/.exec(fileKey) ?? [];
  return householdId !== undefined && id !== undefined ? { householdId, importId: id } : undefined;
};

export const importPut = (one: KeptImport): Put => {
  const { householdId: _household, importId: _id, version, ...data } = one;
  const expiresAt = Math.floor(data.startedMs / 1000) + KEPT_S;
  return { ...key(one), data, expiresAt, if: version === 0 ? { absent: true } : { version } };
};

export const readImport = async (table: Table, place: ImportPlace): Promise<KeptImport | undefined> => {
  const item = await table.get(key(place));
  return item && parse(item);
};

/** The newest first, twenty at most. */
export const newestImports = async (table: Table, householdId: string): Promise<KeptImport[]> => {
  const { items } = await table.query({
    table: 'homes',
    value: `H#${householdId}`,
    prefix: IMPORT,
    descending: true,
    limit: 20,
  });
  return items.map(parse);
};
