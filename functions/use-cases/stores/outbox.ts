import * as z from 'zod';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { MESSAGE_CHANNELS } from '@hems/models/notices/kinds';
import { notice } from '@hems/shared/api/inbox';
import type { Item, Key, Put, Table } from '../../ports/table.ts';

/**
 * Messages that are still to go, `U#<sub>` / `SEND#<next ms>#<notice>#<channel>` of table `people`, in index `i1` under `SEND`. The key says
 * when somebody has to look at it, so whatever waits stands behind what is due, and moving that time moves the item. Written with the
 * notice in one transact, so a message outlives whoever was to send it.
 */
const message = z.object({
  notice: z.custom<z.output<typeof notice>>((value) => notice.safeParse(value).success),
  channel: z.enum(MESSAGE_CHANNELS),
  /** what it is about has begun by then */
  untilMs: z.exactOptional(z.int()),
  /** when it was first free to go, where something held it back: quiet hours, or the week's cap */
  freeMs: z.exactOptional(z.int()),
  /** the happening is this person's own, whatever their role in the home */
  personal: z.exactOptional(z.literal(true)),
  /** nobody touches it before: it is not due, is being sent, or failed a moment ago */
  nextMs: z.int(),
  attempts: z.int(),
});
export type Message = z.infer<typeof message>;
export type MessageRef = { readonly sub: string; readonly sk: string };
export type KeptMessage = { readonly ref: MessageRef; readonly message: Message; readonly version: number };
/** An item that makes no message: an older or newer version of us wrote it. */
export type Unreadable = { readonly unreadable: Item };

const OUTBOX = 'SEND';
const KEPT_MS = 7 * DAY_MS;
const keyOf = ({ sub, sk }: MessageRef): Key => ({ table: 'people', pk: `U#${sub}`, sk });
const stamp = (ms: number): string => String(ms).padStart(13, '0');

/** A message that nobody has seen. */
export const newMessage = (sub: string, data: Message): KeptMessage => ({
  ref: { sub, sk: `${OUTBOX}#${stamp(data.nextMs)}#${data.notice.noticeId}#${data.channel}` },
  message: data,
  version: 0,
});

/** The write of a message that was read at `version`, or is new (0). */
export const messagePut = ({ ref, message: data, version }: KeptMessage): Put => ({
  ...keyOf(ref),
  data,
  i1: OUTBOX,
  expiresAt: Math.ceil((data.nextMs + KEPT_MS) / 1000),
  if: version === 0 ? { absent: true } : { version },
});

/** The write by which a message is over: it leaves the outbox and every read. */
export const messageEnd = ({ ref, message: data, version }: KeptMessage, nowMs: number): Put => ({
  ...keyOf(ref),
  data,
  expiresAt: Math.floor(nowMs / 1000),
  if: { version },
});

/** The same of what cannot be read; its words stay until the table forgets them. */
export const unreadableEnd = ({ unreadable: { table, pk, sk, data, version } }: Unreadable, nowMs: number): Put => ({
  table,
  pk,
  sk,
  data,
  expiresAt: Math.floor(nowMs / 1000),
  if: { version },
});

/** The message as it goes on, with the writes by which it does: at another time it has another key. */
export const messageMove = (
  kept: KeptMessage,
  data: Message,
  nowMs: number,
): { readonly puts: readonly Put[]; readonly kept: KeptMessage } => {
  const moved = newMessage(kept.ref.sub, data);
  if (moved.ref.sk !== kept.ref.sk)
    return { puts: [messageEnd(kept, nowMs), messagePut(moved)], kept: { ...moved, version: 1 } };
  const same = { ...kept, message: data };
  return { puts: [messagePut(same)], kept: { ...same, version: kept.version + 1 } };
};

export const readMessage = async (table: Table, ref: MessageRef): Promise<KeptMessage | Unreadable | undefined> => {
  const item = await table.get(keyOf(ref));
  if (!item) return undefined;
  const parsed = message.safeParse(item.data);
  return parsed.success ? { ref, message: parsed.data, version: item.version } : { unreadable: item };
};

/** By an index that may lag: whoever sends one reads it again. */
export const dueMessages = async (table: Table, nowMs: number, limit: number): Promise<MessageRef[]> => {
  const to = `${OUTBOX}#${stamp(nowMs)}~`;
  const { items } = await table.query({ table: 'people', by: 'i1', value: OUTBOX, from: `${OUTBOX}#`, to, limit });
  return items.map(({ pk, sk }) => ({ sub: pk.slice('U#'.length), sk }));
};
