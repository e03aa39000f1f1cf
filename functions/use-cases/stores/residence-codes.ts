import * as z from 'zod';
import type { Key, Put, Table } from '../../ports/table.ts';

/**
 * A code that a building hands out for a flat: `CODE#<blind index of the code>` / `RESIDENCE` of table `homes`. Neither the code nor the
 * flat can be read from it, nor which household used it: each is a blind index.
 */
const stored = z.object({
  addressIndex: z.string(),
  expiresMs: z.int(),
  /** the operator who had it made */
  issuedBy: z.string(),
  usedBy: z.nullable(z.string()),
});
export type ResidenceCode = z.infer<typeof stored> & { readonly codeIndex: string };
export type KeptCode = ResidenceCode & { readonly version: number };

/** So long after its end a resident is told that it has ended, and not that it is wrong. */
const TOLD_S = 90 * 86_400;

const key = (codeIndex: string): Key => ({ table: 'homes', pk: `CODE#${codeIndex}`, sk: 'RESIDENCE' });

export const readCode = async (table: Table, codeIndex: string): Promise<KeptCode | undefined> => {
  const item = await table.get(key(codeIndex));
  return item && { ...stored.parse(item.data), codeIndex, version: item.version };
};

/** The write of a code that was read at `version`, or is new (0). */
export const codePut = ({ codeIndex, version, ...data }: KeptCode): Put => ({
  ...key(codeIndex),
  data,
  expiresAt: Math.floor(data.expiresMs / 1000) + TOLD_S,
  if: version === 0 ? { absent: true } : { version },
});
