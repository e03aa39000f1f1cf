import * as z from 'zod/mini';
import { epochMs, localDate, nothing } from './nouns.ts';
import { route } from './route.ts';

/**
 * 128 random bits or more, made by whoever asks: who holds the id of an erasure may read its receipt, also when the first answer was lost
 * and no account is left to ask with.
 */
const erasureId = z.string().check(z.regex(/^[A-Za-z0-9_-]{22,64}$/));

/** Where something of a household or a person may be. */
export const ERASED_STORES = [
  'homes',
  'energy',
  'history',
  'objects',
  'devices',
  'community',
  'operations',
  'ledger',
  'people',
  'account',
  'keys',
  'session',
  'backups',
  'logs',
  'key-logs',
  'object-logs',
  'event-archive',
  'dead-letters',
] as const;

export const receiptLine = z.object({
  store: z.enum(ERASED_STORES),
  /** `kept-until`: it cannot be taken out of the store, and leads to nobody any more */
  outcome: z.enum(['deleted', 'shredded', 'pseudonymised', 'nothing-there', 'kept-until']),
  /** items, files, gateways; 0 where they cannot be counted */
  count: z.int(),
  /** the last day of what remains */
  until: z.nullable(localDate),
  /** why something remains */
  reason: z.nullable(
    z.enum([
      /** five years, records of payments (전자상거래법 시행령 제6조) */
      'payment-records',
      /** copies that are only ever restored as a whole */
      'backup',
      /** opaque ids, which lead nowhere now, in a record of what the system did */
      'system-record',
      /** the store deletes by age only; what names the household there leads nowhere now */
      'deletes-by-age',
      /** access tokens given out before are refused for a day */
      'open-sessions',
    ]),
  ),
});
export type ReceiptLine = z.infer<typeof receiptLine>;

/** `payout`: one that was asked for comes to its end. `resident`: whoever holds the id says what becomes of the balance (`settleErasure`) */
export const waitsFor = z.enum(['payout', 'resident']);

const owed = z.object({
  /** can be paid out now */
  withdrawable: z.int(),
  /** can be once a partner's settlement file is approved */
  toCome: z.int(),
});

/** Names nobody. */
export const erasureReport = z.object({
  erasureId,
  subject: z.enum(['household', 'account']),
  /** `waiting`: all measured data are gone, the ledger is not; `waitsFor` says for what. `failed`: it is tried again by itself */
  state: z.enum(['waiting', 'erasing', 'erased', 'failed']),
  waitsFor: z.nullable(waitsFor),
  /** what would be lost with the ledger while it waits for the resident: whole won, whole points */
  balance: z.nullable(z.object({ won: owed, points: owed })),
  askedMs: epochMs,
  erasedMs: z.nullable(epochMs),
  receipt: z.array(receiptLine),
  /** rows that a scan of every store found afterwards, beside those the receipt names; null: not scanned yet */
  found: z.nullable(z.int()),
});
export type ErasureReport = z.infer<typeof erasureReport>;

const asked = {
  erasureId,
  confirm: z.literal('erase'),
  /** gives up what is still to be paid out. Without it an erasure that would cost the household its balance, or what a partner's file will add, is refused (`balance-left`) */
  forfeit: z.optional(z.boolean()),
};

export const eraseHousehold = route({
  name: 'eraseHousehold',
  method: 'POST',
  path: '/v1/erasures',
  auth: 'resident',
  summary: 'Erases a household with all its readings; the decision of its only owner, and not to be undone',
  params: nothing,
  query: nothing,
  // in the body: the household is closed at once, and whoever asks again is answered with the same erasure
  body: z.object({ householdId: z.string().check(z.minLength(1), z.maxLength(64)), ...asked }),
  answer: erasureReport,
});

export const eraseAccount = route({
  name: 'eraseAccount',
  method: 'POST',
  path: '/v1/account/erasures',
  auth: 'resident',
  summary: 'Erases the account; households of which it is the only member go with it',
  params: nothing,
  query: nothing,
  body: z.object(asked),
  answer: erasureReport,
});

export const readErasure = route({
  name: 'readErasure',
  method: 'GET',
  path: '/v1/erasures/{erasureId}',
  auth: 'public',
  summary: 'The receipt of an erasure, for whoever holds its id',
  params: z.object({ erasureId }),
  query: nothing,
  body: nothing,
  answer: erasureReport,
});

export const settleErasure = route({
  name: 'settleErasure',
  method: 'POST',
  path: '/v1/erasures/{erasureId}/balance',
  auth: 'public',
  summary:
    'Says what becomes of a balance for which an erasure waits, for whoever holds its id: no account may be left to ask with',
  params: z.object({ erasureId }),
  query: nothing,
  body: z.object({
    /** `pay`: asks for a payout of all that can be paid out now. `forfeit`: gives up the whole of it */
    balance: z.enum(['pay', 'forfeit']),
  }),
  answer: erasureReport,
});
