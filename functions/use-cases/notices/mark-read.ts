import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { noticePut, readNotices } from '../stores/notices.ts';
import { countUnread } from './read-inbox.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/** Marks those that are there and unread; the first reading stands. What is not in the person's inbox is passed over. */
export const markRead = async (
  { table, clock }: Deps,
  sub: string,
  noticeIds: readonly string[],
): Promise<{ unread: number }> => {
  const unread = (await readNotices(table, sub, noticeIds)).filter(({ readMs }) => readMs === null);
  const puts = unread.map((notice) => ({ put: noticePut(sub, { ...notice, readMs: clock.now() }) }));
  if (puts.length > 0) await table.transact(puts);
  return { unread: await countUnread(table, sub) };
};
