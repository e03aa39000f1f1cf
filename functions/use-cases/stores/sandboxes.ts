import * as z from 'zod';
import { happening, SANDBOX_STARTS_MS } from '@hems/shared/partner-api/sandbox';
import type { Key, Put, Table } from '../../ports/table.ts';

/**
 * The sandbox of a partner: `SANDBOX` in its partition, table `operations`: seed, clock and what was made to happen; homes and readings follow from
 * it and are kept nowhere. `ANSWERED` is what of the API has answered the partner, for its report.
 */
const state = z.object({
  seed: z.int(),
  homes: z.int(),
  nowMs: z.int(),
  /** numbers the happenings */
  count: z.int(),
  happenings: z.array(z.object({ happeningId: z.string(), atMs: z.int(), what: happening })),
  /** participants that withdrew, for good */
  withdrawn: z.array(z.string()),
});
export type SandboxState = z.infer<typeof state>;
export type KeptSandbox = { readonly state: SandboxState; readonly version: number };

const key = (partnerId: string, sk: 'SANDBOX' | 'ANSWERED'): Key => ({
  table: 'operations',
  pk: `PARTNER#${partnerId}`,
  sk,
});

export const newSandbox = (seed: number, homes: number, nowMs: number): SandboxState => ({
  seed,
  homes,
  nowMs,
  count: 0,
  happenings: [],
  withdrawn: [],
});
const FIRST = newSandbox(1, 5, SANDBOX_STARTS_MS);

/** A partner that never set anything has one too. */
export const readSandbox = async (table: Table, partnerId: string): Promise<KeptSandbox> => {
  const item = await table.get(key(partnerId, 'SANDBOX'));
  return item ? { state: state.parse(item.data), version: item.version } : { state: FIRST, version: 0 };
};

/** Over the version that was read. */
export const sandboxPut = (partnerId: string, { state: data, version }: KeptSandbox): Put => ({
  ...key(partnerId, 'SANDBOX'),
  data,
  if: version === 0 ? { absent: true } : { version },
});

const answered = z.record(z.string(), z.int());
export type Answered = { readonly at: Readonly<Record<string, number>>; readonly version: number };

export const readAnswered = async (table: Table, partnerId: string): Promise<Answered> => {
  const item = await table.get(key(partnerId, 'ANSWERED'));
  return item ? { at: answered.parse(item.data), version: item.version } : { at: {}, version: 0 };
};

export const answeredPut = (partnerId: string, { at, version }: Answered): Put => ({
  ...key(partnerId, 'ANSWERED'),
  data: at,
  if: version === 0 ? { absent: true } : { version },
});
