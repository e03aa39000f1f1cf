import * as z from 'zod';
import type { Key, Put, Table } from '../../ports/table.ts';

/** The households a person has opened, oldest first, each by the request that did: `U#<sub>` / `OPENINGS` of table `people`. */
const opening = z.object({ requestId: z.string(), householdId: z.string(), atMs: z.int() });
type Opening = z.infer<typeof opening>;
const stored = z.object({ opened: z.array(opening) });
/** Version 0: never opened one. */
export type Openings = { readonly opened: readonly Opening[]; readonly version: number };

const key = (sub: string): Key => ({ table: 'people', pk: `U#${sub}`, sk: 'OPENINGS' });

export const readOpenings = async (table: Table, sub: string): Promise<Openings> => {
  const item = await table.get(key(sub));
  return item ? { ...stored.parse(item.data), version: item.version } : { opened: [], version: 0 };
};

export const openingsPut = (sub: string, { opened, version }: Openings): Put => ({
  ...key(sub),
  data: { opened },
  if: version === 0 ? { absent: true } : { version },
});
