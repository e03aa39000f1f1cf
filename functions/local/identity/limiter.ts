import * as z from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Key, Table } from '../../ports/table.ts';
import { pause } from '../../runtime/ports.ts';
import { untilWon } from '../../use-cases/until-won.ts';

const counter = z.object({ sinceMs: z.int(), count: z.int() });

export type Limit = { readonly what: string; readonly max: number; readonly perSeconds: number };
/** Counts one more of `what` by `whose`; seconds to wait when there were too many, else 0. */
export type Limiter = (limit: Limit, whose: string) => Promise<number>;

type Parts = { readonly table: Table; readonly keys: Keys; readonly clock: Clock; readonly keptUntil: KeptUntil };
/** epoch s by the table's clock, of something that ends so many seconds from now */
export type KeptUntil = (seconds: number) => number;

/** Version-checked counters over fixed windows, in `operations` under a blind index of whose they are. */
export const limiter =
  ({ table, keys, clock, keptUntil }: Parts): Limiter =>
  async ({ what, max, perSeconds }, whose) => {
    const key: Key = {
      table: 'operations',
      pk: `LIMIT#${await keys.blindIndex(`limit:${what}:${whose}`)}`,
      sk: 'LIMIT',
    };
    return untilWon(pause, async () => {
      const item = await table.get(key);
      const nowMs = clock.now();
      const kept = item && counter.parse(item.data);
      const current = kept && nowMs < kept.sinceMs + perSeconds * 1000 ? kept : { sinceMs: nowMs, count: 0 };
      if (current.count >= max) return Math.ceil((current.sinceMs + perSeconds * 1000 - nowMs) / 1000);
      await table.put({
        ...key,
        data: { ...current, count: current.count + 1 },
        expiresAt: keptUntil(perSeconds),
        if: item ? { version: item.version } : { absent: true },
      });
      return 0;
    });
  };
