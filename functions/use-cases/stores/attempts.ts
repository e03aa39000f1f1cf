import * as z from 'zod';
import { DAY_MS } from '@hems/models/calendar/seoul';
import type { Key, Put, Table } from '../../ports/table.ts';

/**
 * Wrong codes since the last unlock, counted by household and kind of code, and residence codes by person over all households:
 * `H#<household>` / `CLAIM-ATTEMPTS` and `RESIDENCE-ATTEMPTS` of table `homes`, `U#<sub>` / `RESIDENCE-ATTEMPTS` of table `people`.
 */
const stored = z.object({
  failures: z.int(),
  /** of the first of them */
  sinceMs: z.int(),
  /** the people of the household have been told that it is locked */
  told: z.boolean(),
});
export type Attempts = z.infer<typeof stored> & { readonly version: number };

/** After so many wrong codes an operator has to unlock. */
export const WRONG_MAX = 10;
export const isLocked = ({ failures }: Pick<Attempts, 'failures'>): boolean => failures >= WRONG_MAX;

/** Which codes are counted; fewer wrong ones than lock are forgotten `keptMs` after the last. */
export type Counter = Key & { readonly keptMs: number };

const RESIDENCE_KEPT_MS = 30 * DAY_MS;
export const claimsOf = (householdId: string): Counter => ({
  table: 'homes',
  pk: `H#${householdId}`,
  sk: 'CLAIM-ATTEMPTS',
  keptMs: DAY_MS,
});
export const residenceCodesOf = (householdId: string): Counter => ({
  table: 'homes',
  pk: `H#${householdId}`,
  sk: 'RESIDENCE-ATTEMPTS',
  keptMs: RESIDENCE_KEPT_MS,
});
export const residenceCodesBy = (sub: string): Counter => ({
  table: 'people',
  pk: `U#${sub}`,
  sk: 'RESIDENCE-ATTEMPTS',
  keptMs: RESIDENCE_KEPT_MS,
});

export const readAttempts = async (
  table: Table,
  { table: name, pk, sk }: Counter,
  nowMs: number,
): Promise<Attempts> => {
  const item = await table.get({ table: name, pk, sk });
  return item
    ? { ...stored.parse(item.data), version: item.version }
    : { failures: 0, sinceMs: nowMs, told: false, version: 0 };
};

/** The write of attempts that were read; ones that lock stay until an operator unlocks. */
export const attemptsPut = ({ keptMs, ...key }: Counter, { version, ...data }: Attempts, nowMs: number): Put => ({
  ...key,
  data,
  ...(!isLocked(data) && { expiresAt: Math.ceil((nowMs + keptMs) / 1000) }),
  if: version === 0 ? { absent: true } : { version },
});
