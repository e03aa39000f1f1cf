import * as z from 'zod';
import { DAY_MS, dayStart, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { railKey } from '@hems/models/ledger/payout';
import type { Ids } from '../../ports/ids.ts';
import type { Item, Key, Put, Table, Write } from '../../ports/table.ts';
import type { HouseholdScope } from '../stores/erasures.ts';
import { handPaymentKey } from '../stores/hand-payments.ts';
import type { Part } from './erase-items.ts';

/**
 * What the law keeps of a household's ledger: entries, payers' confirmations and payouts that were paid, with amount, programme and period.
 * They move to a random name. What they were worked out from (`INPUTS#…`) holds measured use and does not: the hash of it stays in the entry.
 */
export const ledgerOf = ({ householdId }: Pick<HouseholdScope, 'householdId'>): Part => ({
  table: 'ledger',
  value: `H#${householdId}`,
});

/** Records of payments: five years (Enforcement Decree of the E-Commerce Act, article 6; korea.md 7). */
const KEPT_MS = 5 * 366 * DAY_MS;

const isTime = (name: string): boolean => name === 'ms' || name.endsWith('Ms');

/** Times to the day: the millisecond of an entry stands in logs and events beside the household's id, and would lead from there to here. */
const coarse = (data: unknown): { readonly data: unknown; readonly lastMs: number } => {
  let lastMs = 0;
  const reviver = (name: string, value: unknown): unknown => {
    if (!isTime(name) || typeof value !== 'number') return value;
    const day = dayStart(localDate(value));
    lastMs = Math.max(lastMs, day);
    return day;
  };
  return { data: JSON.parse(JSON.stringify(data), reviver), lastMs };
};

const PAY = 'PAY#';
const payout = z.object({ state: z.string() });

/** Epoch ms until which the law keeps the item; undefined: it does not. */
export const keptUntilMs = ({ sk, data }: Pick<Item, 'sk' | 'data'>, nowMs: number): number | undefined => {
  const isRecord = /^(ENTRY|CONF)#/.test(sk) || (sk.startsWith(PAY) && payout.parse(data).state === 'paid');
  const untilMs = coarse(data).lastMs + KEPT_MS;
  return isRecord && untilMs > nowMs ? untilMs : undefined;
};

/** The last day of the last of them. */
export const lastDayOf = (items: readonly Item[], nowMs: number): LocalDate | null => {
  const until = items.flatMap((item) => keptUntilMs(item, nowMs) ?? []);
  return until.length === 0 ? null : localDate(Math.max(...until));
};

const keyOf = ({ table, pk, sk }: Key): Key => ({ table, pk, sk });

/** As it was but for its name, its data and when it goes. */
const moved = (
  item: Item,
  to: Key,
  { data, untilMs }: { readonly data: unknown; readonly untilMs: number },
): Write[] => {
  const { i2 } = item;
  const put: Put = {
    ...to,
    data: coarse(data).data,
    expiresAt: Math.ceil(untilMs / 1000),
    ...(i2 !== undefined && { i2 }),
  };
  return [{ put }, { delete: keyOf(item) }];
};

/** A record, and until when the law keeps it, epoch ms. */
type Kept = { readonly record: Item; readonly untilMs: number };

const isPayout = ({ sk }: Item): boolean => sk.startsWith(PAY);
const orderOf = (householdId: string, { sk }: Pick<Key, 'sk'>): Key =>
  handPaymentKey(railKey({ householdId, payoutId: sk.slice(PAY.length) }));

const handOrder = z.looseObject({ householdId: z.string() });

/** The order by which a person paid by hand has the payout's name, so the two still agree when they are held against each other. */
const orderMoved = async (
  table: Table,
  { householdId, pseudonym }: HouseholdScope,
  { record, untilMs, sk }: Kept & Pick<Key, 'sk'>,
): Promise<Write[]> => {
  const order = await table.get(orderOf(householdId, record));
  if (!order) return [];
  const data = { ...handOrder.parse(order.data), householdId: pseudonym };
  return moved(order, orderOf(pseudonym, { sk }), { data, untilMs });
};

/**
 * Gives the record its new name and takes the old one away, both or neither. A payout gets a new id as well: the old one was the resident's
 * to choose, and stands beside the household in logs and with the rail.
 */
export const moveRecord = async (
  { table, ids }: { readonly table: Table; readonly ids: Ids },
  household: HouseholdScope,
  { record, untilMs }: Kept,
): Promise<void> => {
  const sk = isPayout(record) ? `${PAY}${ids.next()}` : record.sk;
  const order = isPayout(record) ? await orderMoved(table, household, { record, untilMs, sk }) : [];
  const to = { table: record.table, pk: `H#${household.pseudonym}`, sk };
  await table.transact([...moved(record, to, { data: record.data, untilMs }), ...order]);
};

/** Takes away an item the law does not keep, and what a person was to pay by hand for it. */
export const dropItem = async (table: Table, { householdId }: HouseholdScope, item: Item): Promise<void> => {
  if (isPayout(item)) await table.delete(orderOf(householdId, item));
  await table.delete(keyOf(item));
};
