import { askedPauseMs, nextTryMs } from '@hems/models/partner/retries';
import { canonicalHash } from '../canonical-hash.ts';
import type { Endpoint } from '../stores/webhook-endpoints.ts';
import type { Delivery } from '../stores/webhook-deliveries.ts';
import type { Posted } from './post.ts';

/** After so many messages given up in a row an endpoint is broken: nothing more is posted until the partner has mended it. */
const DEAD_IN_A_ROW = 5;
const SLOW_DOWN = [429, 503];
const JITTER_DIGITS = 8;

/** Spreads what failed together, and is the same whoever computes it. */
const jitterOf = (deliveryId: string, tries: number): number =>
  Number.parseInt(canonicalHash([deliveryId, tries]).slice(0, JITTER_DIGITS), 16) / 16 ** JITTER_DIGITS;

/** The message after an attempt: delivered, to be tried again at a time, or dead. */
export const deliveryAfter = (before: Delivery, { attempt, retryAfter }: Posted, nowMs: number): Delivery => {
  const tries = before.tries + 1;
  const tried = { ...before, tries, attempts: [...before.attempts, attempt] };
  if (attempt.reason === 'delivered') return { ...tried, state: 'delivered', why: null, nextAtMs: null };
  if (attempt.reason === 'gone') return { ...tried, state: 'dead', why: 'endpoint-disabled', nextAtMs: null };
  const askedMs = SLOW_DOWN.includes(attempt.status ?? 0) ? askedPauseMs(retryAfter, nowMs) : undefined;
  const next = nextTryMs({ tries, nowMs, jitter: jitterOf(before.deliveryId, tries), askedMs });
  return next === undefined
    ? { ...tried, state: 'dead', why: 'delivery-failed', nextAtMs: null }
    : { ...tried, nextAtMs: next };
};

/** What the fate of a message changes of its endpoint; undefined: nothing. */
export const endpointAfter = (before: Endpoint, { state, why }: Delivery, nowMs: number): Endpoint | undefined => {
  if (before.status !== 'active') return undefined;
  if (state === 'delivered') return before.deadInARow === 0 ? undefined : { ...before, deadInARow: 0 };
  if (why === 'endpoint-disabled') return { ...before, status: 'disabled', why: 'gone', statusAtMs: nowMs };
  if (why !== 'delivery-failed') return undefined;
  const deadInARow = before.deadInARow + 1;
  return deadInARow < DEAD_IN_A_ROW
    ? { ...before, deadInARow }
    : { ...before, deadInARow, status: 'broken', why: 'dead-letters', statusAtMs: nowMs };
};
