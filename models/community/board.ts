import { MIN_COHORT } from './cohort.ts';

/** A member's saving against its own baseline. */
export type Entry = { readonly member: string; readonly savedBasisPoints: number };
export type Place = Entry & { readonly rank: number };

/** The board of a cohort, stored as it is shown: best first, equal savings share a rank and the next one skips. */
export type Board = readonly Place[];

const NEIGHBOURS = 3;
const TOP = 3;

/** Undefined below 20 entries: such a board is hidden. */
export const boardOf = (entries: readonly Entry[]): Board | undefined => {
  if (entries.length < MIN_COHORT) return undefined;
  const sorted = entries.toSorted((a, b) => b.savedBasisPoints - a.savedBasisPoints || (a.member < b.member ? -1 : 1));
  let rank = 0;
  return sorted.map((entry, index) => {
    if (entry.savedBasisPoints !== sorted[index - 1]?.savedBasisPoints) rank = index + 1;
    return { ...entry, rank };
  });
};

/** What one member sees. All of it is cut from the one stored board, so the parts cannot contradict each other. */
export type BoardView = {
  readonly members: number;
  readonly own: Place;
  readonly top: readonly Place[];
  /** own row included, in the order of the board */
  readonly neighbours: readonly Place[];
};

/** Undefined for a home that is not on the board. */
export const boardView = (board: Board, member: string): BoardView | undefined => {
  const at = board.findIndex((place) => place.member === member);
  const own = board[at];
  if (!own) return undefined;
  return {
    members: board.length,
    own,
    top: board.slice(0, TOP),
    neighbours: board.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1),
  };
};
