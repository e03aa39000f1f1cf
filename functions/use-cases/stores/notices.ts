import * as z from 'zod';
import { DAY_MS, HOUR_MS } from '@hems/models/calendar/seoul';
import { ofLastWeek } from '@hems/models/notices/decide';
import { KINDS, NOTICE_KINDS, type Channels, type MessageChannel, type NoticeKind } from '@hems/models/notices/kinds';
import { notice, noticeSettings, type Notice, type NoticeSettings } from '@hems/shared/api/inbox';
import type { Pause } from '../../ports/pause.ts';
import type { Item, Key, Put, Table } from '../../ports/table.ts';
import { untilWon } from '../until-won.ts';

/**
 * What a person is told, `U#<sub>` of table `people`: `NOTICE#<notice>` the inbox, `SAID#…` of which happenings they were told,
 * `NOTICE-SETTINGS` what they chose, `NOTICE-SENT` when messages went.
 */
const KEPT_MS = 90 * DAY_MS;

const own = (sub: string, sk: string): Key => ({ table: 'people', pk: `U#${sub}`, sk });
const expiry = (ms: number): number => Math.ceil(ms / 1000);

const NOTICE = 'NOTICE#';
const noticeKey = (sub: string, noticeId: string): Key => own(sub, `${NOTICE}${noticeId}`);

/** Sorts by the time of telling. */
export const noticeIdOf = (toldMs: number, id: string): string => `${String(toldMs).padStart(13, '0')}-${id}`;
export const toldMsOf = (noticeId: string): number => Number(noticeId.slice(0, 13));

export const noticePut = (sub: string, { noticeId, ...data }: Notice): Put => ({
  ...noticeKey(sub, noticeId),
  data,
  expiresAt: expiry(toldMsOf(noticeId) + KEPT_MS),
});

const parseNotice = (sk: string, data: unknown): Notice =>
  z.parse(notice, { ...z.record(z.string(), z.unknown()).parse(data), noticeId: sk.slice(NOTICE.length) });

/** Newest first; without a limit, all of them. */
export const listNotices = async (
  table: Table,
  sub: string,
  page: { readonly limit?: number; readonly cursor?: string | undefined } = {},
): Promise<{ notices: Notice[]; cursor: string | null }> => {
  const { limit, cursor: from } = page;
  const { items, cursor } = await table.query({
    table: 'people',
    value: `U#${sub}`,
    prefix: NOTICE,
    descending: true,
    ...(limit !== undefined && { limit }),
    ...(from !== undefined && { cursor: from }),
  });
  return { notices: items.map(({ sk, data }) => parseNotice(sk, data)), cursor: cursor ?? null };
};

/** Those of the notices that are there. */
export const readNotices = async (table: Table, sub: string, noticeIds: readonly string[]): Promise<Notice[]> => {
  const items = await table.batchGet([...new Set(noticeIds)].map((noticeId) => noticeKey(sub, noticeId)));
  return items.flatMap((item) => (item ? [parseNotice(item.sk, item.data)] : []));
};

/** Of what, and to whom: the same happening again within the time of its kind finds this item. */
export type Saying = { readonly kind: NoticeKind; readonly householdId: string | null; readonly key: string };
const saidKey = (sub: string, { kind, householdId, key }: Saying): Key =>
  own(sub, `SAID#${kind}#${householdId ?? ''}#${key}`);

export const wasSaid = async (table: Table, sub: string, saying: Saying): Promise<boolean> =>
  (await table.get(saidKey(sub, saying))) !== undefined;

export const saidPut = (sub: string, saying: Saying, nowMs: number): Put => ({
  ...saidKey(sub, saying),
  data: {},
  expiresAt: expiry(nowMs + KINDS[saying.kind].sameForHours * HOUR_MS),
  if: { absent: true },
});

/** One a day beside the events that were joined is the most that reads well; five a week the most that is borne (frontend.md 9.8). */
const WEEKLY_CAP = 5;
const QUIET = { fromHour: 21, toHour: 8 };
const channelsByKind = (chosen: (kind: NoticeKind) => Channels): NoticeSettings['kinds'] => ({
  'unusual-use': chosen('unusual-use'),
  'tier-ahead': chosen('tier-ahead'),
  budget: chosen('budget'),
  'event-invitation': chosen('event-invitation'),
  'event-result': chosen('event-result'),
  'device-offline': chosen('device-offline'),
  'reward-paid': chosen('reward-paid'),
  'challenge-end': chosen('challenge-end'),
  'weekly-summary': chosen('weekly-summary'),
  security: chosen('security'),
  marketing: chosen('marketing'),
});
const defaults = (): NoticeSettings => ({
  kinds: channelsByKind((kind) => ({ ...KINDS[kind].channels })),
  quiet: QUIET,
  weeklyCap: WEEKLY_CAP,
  budgetWon: {},
});

const settingsKey = (sub: string): Key => own(sub, 'NOTICE-SETTINGS');
const chosenKinds = z.object({ kinds: z.partialRecord(z.enum(NOTICE_KINDS), z.unknown()) });

/** What the person chose; a kind that is newer than their choice has its default. */
const settingsOf = (item: Item | undefined): NoticeSettings => {
  if (!item) return defaults();
  const { kinds } = chosenKinds.parse(item.data);
  const whole = { ...z.record(z.string(), z.unknown()).parse(item.data), kinds: { ...defaults().kinds, ...kinds } };
  return z.parse(noticeSettings, whole);
};

export const readSettings = async (table: Table, sub: string): Promise<NoticeSettings> =>
  settingsOf(await table.get(settingsKey(sub)));

/** As the person says them now, whatever they said before. */
export const putSettings = (table: Table, sub: string, data: NoticeSettings): Promise<void> =>
  table.put({ ...settingsKey(sub), data });

/** Changes a part of what was chosen; what the person chooses in between is not written over. */
export const changeSettings = (
  { table, pause }: { readonly table: Table; readonly pause: Pause },
  sub: string,
  change: (settings: NoticeSettings) => NoticeSettings,
): Promise<void> =>
  untilWon(pause, async () => {
    const item = await table.get(settingsKey(sub));
    const data = change(settingsOf(item));
    await table.put({ ...settingsKey(sub), data, if: item ? { version: item.version } : { absent: true } });
  });

const sent = z.object({ atMs: z.array(z.int()), pushedMs: z.array(z.int()) });
/** When messages that count went to the person in the last seven days, and the pushes among them, as read at `version`. */
export type Sent = z.infer<typeof sent> & { readonly version: number };
const sentKey = (sub: string): Key => own(sub, 'NOTICE-SENT');

export const readSent = async (table: Table, sub: string): Promise<Sent> => {
  const item = await table.get(sentKey(sub));
  return item ? { ...sent.parse(item.data), version: item.version } : { atMs: [], pushedMs: [], version: 0 };
};

/** With one more. */
export const sentPut = (
  sub: string,
  { atMs, pushedMs, version }: Sent,
  { channel, nowMs }: { readonly channel: MessageChannel; readonly nowMs: number },
): Put => ({
  ...sentKey(sub),
  data: {
    atMs: [...ofLastWeek(atMs, nowMs), nowMs],
    pushedMs: [...ofLastWeek(pushedMs, nowMs), ...(channel === 'push' ? [nowMs] : [])],
  },
  if: version === 0 ? { absent: true } : { version },
});
