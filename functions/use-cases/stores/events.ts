import * as z from 'zod';
import type { LocalDate } from '@hems/models/calendar/seoul';
import { hoursOfEvent } from '@hems/models/incentive/saving-event';
import { savingEvent, type SavingEvent } from '@hems/shared/api/events';
import type { Key, Table, Write } from '../../ports/table.ts';

/**
 * Announced saving events, partition `EVENTS` of table `operations`: `EVENT#<date>#<event>`; `ID#<event>` leads to it; and
 * `HOUR#<programme>#<date>#<hour>` for each of its hours, so that two events of a programme cannot be announced for one hour.
 */
const PARTITION = 'EVENTS';
const key = (sk: string): Key => ({ table: 'operations', pk: PARTITION, sk });
const eventKey = (date: LocalDate, eventId: string): Key => key(`EVENT#${date}#${eventId}`);
const idKey = (eventId: string): Key => key(`ID#${eventId}`);
const hourKeys = (event: SavingEvent): Key[] =>
  hoursOfEvent(event).map((hour) => key(`HOUR#${event.programme}#${event.date}#${String(hour).padStart(2, '0')}`));

const link = z.object({
  date: z.string(),
  /** the partner that announced it; absent: our operator */
  partnerId: z.optional(z.string()),
});
const holder = z.object({ eventId: z.string() });

export type Announcer = { readonly partnerId: string } | undefined;
/** Who announced the event; undefined where an operator did. */
export const readAnnouncer = async (table: Table, eventId: string): Promise<Announcer> => {
  const found = await table.get(idKey(eventId));
  const partnerId = found && link.parse(found.data).partnerId;
  return partnerId === undefined ? undefined : { partnerId };
};

export const readEvent = async (table: Table, eventId: string): Promise<SavingEvent | undefined> => {
  const found = await table.get(idKey(eventId));
  const item = found && (await table.get(eventKey(link.parse(found.data).date, eventId)));
  return item && z.parse(savingEvent, item.data);
};

/** Both dates inclusive, ascending. */
export const readEvents = async (table: Table, [from, to]: readonly [LocalDate, LocalDate]): Promise<SavingEvent[]> => {
  const range = { from: `EVENT#${from}`, to: `EVENT#${to}#~` };
  const { items } = await table.query({ table: 'operations', value: PARTITION, ...range });
  return items.map(({ data }) => z.parse(savingEvent, data));
};

export type ReadEvents = (days: readonly [LocalDate, LocalDate]) => Promise<SavingEvent[]>;

/**
 * Reads the events of the same days once, for the households of one shard: all of them ask, and the events are one partition. What
 * is announced meanwhile is not seen. A read that failed is made again by the next who asks.
 */
export const readingOnce = (table: Table): ReadEvents => {
  const read = new Map<string, Promise<SavingEvent[]>>();
  return (days) => {
    const name = days.join();
    const known = read.get(name);
    if (known) return known;
    const events = readEvents(table, days);
    read.set(name, events);
    events.catch(() => read.delete(name));
    return events;
  };
};

/** How far the provisional results of an event are: `PROVISIONAL#<event>`; gone when nobody asks any more. */
const progress = z.object({
  /** goes over its homes that are behind it */
  passes: z.int(),
  /** parts of the homes that the present one has gone over */
  parts: z.int(),
  /** until then somebody is at it */
  leasedMs: z.int(),
});
export type Progress = z.infer<typeof progress> & { readonly version: number };
const progressKey = (eventId: string): Key => key(`PROVISIONAL#${eventId}`);
const NO_PROGRESS: Progress = { passes: 0, parts: 0, leasedMs: 0, version: 0 };

/** In the order of the events. */
export const readProgress = async (table: Table, eventIds: readonly string[]): Promise<Progress[]> =>
  eventIds.length === 0
    ? []
    : (await table.batchGet(eventIds.map(progressKey))).map((item) =>
        item ? { ...progress.parse(item.data), version: item.version } : NO_PROGRESS,
      );

const PROGRESS_KEPT_S = 7 * 86_400;
/** Writes what was read at `version`; ConditionFailed where another was faster. */
export const putProgress = (
  table: Table,
  eventId: string,
  { version, ...data }: Progress & { readonly nowMs: number },
): Promise<void> =>
  table.put({
    ...progressKey(eventId),
    data: progress.parse(data),
    expiresAt: Math.ceil(data.nowMs / 1000) + PROGRESS_KEPT_S,
    if: version === 0 ? { absent: true } : { version },
  });

/** The event of the programme that holds one of the hours already. */
export const holderOfHours = async (table: Table, event: SavingEvent): Promise<string | undefined> => {
  const held = (await table.batchGet(hourKeys(event))).find((item) => item !== undefined);
  return held && holder.parse(held.data).eventId;
};

/** A new event with its id and its hours; ConditionFailed where one of them is taken. */
export const putEvent = (table: Table, event: SavingEvent, by?: Announcer): Promise<void> => {
  const absent = { if: { absent: true } } as const;
  const { eventId, date } = event;
  const writes: Write[] = [
    { put: { ...eventKey(date, eventId), data: event, ...absent } },
    { put: { ...idKey(eventId), data: { date, ...by }, ...absent } },
    ...hourKeys(event).map((hour): Write => ({ put: { ...hour, data: { eventId }, ...absent } })),
  ];
  return table.transact(writes);
};
