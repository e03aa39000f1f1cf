import { createHash } from 'node:crypto';
import * as z from 'zod';
import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { KEPT_OUT } from '@hems/models/reading/kept-out';
import { ruleEvent } from '@hems/shared/events/rules';
import type { Item, Key, Page, Put, Query, Table } from '../../ports/table.ts';

/**
 * What ingest kept out, whole and with its reason: `QUARANTINE#<date received>` of table `operations`, in index `i1` under the telemetry id
 * it came by, `Q#<telemetry id>`. While it is held because our code or a table does not take it, in index `i2` under `Q-OURS#<date received>`.
 */
export const QUARANTINE_KEPT_DAYS = 30;

const entry = z.object({
  /** the message that was kept out, or the part of a batch that was, in the form in which it came */
  event: ruleEvent,
  reason: z.enum(KEPT_OUT),
  /** where in the message, and what was expected */
  detail: z.string(),
  state: z.enum(['held', 'replayed']),
});
export type Kept = z.infer<typeof entry>;
export type QuarantineEntry = Kept & { readonly id: string };

const partition = (date: LocalDate): string => `QUARANTINE#${date}`;
const indexOf = (telemetryId: string): string => `Q#${telemetryId}`;
/** A repair is ours to make: there may be nothing wrong with the message. */
const isOurs = ({ reason, state }: Kept): boolean => reason === 'cannot-be-taken' && state === 'held';
const oursOf = (date: LocalDate): string => `Q-OURS#${date}`;
const keyOf = (date: LocalDate, hash: string): Key => ({ table: 'operations', pk: partition(date), sk: hash });

/** The same message kept out for the same reason is one entry, however often it comes that day. */
const idOf = ({ event, reason }: Kept): { date: LocalDate; hash: string } => {
  const { household, gateway, channel, payload, received } = event;
  const hash = createHash('sha256')
    .update([reason, household, gateway, channel, payload].join('\n'))
    .digest('base64url');
  return { date: localDate(received), hash };
};

const toEntry = (item: Item): QuarantineEntry => ({
  ...entry.parse(item.data),
  id: `${item.pk.slice('QUARANTINE#'.length)}.${item.sk}`,
});

const keyOfId = (id: string): Key => keyOf(id.slice(0, 10), id.slice(11));

const entryPut = (key: Key, kept: Kept): Put => ({
  ...key,
  data: kept,
  expiresAt: Math.ceil(kept.event.received / 1000) + QUARANTINE_KEPT_DAYS * 86_400,
  i1: indexOf(kept.event.household),
  ...(isOurs(kept) && { i2: oursOf(localDate(kept.event.received)) }),
});

export const keep = async (table: Table, entries: readonly Kept[]): Promise<void> => {
  await Promise.all(
    entries.map((kept) => {
      const { date, hash } = idOf(kept);
      return table.put(entryPut(keyOf(date, hash), kept));
    }),
  );
};

export const listQuarantine = async (
  table: Table,
  { date, cursor, limit }: { date: LocalDate; cursor?: string | undefined; limit: number },
): Promise<{ entries: QuarantineEntry[]; cursor?: string }> => {
  const page: Page = await table.query({
    table: 'operations',
    value: partition(date),
    limit,
    ...(cursor !== undefined && { cursor }),
  });
  return { entries: page.items.map(toEntry), ...(page.cursor !== undefined && { cursor: page.cursor }) };
};

/** Where everything lies that came by the telemetry id. From an index, so a message of the last second may still be absent. */
export const keptOutOf = (telemetryId: string): Pick<Query, 'table' | 'by' | 'value'> => ({
  table: 'operations',
  by: 'i1',
  value: indexOf(telemetryId),
});

export const quarantineOf = async (
  table: Table,
  telemetryId: string,
  cursor?: string,
): Promise<{ entries: QuarantineEntry[]; cursor?: string }> => {
  const page = await table.query({ ...keptOutOf(telemetryId), limit: 100, ...(cursor !== undefined && { cursor }) });
  return { entries: page.items.map(toEntry), ...(page.cursor !== undefined && { cursor: page.cursor }) };
};

/** How many messages of a day are held because our code or a table does not take them; of more than a hundred, a hundred. */
export const countNotTaken = async (table: Table, date: LocalDate): Promise<number> =>
  (await table.query({ table: 'operations', by: 'i2', value: oursOf(date), limit: 100 })).items.length;

export const readQuarantine = async (table: Table, id: string): Promise<QuarantineEntry | undefined> => {
  const item = await table.get(keyOfId(id));
  return item && toEntry(item);
};

export const markReplayed = async (table: Table, { id, ...kept }: QuarantineEntry): Promise<void> =>
  table.put(entryPut(keyOfId(id), { ...kept, state: 'replayed' }));
