import type { LocalDate } from '@hems/models/calendar/seoul';
import { middleUse, type PeerMedian } from '@hems/models/community/peer-median';
import type { Table } from '../../ports/table.ts';
import { currentOf, readMemberships, readStanding, type MemberStanding } from '../stores/community.ts';
import { findBoard, usesBeside } from './find-board.ts';

type Home = { readonly householdId: string; readonly areaM2?: number | undefined };

/** A use is on the board when the home stands; a home that does not has none there to be taken out. */
const onBoard = (own: MemberStanding | undefined, date: LocalDate): MemberStanding | undefined =>
  own?.through === date && own.standing.status === 'standing' ? own : undefined;

/**
 * What the middle one of the others of a member's cohort used in the 30 days up to the date, Wh, and of how many: as homes of
 * normal size where the own area is known, as it was where it is not. Undefined for who has not joined, or whose board is of
 * another day.
 */
export const readPeers = async (
  table: Table,
  { householdId, areaM2 }: Home,
  date: LocalDate,
): Promise<PeerMedian | undefined> => {
  const member = currentOf(await readMemberships(table, householdId));
  if (!member) return undefined;
  const { memberId, segment } = member;
  const group = { segment, month: date.slice(0, 7) };
  const [found, board] = await Promise.all([readStanding(table, group, memberId), findBoard(table, group, memberId)]);
  if (typeof board === 'string' || board.through !== date) return undefined;
  const own = onBoard(found, date);
  return middleUse(
    areaM2 === undefined
      ? usesBeside(board.usesWh, own?.use30Wh ?? null)
      : usesBeside(board.sizedUsesWh, own?.sized30Wh ?? null),
  );
};
