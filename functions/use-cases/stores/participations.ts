import * as z from 'zod';
import { autoJoinRule, NO_AUTO_JOIN, type AutoJoinRule } from '@hems/models/incentive/auto-join';
import { eventInputs, type EventInputs } from '@hems/models/incentive/inputs';
import { NOT_ASKED, participation, takesPart, type Participation } from '@hems/models/incentive/participation';
import type { SavingEvent } from '@hems/models/incentive/saving-event';
import { shardOf } from '@hems/models/household/shard';
import type { LocalDate } from '@hems/models/calendar/seoul';
import type { Check, Item, Key, Page, Put, Table } from '../../ports/table.ts';

/**
 * How a household stands in saving events: `H#<household>` / `PART#<date>#<event>` of table `ledger`, one item per event, and its rule
 * for joining, `EVENT-RULE`. While it takes part, the item stands in index `i1` under `TAKES-PART#<event>#<bucket>`, so that all homes of
 * an event are found without a scan, and a hundred thousand of them do not share one partition.
 */
const PREFIX = 'PART#';
const BUCKETS = 16;
const partition = (householdId: string): string => `H#${householdId}`;
const key = (householdId: string, { date, eventId }: Pick<SavingEvent, 'date' | 'eventId'>): Key => ({
  table: 'ledger',
  pk: partition(householdId),
  sk: `${PREFIX}${date}#${eventId}`,
});
const eventIdOf = ({ sk }: Item): string => sk.slice(sk.indexOf('#', PREFIX.length) + 1);
const bucketOf = (eventId: string, bucket: number): string => `TAKES-PART#${eventId}#${bucket}`;
const parse = ({ data }: Item): Participation => z.parse(participation, data);

/** As it was read at `version`; 0: there is none, and `own` is that of a home that nobody asked. */
export type KeptParticipation = { readonly own: Participation; readonly version: number };

export const readParticipation = async (
  table: Table,
  householdId: string,
  event: Pick<SavingEvent, 'date' | 'eventId'>,
): Promise<KeptParticipation> => {
  const item = await table.get(key(householdId, event));
  return item ? { own: parse(item), version: item.version } : { own: NOT_ASKED, version: 0 };
};

/** By event id; both dates inclusive. */
export const participationsIn = async (
  table: Table,
  householdId: string,
  [from, to]: readonly [LocalDate, LocalDate],
): Promise<ReadonlyMap<string, KeptParticipation>> => {
  const range = { from: `${PREFIX}${from}`, to: `${PREFIX}${to}#~` };
  const { items } = await table.query({ table: 'ledger', value: partition(householdId), ...range });
  return new Map(items.map((item) => [eventIdOf(item), { own: parse(item), version: item.version }]));
};

/** Of one event, for several households; in their order. */
export const participationsOf = async (
  table: Table,
  event: SavingEvent,
  householdIds: readonly string[],
): Promise<KeptParticipation[]> => {
  if (householdIds.length === 0) return [];
  const items = await table.batchGet(householdIds.map((householdId) => key(householdId, event)));
  return items.map((item) => (item ? { own: parse(item), version: item.version } : { own: NOT_ASKED, version: 0 }));
};

/** The write of one that was read at `version`, or not there (0). */
export const participationPut = (
  householdId: string,
  event: SavingEvent,
  { own, version }: KeptParticipation,
): Put => ({
  ...key(householdId, event),
  data: own,
  ...(takesPart(event, own) && { i1: bucketOf(event.eventId, shardOf(householdId) % BUCKETS) }),
  if: version === 0 ? { absent: true } : { version },
});

/** That it is still as it was read. */
export const participationCheck = (
  householdId: string,
  event: SavingEvent,
  { version }: Pick<KeptParticipation, 'version'>,
): Check => ({ ...key(householdId, event), if: version === 0 ? { absent: true } : { version } });

const PAGE = 500;
type Participant = { readonly householdId: string; readonly own: Participation };

async function* bucketPages(table: Table, value: string): AsyncGenerator<Participant[]> {
  let cursor: string | undefined;
  do {
    const page: Page = await table.query({
      table: 'ledger',
      by: 'i1',
      value,
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    yield page.items.map((item) => ({ householdId: item.pk.slice('H#'.length), own: parse(item) }));
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** The homes that take part in an event, a page at a time: each bucket by itself. The index may lag behind what was written last. */
export const participantPages = (table: Table, eventId: string): AsyncGenerator<Participant[]>[] =>
  Array.from({ length: BUCKETS }, (_, bucket) => bucketPages(table, bucketOf(eventId, bucket)));

const ruleKey = (householdId: string): Key => ({ table: 'ledger', pk: partition(householdId), sk: 'EVENT-RULE' });
const preparedKey = (householdId: string, { date, eventId }: SavingEvent): Key => ({
  table: 'ledger',
  pk: partition(householdId),
  sk: `PREPARED#${date}#${eventId}`,
});
/** Longer than anybody works on a provisional result. */
const PREPARED_KEPT_S = 2 * 86_400;

/**
 * What the event will be held against in the home, worked out while it runs: `PREPARED#<date>#<event>` for two days. When it has ended, its
 * own hours alone are left to read.
 */
export const readPrepared = async (
  table: Table,
  householdId: string,
  event: SavingEvent,
): Promise<EventInputs | undefined> => {
  const item = await table.get(preparedKey(householdId, event));
  return item && z.parse(eventInputs, item.data);
};

export const putPrepared = (
  table: Table,
  { householdId, event, nowMs }: { readonly householdId: string; readonly event: SavingEvent; readonly nowMs: number },
  inputs: EventInputs,
): Promise<void> =>
  table.put({
    ...preparedKey(householdId, event),
    data: inputs,
    expiresAt: Math.ceil(nowMs / 1000) + PREPARED_KEPT_S,
  });

/** As it was read at `version`; 0: the home has none. */
export type KeptRule = { readonly rule: AutoJoinRule; readonly version: number };
const ruleOf = (item: Item | undefined): KeptRule =>
  item ? { rule: z.parse(autoJoinRule, item.data), version: item.version } : { rule: NO_AUTO_JOIN, version: 0 };

export const readAutoJoin = async (table: Table, householdId: string): Promise<KeptRule> =>
  ruleOf(await table.get(ruleKey(householdId)));

/** Of several households, in their order. */
export const autoJoinsOf = async (table: Table, householdIds: readonly string[]): Promise<KeptRule[]> =>
  householdIds.length === 0 ? [] : (await table.batchGet(householdIds.map(ruleKey))).map(ruleOf);

/** The write of a rule that was read at `version`, or not there (0). What it decides takes turns by it. */
export const autoJoinPut = (householdId: string, { rule, version }: KeptRule): Put => ({
  ...ruleKey(householdId),
  data: rule,
  if: version === 0 ? { absent: true } : { version },
});
