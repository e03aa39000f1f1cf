import * as z from 'zod';
import { breaker, CLOSED } from '@hems/models/connector/breaker';
import type { Key, Put, Table } from '../../ports/table.ts';

/** How far a system of others has been asked, and how it fared: `CONNECTOR#<id>` in the partition of its partner, table `operations`. */
const pulled = z.object({
  atMs: z.int(),
  fromMs: z.int(),
  toMs: z.int(),
  /** of what is new, or of what was asked for again */
  kind: z.enum(['live', 'replay']),
  outcome: z.enum(['done', 'failed']),
  pages: z.int(),
  /** readings that count now and did not before, of all that came */
  taken: z.int(),
  readings: z.int(),
  rewards: z.int(),
  /** what was not as it should be, by reason */
  refused: z.record(z.string(), z.int()),
  /** of a failure: what happened, in words */
  reason: z.string().nullable(),
});
export type Pulled = z.infer<typeof pulled>;

const stored = z.object({
  /** everything before it was had; null: nothing yet */
  watermarkMs: z.int().nullable(),
  breaker,
  /** minutes that are asked for at a time, where all of them took too long; null: as many as the connector says */
  windowMinutes: z.int().nullable(),
  /** asked for again, from then to the watermark as it was when it was asked for; null: nothing is */
  replay: z.object({ nextMs: z.int(), toMs: z.int() }).nullable(),
  /** the latest first */
  runs: z.array(pulled),
});
export type ConnectorState = z.infer<typeof stored>;
export type KeptState = ConnectorState & { readonly version: number };

const RUNS_KEPT = 20;

type Which = { readonly partnerId: string; readonly id: string };
const key = ({ partnerId, id }: Which): Key => ({
  table: 'operations',
  pk: `PARTNER#${partnerId}`,
  sk: `CONNECTOR#${id}`,
});

export const readConnectorState = async (table: Table, which: Which): Promise<KeptState> => {
  const item = await table.get(key(which));
  if (!item) return { watermarkMs: null, breaker: CLOSED, windowMinutes: null, replay: null, runs: [], version: 0 };
  return { ...stored.parse(item.data), version: item.version };
};

export const connectorStatePut = (which: Which, { version, runs, ...state }: KeptState): Put => ({
  ...key(which),
  data: { ...state, runs: runs.slice(0, RUNS_KEPT) },
  if: version === 0 ? { absent: true } : { version },
});
