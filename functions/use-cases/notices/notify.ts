import { MESSAGE_CHANNELS, type NoticeKind } from '@hems/models/notices/kinds';
import type { Notice, NoticeSettings } from '@hems/shared/api/inbox';
import { happening, isTold, NOTICE_OF, type Happening } from '@hems/shared/events/bus';
import { NOTICE_FACTS } from '@hems/shared/events/notice-facts';
import type { BusEvent } from '../../ports/event-bus.ts';
import { ConditionFailed, type Put } from '../../ports/table.ts';
import { hasAgreed } from '../privacy/has-consent.ts';
import { readPerson } from '../members/people.ts';
import { messagePut, newMessage, type KeptMessage, type Message } from '../stores/outbox.ts';
import { noticeIdOf, noticePut, readSent, readSettings, saidPut, wasSaid, type Saying } from '../stores/notices.ts';
import { countPushTargets } from '../stores/push-targets.ts';
import { addresseesOf } from './addressees.ts';
import { decideMessage } from './decide-message.ts';
import type { NoticeDeps } from './deps.ts';
import { pathOf } from './path-of.ts';
import { sendMessage } from './send-message.ts';

/** How many people were told, had been told before, or want not to be; and what came of the messages that could go at once. */
export type NotifyReport = {
  readonly told: number;
  readonly repeated: number;
  readonly unwanted: number;
  readonly sent: number;
  /** messages that could not be sent at once */
  readonly failed: number;
  /** from what happened until it was in an inbox, and until a message of it was sent */
  readonly delaysMs: readonly number[];
};

type Telling = { readonly kind: NoticeKind; readonly detail: Happening; readonly saying: Saying };

const isReachable = async (deps: NoticeDeps, sub: string, channel: 'push' | 'email'): Promise<boolean> =>
  channel === 'push' ? (await countPushTargets(deps.table, sub)) > 0 : (await readPerson(deps, sub)) !== undefined;

const untilMsOf = ({ kind, detail }: Telling): number | undefined =>
  kind === 'event-invitation' ? NOTICE_FACTS[kind].parse(detail.facts).startsMs : undefined;

/** A message for each channel that may carry the notice at some time. */
const messagesOf = async (
  deps: NoticeDeps,
  sub: string,
  { telling, notice, settings }: { telling: Telling; notice: Notice; settings: NoticeSettings },
): Promise<KeptMessage[]> => {
  const nowMs = deps.clock.now();
  const sent = await readSent(deps.table, sub);
  const untilMs = untilMsOf(telling);
  const made = MESSAGE_CHANNELS.map(async (channel): Promise<KeptMessage | undefined> => {
    const decision = await decideMessage(deps.table, { sub, notice, channel, untilMs, settings, sent }, nowMs);
    if (decision.when === 'never' || !(await isReachable(deps, sub, channel))) return undefined;
    const nextMs = decision.when === 'at' ? decision.atMs : nowMs;
    const until = untilMs !== undefined && { untilMs };
    const own = telling.detail.personId !== undefined && ({ personal: true } as const);
    const held = decision.when === 'at' && { freeMs: decision.atMs };
    const message: Message = { notice, channel, nextMs, attempts: 0, ...until, ...held, ...own };
    return newMessage(sub, message);
  });
  return (await Promise.all(made)).filter((one) => one !== undefined);
};

const isWanted = async (
  { table, clock }: NoticeDeps,
  { kind, detail: { householdId } }: Telling,
  { sub, settings }: { readonly sub: string; readonly settings: NoticeSettings },
): Promise<boolean> => {
  const { inbox, push, email } = settings.kinds[kind];
  if (kind === 'security') return true;
  if (!inbox && !push && !email) return false;
  if (kind !== 'marketing') return true;
  return householdId !== undefined && hasAgreed(table, { householdId, sub, purpose: 'marketing', nowMs: clock.now() });
};

type ToldPerson = {
  readonly outcome: 'told' | 'repeated' | 'unwanted';
  readonly messages: readonly KeptMessage[];
  readonly isInInbox?: boolean;
};

/** Notice, memory of it and messages in one transact: a person who was told has all of them, whoever dies then. */
const tellPerson = async (deps: NoticeDeps, sub: string, telling: Telling): Promise<ToldPerson> => {
  const { table, clock, ids } = deps;
  const { kind, detail, saying } = telling;
  if (await wasSaid(table, sub, saying)) return { outcome: 'repeated', messages: [] };
  const settings = await readSettings(table, sub);
  if (!(await isWanted(deps, telling, { sub, settings }))) return { outcome: 'unwanted', messages: [] };
  const nowMs = clock.now();
  const notice: Notice = {
    noticeId: noticeIdOf(nowMs, ids.next()),
    kind,
    householdId: saying.householdId,
    atMs: detail.atMs,
    readMs: null,
    facts: detail.facts,
    path: pathOf(kind, saying.householdId, detail.facts),
    ...(detail.correlationId !== undefined && { correlationId: detail.correlationId }),
  };
  const messages = await messagesOf(deps, sub, { telling, notice, settings });
  const isInInbox = kind === 'security' || settings.kinds[kind].inbox;
  const puts: Put[] = [
    saidPut(sub, saying, nowMs),
    ...(isInInbox ? [noticePut(sub, notice)] : []),
    ...messages.map(messagePut),
  ];
  try {
    await table.transact(puts.map((put) => ({ put })));
  } catch (error) {
    // told by another in between
    if (!(error instanceof ConditionFailed)) throw error;
    return { outcome: 'repeated', messages: [] };
  }
  return { outcome: 'told', messages, isInInbox };
};

const notifyPerson = async (deps: NoticeDeps, sub: string, telling: Telling): Promise<NotifyReport> => {
  const { outcome, messages, isInInbox = false } = await tellPerson(deps, sub, telling);
  const nowMs = deps.clock.now();
  const delaysMs = isInInbox ? [Math.max(0, nowMs - telling.detail.atMs)] : [];
  const went = { sent: 0, failed: 0 };
  // one after the other: of two messages that reach the weekly cap together, the first goes
  for (const { ref, message } of messages)
    if (message.nextMs <= nowMs) {
      const { outcome: fate, delayMs } = await sendMessage(deps, ref);
      if (fate === 'sent') went.sent += 1;
      if (fate === 'failed' || fate === 'abandoned') went.failed += 1;
      if (delayMs !== undefined) delaysMs.push(delayMs);
    }
  const one = (name: typeof outcome): number => (outcome === name ? 1 : 0);
  return { told: one('told'), repeated: one('repeated'), unwanted: one('unwanted'), ...went, delaysMs };
};

type Count = Exclude<keyof NotifyReport, 'delaysMs'>;
const sum = (reports: readonly NotifyReport[], name: Count): number =>
  reports.reduce((all, report) => all + report[name], 0);

/**
 * Tells the people whom an event of the bus is for: in the inbox at once, by push and e-mail as each has chosen. The same happening again is
 * told once, however often and in whatever order events come. Whom it could not tell is tried again with the event.
 */
export const notify = async (deps: NoticeDeps, event: BusEvent): Promise<NotifyReport> => {
  if (!isTold(event.type)) return { told: 0, repeated: 0, unwanted: 0, sent: 0, failed: 0, delaysMs: [] };
  const kind = NOTICE_OF[event.type];
  const detail = happening.parse(event.detail);
  // what has no sentence is refused here, not in the app of the reader
  NOTICE_FACTS[kind].parse(detail.facts);
  const telling = { kind, detail, saying: { kind, householdId: detail.householdId ?? null, key: detail.key } };
  const subs = await addresseesOf(deps.table, kind, detail);
  const outcomes = await Promise.allSettled(subs.map((sub) => notifyPerson(deps, sub, telling)));
  const errors = outcomes.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} of ${subs.length} people were not told`);
  const reports = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const total = (name: Count): number => sum(reports, name);
  return {
    told: total('told'),
    repeated: total('repeated'),
    unwanted: total('unwanted'),
    sent: total('sent'),
    failed: total('failed'),
    delaysMs: reports.flatMap((report) => report.delaysMs),
  };
};
