import { railKey, type PayoutEvent } from '@hems/models/ledger/payout';
import type { Told } from '@hems/shared/events/bus';
import type { EventBus } from '../ports/event-bus.ts';
import type { PaymentAnswer, Payments } from '../ports/payments.ts';
import { ConditionFailed } from '../ports/table.ts';
import { canonicalHash } from './canonical-hash.ts';
import type { LedgerDeps } from './stores/ledger.ts';
import { movePayout, readPayout, toldPut, waitingPayouts, type KeptPayout, type PayoutRef } from './stores/payouts.ts';

export type DispatchDeps = LedgerDeps & { readonly payments: Payments; readonly bus: EventBus };

/**
 * `waits`: the rail has the order, or a call may still be under way. `unanswered`: the rail could not be reached, or not asked.
 * `elsewhere`: another sweep has it, or it was over: only to be told still, or the index had not heard.
 */
export type Outcome = 'paid' | 'refused' | 'waits' | 'unanswered' | 'elsewhere';
export type DispatchReport = Readonly<Record<Outcome, number>> & {
  /** what the rail said when it did not answer */
  readonly reasons: readonly string[];
};
type Swept = { readonly outcome: Outcome; readonly reason?: string };

/**
 * A call may be under way for so long after it was written down: longer than a sweep may run (60 s in the cloud). Before, the
 * rail is not asked: it might say "never heard" of a call that arrives a moment later.
 */
export const CALL_MS = 120_000;
const AT_ONCE = 8;
/** The rail is asked about so many in a sweep. Payouts that are paid by hand wait for days, and keep nobody from being paid. */
export const MOST_ASKED = 400;

const MINUTE_MS = 60_000;

/** So many of those that wait; of more, each sweep of a minute takes the next, around and around. */
const inTurn = (refs: readonly PayoutRef[], nowMs: number): PayoutRef[] => {
  if (refs.length <= MOST_ASKED) return [...refs];
  const from = (Math.floor(nowMs / MINUTE_MS) * MOST_ASKED) % refs.length;
  return [...refs.slice(from), ...refs.slice(0, from)].slice(0, MOST_ASKED);
};

/**
 * Goes through the outbox once: first calls the rail for what is approved, then asks it about what it has not answered, then says of what was
 * paid and has not been told, by a sweep that died or a bus that did not answer, or because it was paid by hand.
 */
export const dispatchPayouts = async (deps: DispatchDeps): Promise<DispatchReport> => {
  const approved = await waitingPayouts(deps.table, 'approved');
  const unknown = await waitingPayouts(deps.table, 'unknown');
  const untold = await waitingPayouts(deps.table, 'paid');
  const swept: Swept[] = [];
  const errors: unknown[] = [];
  // One that fails on our side keeps no other from being paid.
  const take = (ref: PayoutRef): Promise<unknown> =>
    sweep(deps, ref).then(
      (one) => swept.push(one),
      (error: unknown) => errors.push(error),
    );
  const takeAll = async (refs: readonly PayoutRef[]): Promise<void> => {
    for (let from = 0; from < refs.length; from += AT_ONCE)
      await Promise.all(refs.slice(from, from + AT_ONCE).map(take));
  };
  await takeAll(approved.refs);
  await takeAll(inTurn(unknown.refs, deps.clock.now()));
  await takeAll(untold.refs);
  const tried = swept.length + errors.length;
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} of ${tried} payouts were not swept`);
  return reportOf(swept);
};

const reportOf = (swept: readonly Swept[]): DispatchReport => {
  const count = (wanted: Outcome): number => swept.filter(({ outcome }) => outcome === wanted).length;
  return {
    paid: count('paid'),
    refused: count('refused'),
    waits: count('waits'),
    unanswered: count('unanswered'),
    elsewhere: count('elsewhere'),
    reasons: swept.flatMap(({ reason }) => reason ?? []),
  };
};

const sweep = async (deps: DispatchDeps, ref: PayoutRef): Promise<Swept> => {
  const found = await readPayout(deps.table, ref);
  if (found?.payout.state === 'approved') return call(deps, found.payout);
  if (found?.payout.state === 'unknown') return ask(deps, found);
  await tell(deps, ref);
  return { outcome: 'elsewhere' };
};

/** Writes down that the rail is called, then calls it. A crash between the two leaves a question for a later sweep. */
const call = async (deps: DispatchDeps, payout: KeptPayout): Promise<Swept> => {
  const { householdId, unit, amount } = payout;
  const moved = await movePayout(deps, payout, { event: 'call' });
  if (moved?.outcome !== 'moved') return { outcome: 'elsewhere' };
  const answer = await answerOf(() => deps.payments.pay({ key: railKey(payout), householdId, unit, amount }));
  return typeof answer === 'string' ? record(deps, payout, answer) : answer;
};

const ask = async (
  deps: DispatchDeps,
  { payout, version }: { payout: KeptPayout; version: number },
): Promise<Swept> => {
  if (deps.clock.now() - payout.changedMs < CALL_MS) return { outcome: 'waits' };
  const answer = await answerOf(() => deps.payments.find(railKey(payout)));
  if (typeof answer !== 'string') return answer;
  if (answer !== 'never-heard') return record(deps, payout, answer);
  // It is said of the call that was asked about. Another sweep may have called anew since.
  const moved = await movePayout(deps, payout, { event: 'rail-never-heard', version });
  return moved?.outcome === 'moved' ? call(deps, moved.payout) : { outcome: 'elsewhere' };
};

/** An exception of the rail says nothing about the payment. */
const answerOf = async <A extends string>(question: () => Promise<A>): Promise<A | Swept> => {
  try {
    return await question();
  } catch (error) {
    return { outcome: 'unanswered', reason: error instanceof Error ? error.message : String(error) };
  }
};

/** Which payout it was, a reader of events is not told: the ledger keeps it for years after its household is forgotten. */
const paidNow = (payout: KeptPayout): Told => {
  const { householdId, unit, amount, changedMs } = payout;
  const key = canonicalHash(railKey(payout));
  return { type: 'reward.paid', detail: { householdId, atMs: changedMs, key, facts: { unit, amount } } };
};

/** Says that it was paid, then writes down that this was said: cut short between the two, it is said again under the same key. */
const tell = async ({ table, bus }: DispatchDeps, ref: PayoutRef): Promise<void> => {
  const found = await readPayout(table, ref);
  if (!found?.waits || found.payout.state !== 'paid') return;
  await bus.publish([paidNow(found.payout)]);
  try {
    await table.put(toldPut(found.payout, found.version));
  } catch (error) {
    // another sweep wrote the same in between; told again under the same key it is the same telling
    if (!(error instanceof ConditionFailed)) throw error;
  }
};

const EVENT: Record<PaymentAnswer, PayoutEvent> = { paid: 'rail-paid', declined: 'rail-declined' };
const record = async (deps: DispatchDeps, payout: KeptPayout, answer: PaymentAnswer | 'taken'): Promise<Swept> => {
  if (answer === 'taken') return { outcome: 'waits' };
  const moved = await movePayout(deps, payout, { event: EVENT[answer] });
  // Another sweep was first, or calls anew at this moment; the rail gives it the same answer.
  if (moved?.outcome !== 'moved') return { outcome: 'elsewhere' };
  if (answer === 'declined') return { outcome: 'refused' };
  await tell(deps, payout);
  return { outcome: 'paid' };
};
