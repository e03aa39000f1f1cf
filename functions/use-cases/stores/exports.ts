import * as z from 'zod';
import type { Item, Key, Put, Table } from '../../ports/table.ts';

/**
 * An archive of a household and how far it is: `H#<household>` / `EXPORT#<export>` of table `homes`. The id begins with the time, so that
 * they sort by it. The archive lies in the object store under `exports/`: given out for seven days, gone one or two later.
 */
const kept = z.object({
  startedMs: z.int(),
  /** when the writer last said how far it is */
  touchedMs: z.int(),
  state: z.enum(['waiting', 'writing', 'ready', 'failed']),
  /** who asked, by the identity provider's subject: the archive holds what is theirs alone, so nobody else gets it */
  personId: z.string(),
  writtenFiles: z.int(),
  totalFiles: z.int(),
  bytes: z.int(),
  problem: z.nullable(z.string()),
});
type Kept = z.infer<typeof kept>;
export type ExportPlace = { readonly householdId: string; readonly exportId: string };
/** As it was read at `version`; 0: it is new. */
export type KeptExport = ExportPlace & Kept & { readonly version: number };

const EXPORT = 'EXPORT#';
const KEPT_S = 90 * 86_400;

const key = ({ householdId, exportId }: ExportPlace): Key => ({
  table: 'homes',
  pk: `H#${householdId}`,
  sk: `${EXPORT}${exportId}`,
});
const parse = ({ pk, sk, data, version }: Item): KeptExport => ({
  ...kept.parse(data),
  householdId: pk.slice('H#'.length),
  exportId: sk.slice(EXPORT.length),
  version,
});

export const exportId = (startedMs: number, id: string): string => `${startedMs.toString(36).padStart(9, '0')}-${id}`;

export const archiveKey = ({ householdId, exportId: id }: ExportPlace): string =>
  `exports/${householdId}/${id}/archive.zip`;

export const exportPut = (one: KeptExport): Put => {
  const { householdId: _household, exportId: _id, version, ...data } = one;
  const expiresAt = Math.floor(data.startedMs / 1000) + KEPT_S;
  return { ...key(one), data, expiresAt, if: version === 0 ? { absent: true } : { version } };
};

export const readExport = async (table: Table, place: ExportPlace): Promise<KeptExport | undefined> => {
  const item = await table.get(key(place));
  return item && parse(item);
};

/** The newest first, twenty at most. */
export const newestExports = async (table: Table, householdId: string): Promise<KeptExport[]> => {
  const { items } = await table.query({
    table: 'homes',
    value: `H#${householdId}`,
    prefix: EXPORT,
    descending: true,
    limit: 20,
  });
  return items.map(parse);
};
