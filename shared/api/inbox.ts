import * as z from 'zod/mini';
import { NOTICE_KINDS } from '@hems/models/notices/kinds';
import { facts } from '../events/bus.ts';
import { epochMs, nothing } from './nouns.ts';
import { route } from './route.ts';

/** Each kind has its own channels. `security` cannot be switched off in the inbox. */
const noticeKind = z.enum(NOTICE_KINDS);

export const notice = z.object({
  noticeId: z.string(),
  kind: noticeKind,
  householdId: z.nullable(z.string()),
  atMs: epochMs,
  readMs: z.nullable(epochMs),
  /** the facts by name, whole numbers with their unit in the name or opaque words; the app makes the sentence of them in its language */
  facts,
  /** where the app goes when it is opened */
  path: z.string(),
  /** of what brought it about, a message of a device or a request; the log tells of it under this id */
  correlationId: z.optional(z.string()),
});
export type Notice = z.infer<typeof notice>;

export const readInbox = route({
  name: 'readInbox',
  method: 'GET',
  path: '/v1/inbox',
  auth: 'resident',
  summary: 'What happened, newest first, 100 to a page, for 90 days',
  params: nothing,
  query: z.object({ cursor: z.optional(z.string().check(z.maxLength(500))) }),
  body: nothing,
  /** `unread`: of all pages */
  answer: z.object({ notices: z.array(notice), unread: z.int(), cursor: z.nullable(z.string()) }),
});

export const markRead = route({
  name: 'markRead',
  method: 'POST',
  path: '/v1/inbox/reads',
  auth: 'resident',
  summary: 'Marks notices as read',
  params: nothing,
  query: nothing,
  body: z.object({ noticeIds: z.array(z.string().check(z.maxLength(200))).check(z.minLength(1), z.maxLength(100)) }),
  answer: z.object({ unread: z.int() }),
});

const channels = z.object({ inbox: z.boolean(), push: z.boolean(), email: z.boolean() });
const hour = z.int().check(z.minimum(0), z.maximum(23));
export const noticeSettings = z.object({
  kinds: z.record(noticeKind, channels),
  /** Korean time; from 21 to 8 means overnight. Push and e-mail wait for its end; the inbox does not, nor does security */
  quiet: z.nullable(
    z
      .object({ fromHour: hour, toHour: hour })
      .check(z.refine(({ fromHour, toHour }) => fromHour !== toHour, 'quiet hours begin and end at different hours')),
  ),
  /** at most so many pushes and e-mails in seven days; security is not counted */
  weeklyCap: z.int().check(z.minimum(0), z.maximum(50)),
  /** won a month by household; the budget kind speaks when the month is projected to pass it */
  budgetWon: z
    .record(z.string().check(z.maxLength(64)), z.int().check(z.minimum(1000), z.maximum(10_000_000)))
    .check(z.refine((budgets) => Object.keys(budgets).length <= 50, 'at most 50 households')),
});
export type NoticeSettings = z.infer<typeof noticeSettings>;
const settingsAnswer = z.object({
  settings: noticeSettings,
  /** public key by which a browser subscribes to push; null where push is not set up */
  pushKey: z.nullable(z.string()),
  pushTargets: z.int(),
});

export const readNoticeSettings = route({
  name: 'readNoticeSettings',
  method: 'GET',
  path: '/v1/notice-settings',
  auth: 'resident',
  summary: 'Which notices reach the person by which channel',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: settingsAnswer,
});

export const setNoticeSettings = route({
  name: 'setNoticeSettings',
  method: 'PUT',
  path: '/v1/notice-settings',
  auth: 'resident',
  summary: 'Chooses channels, quiet hours, the weekly cap and budgets',
  params: nothing,
  query: nothing,
  body: noticeSettings,
  answer: settingsAnswer,
});

const pushTarget = z.object({
  endpoint: z.url({ protocol: /^https$/ }).check(z.maxLength(1000)),
  p256dh: z.string().check(z.regex(/^[A-Za-z0-9_-]{80,100}$/)),
  auth: z.string().check(z.regex(/^[A-Za-z0-9_-]{16,40}$/)),
});

export const addPushTarget = route({
  name: 'addPushTarget',
  method: 'POST',
  path: '/v1/push-targets',
  auth: 'resident',
  summary: 'Lets this browser or phone be woken',
  params: nothing,
  query: nothing,
  body: pushTarget,
  answer: settingsAnswer,
});

export const removePushTarget = route({
  name: 'removePushTarget',
  method: 'DELETE',
  path: '/v1/push-targets',
  auth: 'resident',
  summary: 'Wakes the person on this browser or phone no more',
  params: nothing,
  query: nothing,
  /** in the body: an address is kept out of the log of the front door */
  body: z.pick(pushTarget, { endpoint: true }),
  answer: settingsAnswer,
});

export const unsubscribe = route({
  name: 'unsubscribe',
  method: 'POST',
  path: '/v1/unsubscribes/{token}',
  auth: 'public',
  summary:
    'Ends advertising to the person whom a mail was for: by its own link or by the mail program (RFC 8058), free and without a sign-in',
  params: z.object({ token: z.string().check(z.minLength(1), z.maxLength(300)) }),
  query: nothing,
  body: z.object({ 'List-Unsubscribe': z.optional(z.literal('One-Click')) }),
  answer: z.object({ marketing: z.literal('off') }),
});
