import * as z from 'zod';
import { deviceKind } from '@hems/models/device/kinds';
import type { Key, Put, Table, Write } from '../../ports/table.ts';

/**
 * Gateways that may be claimed: `CLAIM#<serial>` of table `operations`, and the way there from the blind index of the claim code,
 * `CODE#<index>`. The code itself is kept nowhere. A claim names the household while its gateway belongs to one.
 */
const entered = { codeIndex: z.string(), devices: z.array(deviceKind), expiresMs: z.int() };
const stored = z.discriminatedUnion('state', [
  z.object({ state: z.literal('issued'), ...entered }),
  z.object({ state: z.literal('claimed'), ...entered, householdId: z.string(), gateway: z.string() }),
  z.object({ state: z.literal('ended'), ...entered }),
]);
type Stored = z.infer<typeof stored>;
export type Claim = Stored & { readonly serial: string; readonly version: number };

const claimKey = (serial: string): Key => ({ table: 'operations', pk: `CLAIM#${serial}`, sk: 'CLAIM' });
const codeKey = (codeIndex: string): Key => ({ table: 'operations', pk: `CODE#${codeIndex}`, sk: 'CLAIM' });
const way = z.object({ serial: z.string() });

export const readClaim = async (table: Table, serial: string): Promise<Claim | undefined> => {
  const item = await table.get(claimKey(serial));
  return item && { ...stored.parse(item.data), serial, version: item.version };
};

export const claimOfCode = async (table: Table, codeIndex: string): Promise<Claim | undefined> => {
  const item = await table.get(codeKey(codeIndex));
  return item && (await readClaim(table, way.parse(item.data).serial));
};

/** The write of a claim that was read at `version`, or not there (0). */
export const claimPut = ({ serial, version, ...data }: Claim): Put => ({
  ...claimKey(serial),
  data,
  if: version === 0 ? { absent: true } : { version },
});

/** A code that has expired is still told from one that never was, for so long. */
const CODE_KEPT_S = 90 * 86_400;
export const codeWrite = (codeIndex: string, { serial, expiresMs }: { serial: string; expiresMs: number }): Write => ({
  put: { ...codeKey(codeIndex), data: { serial }, expiresAt: Math.ceil(expiresMs / 1000) + CODE_KEPT_S },
});
/** A code in whose place another one was issued. */
export const codeEnd = (codeIndex: string, nowMs: number): Write => ({
  put: { ...codeKey(codeIndex), data: { serial: '' }, expiresAt: Math.floor(nowMs / 1000) },
});
