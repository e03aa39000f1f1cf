import * as z from 'zod';
import type { Key, Table, Write } from '../../ports/table.ts';

/**
 * A partner's settlement file, partition `FILE#<file>` of table `ledger`: `NAMED` is written with the first entry that is ours to pay by it,
 * `APPROVAL` once its entries are. One item for all households: each balance asks for the approval of the files it holds. It is final.
 * `PART#<number>` is what the partner downloads (`settlement-parts.ts`).
 */
const approval = z.object({
  /** the partner's word that it owes the file: a letter, a transfer */
  report: z.string(),
  approvedMs: z.int(),
  approvedBy: z.string(),
});
export type Approval = z.infer<typeof approval>;

const inFile = (file: string, sk: 'NAMED' | 'APPROVAL'): Key => ({ table: 'ledger', pk: `FILE#${file}`, sk });
const key = (file: string): Key => inFile(file, 'APPROVAL');

export const readApproval = async (table: Table, file: string): Promise<Approval | undefined> => {
  const item = await table.get(key(file));
  return item && approval.parse(item.data);
};

export const putApproval = (table: Table, file: string, data: Approval): Promise<void> =>
  table.put({ ...key(file), data, if: { absent: true } });

/** Whether an entry stands in the file. */
export const isNamed = async (table: Table, file: string): Promise<boolean> =>
  (await table.get(inFile(file, 'NAMED'))) !== undefined;

/** What is written with an entry that stands in the file: nothing, where the file is approved at that very moment. */
export const namingWrites = async (table: Table, file: string): Promise<Write[]> => {
  const absent = { if: { absent: true } } as const;
  const check: Write = { check: { ...key(file), ...absent } };
  return (await isNamed(table, file)) ? [check] : [check, { put: { ...inFile(file, 'NAMED'), data: {}, ...absent } }];
};

/** Those of the files that are approved. */
export const approvedOf = async (table: Table, files: readonly string[]): Promise<ReadonlySet<string>> => {
  const distinct = [...new Set(files)];
  const found = distinct.length === 0 ? [] : await table.batchGet(distinct.map(key));
  return new Set(distinct.filter((_, index) => found[index] !== undefined));
};
