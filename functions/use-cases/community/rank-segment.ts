import type { LocalDate } from '@hems/models/calendar/seoul';
import { boardOf } from '@hems/models/community/board';
import { cohortsOf, type Cohort } from '@hems/models/community/cohort';
import { histogramOf, mergeHistograms as add } from '@hems/models/community/histogram';
import type { Standing } from '@hems/models/community/standing';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import {
  putBoard,
  putHistogram,
  putJoinedHistogram,
  putSummary,
  readHistograms,
  readLeft,
  type StoredBoard,
} from '../stores/boards.ts';
import { readSegments, readStandings, type Group } from '../stores/community.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Day = { readonly date: LocalDate };

const monthOf = (date: LocalDate): string => date.slice(0, 7);

/** Segments in which somebody stands in the month of the date. */
export const listSegments = ({ table }: Pick<Deps, 'table'>, { date }: Day): Promise<string[]> =>
  readSegments(table, monthOf(date));

type Placed = Awaited<ReturnType<typeof readStandings>>[number];
type Stander = Pick<Placed, 'use30Wh' | 'sized30Wh'> & Pick<Standing, 'savedBasisPoints' | 'expectedWh'>;

const membersPlaced = async (table: Table, group: Group): Promise<Placed[]> => {
  const [standings, left] = await Promise.all([readStandings(table, group), readLeft(table, group)]);
  return standings.filter(({ memberId }) => !left.has(memberId));
};

/** Who has a standing up to this very date. Whose day could not be derived is ranked when it is. */
const standersOn = (placed: readonly Placed[], date: LocalDate): Map<string, Stander> =>
  new Map(
    placed.flatMap(({ memberId, through, standing, ...uses }): [string, Stander][] =>
      standing.status === 'standing' && through === date ? [[memberId, { ...standing, ...uses }]] : [],
    ),
  );

const boardOfCohort = ({ members }: Cohort, all: ReadonlyMap<string, Stander>, through: LocalDate): StoredBoard => {
  const entries = members.map(({ member }) => ({ member, savedBasisPoints: all.get(member)?.savedBasisPoints ?? 0 }));
  const rising = (use: 'use30Wh' | 'sized30Wh'): number[] =>
    members.flatMap(({ member }) => all.get(member)?.[use] ?? []).toSorted((a, b) => a - b);
  return {
    through,
    rows: (boardOf(entries) ?? []).map(({ member, savedBasisPoints }) => [member, savedBasisPoints]),
    usesWh: rising('use30Wh'),
    sizedUsesWh: rising('sized30Wh'),
  };
};

const firstOf = ({ members }: Cohort): string =>
  members.reduce((first, { member }) => (member < first ? member : first), members[0]?.member ?? '');

/**
 * Ranks the members of a segment by what they saved of their own baseline, in cohorts of 20 to 2,000. The boards first and their
 * summary last; made again, they are the same. Where nobody was settled for the date, or somebody for a later one, nothing is
 * ranked and the boards stay as they are.
 */
export const rankSegment = async (
  { table }: Pick<Deps, 'table'>,
  { segment, date }: Day & { readonly segment: string },
): Promise<{ readonly members: number; readonly boards: number }> => {
  const group = { segment, month: monthOf(date) };
  const placed = await membersPlaced(table, group);
  const latest = placed
    .map(({ through }) => through)
    .toSorted()
    .at(-1);
  if (latest !== undefined && latest !== date) return { members: 0, boards: 0 };
  const all = standersOn(placed, date);
  const members = [...all].map(([member, { expectedWh }]) => ({ member, segment, expectedWh }));
  const { cohorts, hidden } = cohortsOf(members);
  for (const [number, cohort] of cohorts.entries())
    await putBoard(table, group, { ...boardOfCohort(cohort, all, date), number });
  const counts = histogramOf([...all.values()].map(({ savedBasisPoints }) => savedBasisPoints));
  await putHistogram(table, group, { counts, through: date });
  await putSummary(table, group, {
    through: date,
    cohorts: cohorts.map((cohort, number) => ({ first: firstOf(cohort), number })),
    tooLarge: hidden.flatMap(({ member, reason }) => (reason === 'share-too-large' ? [member] : [])),
  });
  return { members: members.length, boards: cohorts.length };
};

/** Joins what the segments of the month hold, for the rank among all. */
export const mergeHistograms = async ({ table }: Pick<Deps, 'table'>, { date }: Day): Promise<void> => {
  const month = monthOf(date);
  const counts = (await readHistograms(table, month)).reduce(add, histogramOf([]));
  await putJoinedHistogram(table, month, { counts, through: date });
};
