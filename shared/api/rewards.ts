import * as z from 'zod/mini';
import { payer, unit } from './programmes.ts';
import { epochMs, householdParams, localDate, nothing } from './nouns.ts';
import { route } from './route.ts';

export const balance = z.object({
  earned: z.int(),
  underway: z.int(),
  paid: z.int(),
  withdrawable: z.int(),
  /** owed by others and not confirmed; no part of what can be withdrawn */
  expected: z.int(),
  confirmed: z.int(),
});
export type BalanceAnswer = z.infer<typeof balance>;

export const ledgerEntry = z.object({
  entryId: z.string(),
  programme: z.string(),
  period: z.string(),
  revision: z.int(),
  unit,
  /** negative takes back */
  amount: z.int(),
  payer,
  recordedMs: epochMs,
  evidence: z.object({ inputsHash: z.string(), version: z.string() }),
  /** final: late readings change the period no more */
  state: z.enum(['provisional', 'final']),
});
export type LedgerEntryAnswer = z.infer<typeof ledgerEntry>;

export const payoutState = z.enum(['pending', 'approved', 'unknown', 'paid', 'refused']);
export const payout = z.object({
  payoutId: z.string(),
  unit,
  amount: z.int(),
  state: payoutState,
  askedMs: epochMs,
  changedMs: epochMs,
});
export type PayoutAnswer = z.infer<typeof payout>;

export const readRewards = route({
  name: 'readRewards',
  method: 'GET',
  path: '/v1/households/{householdId}/rewards',
  auth: 'resident',
  summary: 'Balances in won and in points, never added up, with the entries and payouts they are made of, latest first',
  params: householdParams,
  query: z.object({ cursor: z.optional(z.string()) }),
  body: nothing,
  answer: z.object({
    householdId: z.string(),
    balances: z.object({ won: balance, points: balance }),
    entries: z.array(ledgerEntry),
    payouts: z.array(payout),
    /** what other platforms gave, as they tell it: in no balance, because nobody here owes it */
    elsewhere: z.array(z.object({ system: z.string(), amount: z.int(), unit, earnedOn: localDate, label: z.string() })),
    cursor: z.nullable(z.string()),
  }),
});
export type Rewards = z.infer<typeof readRewards.answer>;

export const readEvidence = route({
  name: 'readEvidence',
  method: 'GET',
  path: '/v1/households/{householdId}/rewards/{entryId}',
  auth: 'resident',
  summary: 'What an entry rests on: the frozen inputs, and the same reward worked out from them again',
  params: z.extend(householdParams, { entryId: z.string().check(z.minLength(1), z.maxLength(200)) }),
  query: nothing,
  body: nothing,
  answer: z.object({
    entry: ledgerEntry,
    /** as they were frozen when the entry was made */
    inputs: z.unknown(),
    /** what the period is worth by these inputs; the sum of its entries up to this one */
    recomputed: z.int(),
    matches: z.boolean(),
    lines: z.array(z.object({ item: z.string(), amount: z.int() })),
  }),
});
export type Evidence = z.infer<typeof readEvidence.answer>;

const payoutId = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/, 'write 8 to 64 letters, digits, - or _'));

export const askPayout = route({
  name: 'askPayout',
  method: 'POST',
  path: '/v1/households/{householdId}/payouts',
  auth: 'resident',
  summary: 'Asks for a part of the withdrawable balance; the same payoutId is the same payout',
  params: householdParams,
  query: nothing,
  body: z.object({
    payoutId,
    unit,
    amount: z.int().check(z.gte(1)),
  }),
  answer: payout,
});

const payoutParams = z.extend(householdParams, { payoutId });
/** what a decision rests on, for whoever checks it later */
const report = z.string().check(z.minLength(1), z.maxLength(200));

export const listPayouts = route({
  name: 'listPayouts',
  method: 'GET',
  path: '/v1/payouts',
  auth: 'operator',
  summary: 'Payouts that wait for a decision or an answer, by state',
  params: nothing,
  query: z.object({ state: z.enum(['pending', 'approved', 'unknown']), cursor: z.optional(z.string()) }),
  body: nothing,
  answer: z.object({
    payouts: z.array(z.extend(payout, { householdId: z.string() })),
    cursor: z.nullable(z.string()),
  }),
});

export const decidePayout = route({
  name: 'decidePayout',
  method: 'POST',
  path: '/v1/payouts/{householdId}/{payoutId}',
  auth: 'operator',
  summary: 'Lets a payout go, or refuses it',
  params: payoutParams,
  query: nothing,
  body: z.object({ decision: z.enum(['approve', 'reject']) }),
  answer: payout,
});

export const recordPayment = route({
  name: 'recordPayment',
  method: 'POST',
  path: '/v1/payouts/{householdId}/{payoutId}/payment',
  auth: 'operator',
  summary: 'Records what a person did with a payout that is paid by hand; the next sweep takes it up',
  params: payoutParams,
  query: nothing,
  body: z.object({ outcome: z.enum(['paid', 'declined']), reference: report }),
  answer: z.object({
    payoutId: z.string(),
    unit,
    amount: z.int(),
    state: z.enum(['taken', 'paid', 'declined']),
  }),
});

export const approveFile = route({
  name: 'approveFile',
  method: 'POST',
  path: '/v1/settlement-files/{file}/approval',
  auth: 'operator',
  summary:
    "Makes a partner's settlement file ours to pay, for good: its entries can be withdrawn, and it takes no more",
  params: z.object({ file: z.string().check(z.minLength(1), z.maxLength(100)) }),
  query: nothing,
  body: z.object({ report }),
  answer: z.object({ file: z.string(), report: z.string(), approvedMs: epochMs }),
});

export const confirmCredit = route({
  name: 'confirmCredit',
  method: 'POST',
  path: '/v1/households/{householdId}/confirmations',
  auth: 'operator',
  summary: "Records a payer's word that a credit was given: from its report or a bill",
  params: householdParams,
  query: nothing,
  body: z.object({
    programme: z.string(),
    period: z.string(),
    unit,
    /** what the payer gave for the period in all */
    amount: z.int().check(z.gte(0)),
    report,
  }),
  answer: z.object({ balances: z.object({ won: balance, points: balance }) }),
});

/** Of one unit. `key`: the payment's key at the rail, `<householdId>.<payoutId>`. */
const reconciliation = z.object({
  agreed: z.int(),
  oursTotal: z.int(),
  theirsTotal: z.int(),
  differences: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('paid-here-only'), key: z.string(), amount: z.int() }),
      z.object({ kind: z.literal('paid-there-only'), key: z.string(), amount: z.int() }),
      z.object({ kind: z.literal('amount-differs'), key: z.string(), ours: z.int(), theirs: z.int() }),
      z.object({ kind: z.literal('paid-twice'), key: z.string(), times: z.int() }),
    ]),
  ),
});

export const readReconciliation = route({
  name: 'readReconciliation',
  method: 'GET',
  path: '/v1/reconciliation',
  auth: 'operator',
  summary: 'Payouts we believe paid in the days against the payments the rail reports of them, at most 92 days',
  params: nothing,
  query: z.object({ from: localDate, to: localDate }),
  body: nothing,
  answer: z.object({ from: localDate, to: localDate, won: reconciliation, points: reconciliation }),
});
