import { readPerson } from '../members/people.ts';
import {
  messageEnd,
  messageMove,
  readMessage,
  type KeptMessage,
  type Message,
  type MessageRef,
  unreadableEnd,
} from '../stores/outbox.ts';
import { readSent, readSettings, sentPut } from '../stores/notices.ts';
import { forgetPushTarget, readPushTargets } from '../stores/push-targets.ts';
import type { Put } from '../../ports/table.ts';
import { untilWon } from '../until-won.ts';
import { KINDS } from '@hems/models/notices/kinds';
import { isStillFor } from './addressees.ts';
import { mailOf, pushOf } from './compose.ts';
import { decideMessage } from './decide-message.ts';
import type { NoticeDeps } from './deps.ts';
import { unsubscribeToken } from './unsubscribe.ts';

/** Who takes a message has this long to send it; after that the next sweep does. Longer than a function may run. */
const LEASE_MS = 90_000;
/** Pauses after failures; after the last the message is given up. In all somewhat less than a day. */
const PAUSES_MS = [60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000, 6 * 3_600_000, 12 * 3_600_000];

export type Outcome =
  | 'sent'
  | 'waits'
  | 'failed'
  | 'abandoned'
  /** another sweep has it, or it is over */
  | 'elsewhere'
  /** the person left the home, or there is no address any more */
  | 'nobody'
  /** it is no message that we know how to send; it is over */
  | 'unreadable'
  | 'refused';
export type Sent = {
  readonly outcome: Outcome;
  readonly reason?: string;
  /** of one that was sent: since what it tells of happened, or since it was free to go */
  readonly delayMs?: number;
};

type Taken = { readonly outcome: 'taken'; readonly kept: KeptMessage; readonly untilMs: number } | Sent;

const end = async ({ table, clock }: NoticeDeps, kept: KeptMessage, outcome: Sent): Promise<Sent> => {
  await table.put(messageEnd(kept, clock.now()));
  return outcome;
};

const write = ({ table }: NoticeDeps, puts: readonly Put[]): Promise<void> =>
  table.transact(puts.map((put) => ({ put })));

type Found = { readonly outcome: 'found'; readonly kept: KeptMessage } | Sent;

/** The message as it is now, if it is to be looked at and still for this person. What is neither is over. */
const find = async (deps: NoticeDeps, ref: MessageRef, nowMs: number): Promise<Found> => {
  const kept = await readMessage(deps.table, ref);
  if (!kept) return { outcome: 'elsewhere' };
  if ('unreadable' in kept) {
    await deps.table.put(unreadableEnd(kept, nowMs));
    return { outcome: 'unreadable', reason: 'unreadable' };
  }
  if (kept.message.nextMs > nowMs) return { outcome: 'elsewhere' };
  const { notice, personal = false } = kept.message;
  const isFor = await isStillFor(deps.table, ref.sub, { ...notice, personal });
  return isFor ? { outcome: 'found', kept } : end(deps, kept, { outcome: 'nobody' });
};

/** Decides with what the person chose by now, and takes the message if it may go. Of several who try, one has it. */
const takeOnce = async (deps: NoticeDeps, ref: MessageRef): Promise<Taken> => {
  const { table, clock } = deps;
  const nowMs = clock.now();
  const found = await find(deps, ref, nowMs);
  if (found.outcome !== 'found') return found;
  const { kept } = found;
  const { notice, channel, untilMs, attempts } = kept.message;
  const [settings, sent] = await Promise.all([readSettings(table, ref.sub), readSent(table, ref.sub)]);
  // what was counted once is not counted again when it is tried again
  const isCounted = KINDS[notice.kind].countsToCap && attempts === 0;
  const counting = isCounted ? sent : { ...sent, atMs: [], pushedMs: [] };
  const candidate = { sub: ref.sub, notice, channel, untilMs, settings, sent: counting };
  const decision = await decideMessage(table, candidate, nowMs);
  if (decision.when === 'never') return end(deps, kept, { outcome: 'refused', reason: decision.why });
  if (decision.when === 'at') {
    const later = { nextMs: decision.atMs, freeMs: decision.atMs };
    await write(deps, messageMove(kept, { ...kept.message, ...later }, nowMs).puts);
    return { outcome: 'waits' };
  }
  const move = messageMove(kept, { ...kept.message, attempts: attempts + 1, nextMs: nowMs + LEASE_MS }, nowMs);
  await write(deps, [...move.puts, ...(isCounted ? [sentPut(ref.sub, sent, { channel, nowMs })] : [])]);
  return { outcome: 'taken', kept: move.kept, untilMs: decision.untilMs };
};

const languageOf = async (deps: NoticeDeps, sub: string): Promise<'ko' | 'en'> =>
  (await readPerson(deps, sub))?.language ?? 'ko';

/** A message that was taken, and when it is worth nothing any more. */
type Going = { readonly ref: MessageRef; readonly message: Message; readonly untilMs: number };

const push = async (deps: NoticeDeps, { ref: { sub }, message: { notice }, untilMs }: Going): Promise<boolean> => {
  const targets = await readPushTargets(deps, sub);
  const message = pushOf({ notice, language: await languageOf(deps, sub) });
  const outcomes = await Promise.allSettled(
    targets.map(async (target) => {
      const ttlSeconds = Math.max(0, Math.floor((untilMs - deps.clock.now()) / 1000));
      const answer = await deps.push.send(target, message, { ttlSeconds });
      if (answer === 'gone') await forgetPushTarget(deps, sub, { target, nowMs: deps.clock.now() });
      return answer;
    }),
  );
  const failed = outcomes.find((one) => one.status === 'rejected');
  const isTaken = outcomes.some((one) => one.status === 'fulfilled' && one.value === 'taken');
  // one phone that has it is enough: the others would ring a second time
  if (failed && !isTaken) throw failed.reason;
  return isTaken;
};

const email = async (deps: NoticeDeps, { ref: { sub }, message: { notice } }: Going): Promise<boolean> => {
  const person = await readPerson(deps, sub);
  if (!person || person.email === '') return false;
  const token = await unsubscribeToken(deps.keys, sub);
  const { letterhead } = deps;
  const { language, email: to } = person;
  await deps.mailer.send(notice.noticeId, mailOf({ notice, language, to, letterhead, unsubscribeToken: token }));
  return true;
};

const CARRY = { push, email };

/** A failure says nothing of what the service did with it; it is tried again later. */
const putBack = async (deps: NoticeDeps, kept: KeptMessage, error: unknown): Promise<Sent> => {
  const nowMs = deps.clock.now();
  const reason = error instanceof Error ? error.name : 'unknown';
  const pauseMs = PAUSES_MS[kept.message.attempts - 1];
  if (pauseMs === undefined) return end(deps, kept, { outcome: 'abandoned', reason });
  await write(deps, messageMove(kept, { ...kept.message, nextMs: nowMs + pauseMs }, nowMs).puts);
  return { outcome: 'failed', reason };
};

/** Sends one message of the outbox, if it may go now and nobody else has it. */
export const sendMessage = async (deps: NoticeDeps, ref: MessageRef): Promise<Sent> => {
  const taken = await untilWon(deps.pause, () => takeOnce(deps, ref));
  if (taken.outcome !== 'taken') return taken;
  const { kept, untilMs } = taken;
  let isSent: boolean;
  try {
    isSent = await CARRY[kept.message.channel](deps, { ref, message: kept.message, untilMs });
  } catch (error) {
    return putBack(deps, kept, error);
  }
  if (!isSent) return end(deps, kept, { outcome: 'nobody' });
  const { notice, freeMs = notice.atMs } = kept.message;
  return end(deps, kept, { outcome: 'sent', delayMs: Math.max(0, deps.clock.now() - freeMs) });
};
