import * as z from 'zod';
import type { LocalDate } from '@hems/models/calendar/seoul';
import type { Histogram } from '@hems/models/community/histogram';
import type { Key, Put, Table } from '../../ports/table.ts';
import { keptFrom, putLatest, type Group } from './community.ts';

/**
 * Boards of a segment in a month, `BOARD#<month>#<segment>` of table `community`: a board for each cohort, `SUMMARY` with the
 * cohorts, and `LEFT#<member>` for each that left since. Who left is taken off wherever a board is read or made, so a board that
 * was written a moment too late shows nobody who is gone. None of a later day is replaced by one of an earlier.
 */
const board = z.object({
  through: z.string(),
  /** member and saving in basis points, best first */
  rows: z.array(z.tuple([z.string(), z.int()])),
  /** grid uses of the 30 days up to `through`, Wh, least first, of no one in particular */
  usesWh: z.array(z.int()),
  /** the same of those whose area is known, as homes of normal size would have used them */
  sizedUsesWh: z.array(z.int()),
});
export type StoredBoard = z.infer<typeof board>;

const summary = z.object({
  through: z.string(),
  /** cohorts by the smallest of their members' ids: a member is in the last one that begins at its id or before */
  cohorts: z.array(z.object({ first: z.string(), number: z.int() })),
  /** members whose use is too large a share of their cohort */
  tooLarge: z.array(z.string()),
});
export type BoardSummary = z.infer<typeof summary>;

export const boardsOf = ({ segment, month }: Group): string => `BOARD#${month}#${segment}`;
const within = (group: Group, sk: string): Key => ({ table: 'community', pk: boardsOf(group), sk });
const boardKey = (group: Group, number: number): Key => within(group, `COHORT#${String(number).padStart(4, '0')}`);
const LEFT = 'LEFT#';

export const readSummary = async (table: Table, group: Group): Promise<BoardSummary | undefined> => {
  const item = await table.get(within(group, 'SUMMARY'));
  return item && summary.parse(item.data);
};

export const putSummary = (table: Table, group: Group, data: BoardSummary): Promise<void> =>
  putLatest(table, within(group, 'SUMMARY'), data);

export const readBoard = async (table: Table, group: Group, number: number): Promise<StoredBoard | undefined> => {
  const item = await table.get(boardKey(group, number));
  return item && board.parse(item.data);
};

export const putBoard = (table: Table, group: Group, { number, ...data }: StoredBoard & { number: number }) =>
  putLatest(table, boardKey(group, number), data);

export const leftKey = (group: Group, memberId: string): Key => within(group, `${LEFT}${memberId}`);
export const leftPut = (group: Group, memberId: string, leftOn: LocalDate): Put => ({
  ...leftKey(group, memberId),
  data: { leftOn },
  expiresAt: keptFrom(leftOn),
});

export const readLeft = async (table: Table, group: Group): Promise<ReadonlySet<string>> => {
  const { items } = await table.query({ table: 'community', value: boardsOf(group), prefix: LEFT });
  return new Set(items.map(({ sk }) => sk.slice(LEFT.length)));
};

/** Savings of a month by bucket: `HIST#<month>` / segment, and joined as `ABOUT#<month>`. */
const histogram = z.object({ through: z.string(), counts: z.array(z.int()) });
type Counted = { readonly counts: Histogram; readonly through: LocalDate };
const segmentCounts = ({ segment, month }: Group): Key => ({ table: 'community', pk: `HIST#${month}`, sk: segment });
const joinedCounts = (month: string): Key => ({ table: 'community', pk: `ABOUT#${month}`, sk: 'ALL' });

export const putHistogram = (table: Table, group: Group, counted: Counted): Promise<void> =>
  putLatest(table, segmentCounts(group), counted);

export const readHistograms = async (table: Table, month: string): Promise<Histogram[]> => {
  const { items } = await table.query({ table: 'community', value: `HIST#${month}` });
  return items.map(({ data }) => histogram.parse(data).counts);
};

export const putJoinedHistogram = (table: Table, month: string, counted: Counted): Promise<void> =>
  putLatest(table, joinedCounts(month), counted);

export const readJoinedHistogram = async (table: Table, month: string): Promise<Histogram | undefined> => {
  const item = await table.get(joinedCounts(month));
  return item && histogram.parse(item.data).counts;
};
