import * as z from 'zod';
import { monthItem, type MonthItem } from '@hems/models/day/month-value';
import type { Item, Key, Put, Table } from '../../ports/table.ts';

/** Monthly items, `MON#<yyyy-mm>` of table `energy`: sums of the daily ones, written with them, kept as long. */
const PREFIX = 'MON#';
const key = (householdId: string, month: string): Key => ({
  table: 'energy',
  pk: `H#${householdId}`,
  sk: `${PREFIX}${month}`,
});
const parse = ({ data }: Item): MonthItem => z.parse(monthItem, data);

/** The write of a month that was read at `version`, or not there (0). */
export const monthPut = (householdId: string, { month, version }: { month: MonthItem; version: number }): Put => ({
  ...key(householdId, month.month),
  data: month,
  if: version === 0 ? { absent: true } : { version },
});

/** `YYYY-MM`, both inclusive, ascending. */
export const readMonths = async (
  table: Table,
  householdId: string,
  [from, to]: readonly [string, string],
): Promise<{ month: MonthItem; version: number }[]> => {
  const range = { from: `${PREFIX}${from}`, to: `${PREFIX}${to}` };
  const { items } = await table.query({ table: 'energy', value: `H#${householdId}`, ...range });
  return items.map((item) => ({ month: parse(item), version: item.version }));
};

/** Of several households the month, where they have one. */
export const monthsAmong = async (
  table: Table,
  householdIds: readonly string[],
  month: string,
): Promise<{ readonly householdId: string; readonly month: MonthItem }[]> => {
  if (householdIds.length === 0) return [];
  const items = await table.batchGet(householdIds.map((householdId) => key(householdId, month)));
  return items.flatMap((item, i) => {
    const householdId = householdIds[i];
    return item && householdId !== undefined ? [{ householdId, month: parse(item) }] : [];
  });
};
