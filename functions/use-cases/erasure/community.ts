import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { Key, Table } from '../../ports/table.ts';
import { leftKey, putBoard, putSummary, readBoard, readSummary, type BoardSummary } from '../stores/boards.ts';
import { claimKey, groupsOf, readClaims, standingKey, type Group } from '../stores/community.ts';
import type { HouseholdScope } from '../stores/erasures.ts';
import { GO_ON, type EraseDeps, type Erasing, type StepAnswer } from './deps.ts';
import { countItems, deleteAll, eraseItems, type Part } from './erase-items.ts';
import { takeAway } from './receipt-lines.ts';

/** A cohort is known by the smallest of its members' ids: if that one goes, by the next. */
const withoutMember = async (
  table: Table,
  group: Group,
  { summary, memberId }: { readonly summary: BoardSummary; readonly memberId: string },
): Promise<BoardSummary> => {
  const cohorts: BoardSummary['cohorts'] = [];
  for (const { first, number } of summary.cohorts) {
    const board = await readBoard(table, group, number);
    const rows = board?.rows.filter(([member]) => member !== memberId) ?? [];
    if (board && rows.length < board.rows.length) await putBoard(table, group, { ...board, rows, number });
    const next = rows.map(([member]) => member).toSorted()[0];
    if (first !== memberId) cohorts.push({ first, number });
    else if (next !== undefined) cohorts.push({ first: next, number });
  }
  return { ...summary, cohorts, tooLarge: summary.tooLarge.filter((member) => member !== memberId) };
};

/** The standing first, so that no board that is made now has the member; the mark that it left last, when no board has it any more. */
const leaveGroup = async (table: Table, group: Group, memberId: string): Promise<void> => {
  await table.delete(standingKey(group, memberId));
  const summary = await readSummary(table, group);
  if (summary) await putSummary(table, group, await withoutMember(table, group, { summary, memberId }));
  await table.delete(leftKey(group, memberId));
};

/** Meters that take part by one of the household's memberships, or by none. */
const ownMeters = async (table: Table, { devices, memberships }: HouseholdScope): Promise<Key[]> => {
  const own = new Set(memberships.map(({ memberId }) => memberId));
  const claims = await readClaims(table, devices);
  return claims
    .filter(({ memberId, version }) => version > 0 && (memberId === null || own.has(memberId)))
    .map(({ deviceId }) => claimKey(deviceId));
};

const participations = ({ memberships }: HouseholdScope): Part[] =>
  memberships.map(({ memberId }) => ({ table: 'community', value: `M#${memberId}` }));

const leave = async (table: Table, household: HouseholdScope, today: LocalDate): Promise<void> => {
  for (const membership of household.memberships)
    for (const group of groupsOf(membership, today)) await leaveGroup(table, group, membership.memberId);
  await eraseItems(table, participations(household));
  await deleteAll(table, await ownMeters(table, household));
};

const countOf = async (table: Table, household: HouseholdScope, today: LocalDate): Promise<number> => {
  const standings = household.memberships.flatMap((one) =>
    groupsOf(one, today).map((group) => standingKey(group, one.memberId)),
  );
  const found = standings.length === 0 ? [] : await table.batchGet(standings);
  const meters = await ownMeters(table, household);
  return found.filter(Boolean).length + meters.length + (await countItems(table, participations(household)));
};

/** Takes the household's made-up names off every board. What a board counts of no one in particular stays. */
export const eraseCommunity = async (deps: EraseDeps, { erasureId, scope }: Erasing): Promise<StepAnswer> => {
  const today = localDate(deps.clock.now());
  const { households } = scope;
  await takeAway(deps, erasureId, {
    name: 'community',
    going: { store: 'community' },
    count: async () =>
      (await Promise.all(households.map((one) => countOf(deps.table, one, today)))).reduce((a, b) => a + b, 0),
    work: async () => {
      for (const household of households) await leave(deps.table, household, today);
      return true;
    },
  });
  return GO_ON;
};
