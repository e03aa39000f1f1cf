import type { Table } from '../../ports/table.ts';
import { readBoard, readSummary, type BoardSummary, type StoredBoard } from '../stores/boards.ts';
import type { Group } from '../stores/community.ts';

/** Why a member is on no board. */
export type NoBoard = 'not-ranked-yet' | 'share-too-large' | 'cohort-too-small';

const cohortOf = ({ cohorts }: BoardSummary, memberId: string) =>
  cohorts.findLast(({ first }) => first <= memberId) ?? cohorts[0];

/** The board of the member's cohort, or why there is none. */
export const findBoard = async (table: Table, group: Group, memberId: string): Promise<StoredBoard | NoBoard> => {
  const summary = await readSummary(table, group);
  if (!summary) return 'not-ranked-yet';
  if (summary.tooLarge.includes(memberId)) return 'share-too-large';
  const cohort = cohortOf(summary, memberId);
  if (!cohort) return 'cohort-too-small';
  return (await readBoard(table, group, cohort.number)) ?? 'not-ranked-yet';
};

/** The uses of the others, of those that a board keeps of no one in particular: the one that is taken out is the own. */
export const usesBeside = (usesWh: readonly number[], ownWh: number | null): number[] => {
  const own = ownWh === null ? -1 : usesWh.indexOf(ownWh);
  return usesWh.filter((_, i) => i !== own);
};
