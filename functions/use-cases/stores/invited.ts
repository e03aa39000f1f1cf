import * as z from 'zod';
import type { Key, Put, Table } from '../../ports/table.ts';

/** How many letters a person had us send to strangers on a day, over all households: `U#<sub>` / `INVITED` of table `people`. */
const invited = z.object({ on: z.string(), count: z.int() });
/** Version 0: none on any day that counts. */
export type Invited = z.infer<typeof invited> & { readonly version: number };

/** Longer than any day. */
const KEPT_SECONDS = 2 * 86_400;

const invitedKey = (sub: string): Key => ({ table: 'people', pk: `U#${sub}`, sk: 'INVITED' });

export const readInvited = async (table: Table, sub: string): Promise<Invited> => {
  const item = await table.get(invitedKey(sub));
  return item ? { ...invited.parse(item.data), version: item.version } : { on: '', count: 0, version: 0 };
};

export const invitedPut = (sub: string, { version, ...data }: Invited, nowMs: number): Put => ({
  ...invitedKey(sub),
  data,
  expiresAt: Math.floor(nowMs / 1000) + KEPT_SECONDS,
  if: version === 0 ? { absent: true } : { version },
});
