import { addDays, localDate } from '@hems/models/calendar/seoul';
import { boardOf, boardView, type Board, type Place } from '@hems/models/community/board';
import { aboutRank } from '@hems/models/community/histogram';
import { peerMedian } from '@hems/models/community/peer-median';
import { pseudonymOf } from '@hems/models/community/pseudonym';
import type { Community } from '@hems/shared/api/community';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { readJoinedHistogram, readLeft, type StoredBoard } from '../stores/boards.ts';
import {
  currentOf,
  partsOfSegment,
  readMemberships,
  readStanding,
  type Group,
  type Membership,
  type MemberStanding,
} from '../stores/community.ts';
import { findBoard, usesBeside } from './find-board.ts';
import { membershipAnswer } from './membership.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Hidden = NonNullable<Community['hidden']>;

/** The stored board without who left since; the others' ranks close up, so nothing shows that somebody is gone. */
const present = ({ rows }: StoredBoard, left: ReadonlySet<string>): Board | undefined =>
  boardOf(rows.flatMap(([member, savedBasisPoints]) => (left.has(member) ? [] : [{ member, savedBasisPoints }])));

type Shown = Pick<Community, 'board' | 'hidden' | 'cohort' | 'peerMedian'>;
const nothing = (hidden: Hidden): Shown => ({ board: null, hidden, cohort: null, peerMedian: null });

const cut = (
  { stored, board }: { stored: StoredBoard; board: Board },
  { memberId, segment }: Membership,
  own: MemberStanding,
): Shown => {
  const view = boardView(board, memberId);
  if (!view) return nothing('not-ranked-yet');
  const toRow = ({ member, rank, savedBasisPoints }: Place) => ({
    pseudonym: pseudonymOf(member),
    rank,
    savedBasisPoints,
    own: member === memberId,
  });
  return {
    board: {
      members: view.members,
      own: toRow(view.own),
      top: view.top.map(toRow),
      neighbours: view.neighbours.map(toRow),
      through: stored.through,
    },
    hidden: null,
    cohort: { ...partsOfSegment(segment), members: view.members },
    peerMedian: peerMedian(usesBeside(stored.usesWh, own.use30Wh)) ?? null,
  };
};

const shown = async (
  table: Table,
  member: Membership,
  { group, own }: { group: Group; own: MemberStanding | undefined },
): Promise<Shown> => {
  if (own?.standing.status !== 'standing') return nothing('no-standing');
  const stored = await findBoard(table, group, member.memberId);
  if (typeof stored === 'string') return nothing(stored);
  const board = present(stored, await readLeft(table, group));
  return board ? cut({ stored, board }, member, own) : nothing('cohort-too-small');
};

const standingAnswer = (own: MemberStanding | undefined): Community['standing'] => {
  if (!own) return null;
  const { standing, through } = own;
  return standing.status === 'standing' ? { ...standing, through } : standing;
};

/** Where the household stands in a month; of a household that has not joined, that it has not. */
export const readCommunity = async (
  { table, clock }: Deps,
  { householdId, month: asked }: { readonly householdId: string; readonly month?: string | undefined },
): Promise<Community> => {
  const month = asked ?? addDays(localDate(clock.now()), -1).slice(0, 7);
  const member = currentOf(await readMemberships(table, householdId));
  const answer = { membership: membershipAnswer(member), month };
  if (!member) return { ...answer, ...nothing('not-joined'), standing: null, about: null };
  const group = { segment: member.segment, month };
  const own = await readStanding(table, group, member.memberId);
  const [view, counts] = await Promise.all([shown(table, member, { group, own }), readJoinedHistogram(table, month)]);
  const about =
    own?.standing.status === 'standing' && counts ? aboutRank(counts, own.standing.savedBasisPoints) : undefined;
  return { ...answer, ...view, standing: standingAnswer(own), about: about ?? null };
};
