import type { Notice } from '@hems/shared/api/inbox';
import type { Table } from '../../ports/table.ts';
import { needsProof } from '@hems/models/notices/kinds';
import { memberKey } from '../stores/households.ts';
import { listNotices } from '../stores/notices.ts';
import { provenOf } from '../stores/proofs.ts';

const PAGE = 100;

/** Of the notices, those that the person may read now: of homes they live in still, and of whose use only once a residence is proved. */
const readableBy = async (table: Table, sub: string, notices: readonly Notice[]): Promise<Notice[]> => {
  const homes = [...new Set(notices.flatMap(({ householdId }) => householdId ?? []))];
  const [memberships, proven] = await Promise.all([
    table.batchGet(homes.map((householdId) => memberKey(householdId, sub))),
    provenOf(table, homes),
  ]);
  const own = new Set(homes.filter((_, index) => memberships[index] !== undefined));
  const shown = new Set(proven);
  return notices.filter(
    ({ householdId, kind }) =>
      householdId === null || (own.has(householdId) && (!needsProof(kind) || shown.has(householdId))),
  );
};

export type InboxPage = { readonly notices: Notice[]; readonly unread: number; readonly cursor: string | null };

const isUnread = ({ readMs }: Notice): boolean => readMs === null;

/** How many of all pages wait to be read. */
export const countUnread = async (table: Table, sub: string): Promise<number> => {
  const { notices } = await listNotices(table, sub);
  return (await readableBy(table, sub, notices.filter(isUnread))).length;
};

/** A page of the inbox, newest first. */
export const readInbox = async (
  { table }: { readonly table: Table },
  sub: string,
  cursor: string | undefined,
): Promise<InboxPage> => {
  const page = await listNotices(table, sub, { limit: PAGE, cursor });
  const notices = await readableBy(table, sub, page.notices);
  const isAll = cursor === undefined && page.cursor === null;
  const unread = isAll ? notices.filter(isUnread).length : await countUnread(table, sub);
  return { notices, unread, cursor: page.cursor };
};
