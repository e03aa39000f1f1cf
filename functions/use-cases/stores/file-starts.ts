import * as z from 'zod';
import { localDate } from '@hems/models/calendar/seoul';
import type { Key, Put, Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';

/**
 * How often imports and exports were begun on a Korean day: `H#<household>` / `STARTS#imports#<date>` and `STARTS#exports#<date>#<sub>` of
 * table `homes`. An archive holds what is its asker's alone, so nobody uses up another member's.
 */
const stored = z.object({ count: z.int() });
const KEPT_S = 2 * 86_400;
const MOST = { imports: 10, exports: 3 } as const;

/** `by`: the person whose count it is; null: it is the household's */
type Start = { readonly householdId: string; readonly nowMs: number } & (
  | { readonly what: 'imports'; readonly by: null }
  | { readonly what: 'exports'; readonly by: string }
);

const key = ({ householdId, what, by, nowMs }: Start): Key => ({
  table: 'homes',
  pk: `H#${householdId}`,
  sk: `STARTS#${what}#${localDate(nowMs)}${by === null ? '' : `#${by}`}`,
});

/** The write of one start more; throws `Refused` where there were enough for the day. */
export const startPut = async (table: Table, start: Start): Promise<Put> => {
  const { what, nowMs } = start;
  const place = key(start);
  const item = await table.get(place);
  const count = item ? stored.parse(item.data).count : 0;
  if (count >= MOST[what])
    throw new Refused(
      'too-many',
      `${start.by === null ? 'a household' : 'one person'} may begin ${MOST[what]} ${what} a day; try again tomorrow`,
      'too-many-files',
    );
  const expiresAt = Math.floor(nowMs / 1000) + KEPT_S;
  return { ...place, data: { count: count + 1 }, expiresAt, if: item ? { version: item.version } : { absent: true } };
};
