import * as z from 'zod';
import { unit } from '@hems/shared/api/programmes';
import type { Entry } from '@hems/models/ledger/entry';
import type { Key, Put, Table } from '../../ports/table.ts';

/** A payer's word on a period that it owes: `H#<household>` / `CONF#<programme>#<period>` of table `ledger`. */
const word = z.object({ amount: z.int(), report: z.string(), recordedMs: z.int(), recordedBy: z.string() });
const confirmation = z.object({ ...word.shape, unit, earlier: z.array(word) });

/** The latest word, and those it replaced, oldest first. */
export type KeptConfirmation = z.infer<typeof confirmation>;
type Period = Pick<Entry, 'householdId' | 'programme' | 'period'>;

const key = ({ householdId, programme, period }: Period): Key => ({
  table: 'ledger',
  pk: `H#${householdId}`,
  sk: `CONF#${programme}#${period}`,
});

export const readConfirmation = async (
  table: Table,
  of: Period,
): Promise<{ confirmation: KeptConfirmation; version: number } | undefined> => {
  const item = await table.get(key(of));
  return item && { confirmation: confirmation.parse(item.data), version: item.version };
};

/** The write of a confirmation that was read at `version`, or not there (0). */
export const confirmationPut = (
  of: Period,
  { confirmation: data, version }: { confirmation: KeptConfirmation; version: number },
): Put => ({ ...key(of), data, if: version === 0 ? { absent: true } : { version } });
