import * as z from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Key, Table } from '../../ports/table.ts';
import { pause } from '../../runtime/ports.ts';
import { untilWon } from '../../use-cases/until-won.ts';
import type { KeptUntil } from './limiter.ts';

const failed = z.object({
  /** wrong passwords since the last right one */
  failures: z.int(),
  /** epoch ms; until then no password is looked at */
  lockedUntil: z.int(),
});
const NONE: z.infer<typeof failed> = { failures: 0, lockedUntil: 0 };

/** Wrong passwords by address, whether or not anybody has it: who has to wait is no sign of an account. */
export type Guesses = {
  waitSeconds(email: string): Promise<number>;
  wrong(email: string): Promise<void>;
  right(email: string): Promise<void>;
};

/** From the tenth wrong password on, each further one doubles the wait: 1 s, 2, 4 … 900 s. */
const FREE_FAILURES = 10;
const WAIT_MAX_SECONDS = 900;
const REMEMBERED_SECONDS = 86_400;

const after = (failures: number, nowMs: number): z.infer<typeof failed> => {
  const waitSeconds = failures < FREE_FAILURES ? 0 : Math.min(WAIT_MAX_SECONDS, 2 ** (failures - FREE_FAILURES));
  return { failures, lockedUntil: nowMs + waitSeconds * 1000 };
};

type Parts = { readonly table: Table; readonly keys: Keys; readonly clock: Clock; readonly keptUntil: KeptUntil };

export const guesses = ({ table, keys, clock, keptUntil }: Parts): Guesses => {
  const keyOf = async (email: string): Promise<Key> => ({
    table: 'operations',
    pk: `GUESSES#${await keys.blindIndex(`guesses:${email}`)}`,
    sk: 'GUESSES',
  });
  const read = async (email: string) => {
    const item = await table.get(await keyOf(email));
    return { kept: item ? failed.parse(item.data) : NONE, version: item?.version ?? 0 };
  };
  /** With compare-and-set, so that guesses sent at the same time are all counted. */
  const change = async (email: string, failuresAfter: (before: number) => number): Promise<void> =>
    untilWon(pause, async () => {
      const { kept, version } = await read(email);
      await table.put({
        ...(await keyOf(email)),
        data: after(failuresAfter(kept.failures), clock.now()),
        expiresAt: keptUntil(REMEMBERED_SECONDS),
        if: version === 0 ? { absent: true } : { version },
      });
    });
  return {
    waitSeconds: async (email) => Math.max(0, Math.ceil(((await read(email)).kept.lockedUntil - clock.now()) / 1000)),
    wrong: async (email) => change(email, (before) => before + 1),
    right: async (email) => {
      if ((await read(email)).version > 0) await change(email, () => 0);
    },
  };
};
