import * as z from 'zod/mini';
import { buildingType } from '@hems/models/household/household';
import { region } from '@hems/models/household/region';
import { displayName } from './account.ts';
import { epochMs, householdParams, localDate, nothing, wh } from './nouns.ts';
import { route } from './route.ts';
import { supply } from '@hems/models/household/supply';

const line = z.string().check(z.trim(), z.minLength(1), z.maxLength(120));

export const place = z.object({
  name: displayName,
  buildingType,
  /** road and number 도로명주소 */
  address: line,
  /** building and flat 동·호; empty for a house */
  unit: z.string().check(z.trim(), z.maxLength(40)),
  postalCode: z.string().check(z.regex(/^\d{5}$/)),
  /** province and district 시도 시군구; the only part of the address that comparison uses */
  region,
  areaM2: z.optional(z.number().check(z.minimum(5), z.maximum(1000))),
  people: z.optional(z.int().check(z.minimum(1), z.maximum(20))),
  /** 고객번호 of the electricity bill */
  customerNumber: z.optional(z.string().check(z.regex(/^\d{10}$/))),
});
export type Place = z.infer<typeof place>;

export const proofState = z.object({
  state: z.enum(['none', 'waiting', 'proven', 'refused']),
  by: z.nullable(z.enum(['invitation', 'operator', 'provider', 'demo'])),
  /** wrong codes that are still allowed */
  attemptsLeft: z.int(),
  /** after ten wrong ones; an operator unlocks it */
  locked: z.boolean(),
  /** why the operator refused */
  reason: z.nullable(z.string()),
});
export type ProofState = z.infer<typeof proofState>;

/** Every step, each done or open; leaving and coming back finds it as it was. */
export const onboarding = z.object({
  householdId: z.string(),
  kind: z.enum(['own', 'demo']),
  /** null: not said yet; without the customer number, which nobody needs to read again */
  place: z.nullable(place),
  /** the contract as it is kept, and whether the resident has confirmed it against a bill */
  supply: z.nullable(supply),
  supplyConfirmed: z.boolean(),
  proof: proofState,
  /** days of history that were taken in */
  historyDays: z.int(),
  devices: z.int(),
  /** the first step that is open; `done` when none is */
  next: z.enum(['place', 'supply', 'proof', 'history', 'device', 'done']),
});
export type Onboarding = z.infer<typeof onboarding>;

export const openHousehold = route({
  name: 'openHousehold',
  method: 'POST',
  path: '/v1/households',
  auth: 'resident',
  summary: 'Begins a household of which the caller is the owner; a demo one has a simulated year and shows it at once',
  params: nothing,
  query: nothing,
  body: z.object({
    /** made by the client: sent again, it stays one household */
    requestId: z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/)),
    kind: z.enum(['own', 'demo']),
    name: displayName,
    buildingType,
  }),
  answer: onboarding,
});

export const readOnboarding = route({
  name: 'readOnboarding',
  method: 'GET',
  path: '/v1/households/{householdId}/onboarding',
  auth: 'resident',
  beforeProof: true,
  summary: 'How far the household has come in joining',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: onboarding,
});

export const setPlace = route({
  name: 'setPlace',
  method: 'PUT',
  path: '/v1/households/{householdId}/place',
  auth: 'resident',
  beforeProof: true,
  summary: 'Says where and what the home is; another address has to be proved again',
  params: householdParams,
  query: nothing,
  body: place,
  answer: onboarding,
});

const use = wh.check(z.minimum(0), z.maximum(1_000_000_000));

/** A bill as it was printed, both days inclusive. */
const lastBill = z.object({
  from: localDate,
  to: localDate,
  importWh: use,
  /** 청구금액 without the TV licence fee */
  billWon: z.int().check(z.minimum(0), z.maximum(1_000_000_000)),
  /** of a time-of-use bill, the only one that prints its use by bands; they add up to `importWh` */
  bandWh: z.optional(z.object({ off: use, mid: use, peak: use })),
});
const contractGuess = z.object({
  supply,
  billWon: z.int(),
  /** what the contract costs less what was billed */
  differenceWon: z.int(),
});
export type ContractGuess = z.infer<typeof contractGuess>;

export const guessSupply = route({
  name: 'guessSupply',
  method: 'POST',
  path: '/v1/households/{householdId}/supply-guesses',
  auth: 'resident',
  beforeProof: true,
  summary: 'Which contracts give the won of the last bill, nearest first; it proves nothing about who lives there',
  params: householdParams,
  query: nothing,
  body: lastBill,
  answer: z.object({
    guesses: z.array(contractGuess),
    /** the first of them is within 10 won, one step of the bill's rounding */
    agrees: z.boolean(),
  }),
});

export const confirmSupply = route({
  name: 'confirmSupply',
  method: 'POST',
  path: '/v1/households/{householdId}/supply-confirmations',
  auth: 'resident',
  beforeProof: true,
  summary: 'Takes a contract as the one of the last bill',
  params: householdParams,
  query: nothing,
  body: z.object({ supply, lastBill }),
  answer: onboarding,
});

/** A letter to a flat: `XXXX-XXXX-XXXX`, without letters that look alike. */
export const residenceCode = z
  .string()
  .check(z.trim(), z.toUpperCase(), z.regex(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/));

export const proveResidence = route({
  name: 'proveResidence',
  method: 'POST',
  path: '/v1/households/{householdId}/proofs',
  auth: 'resident',
  beforeProof: true,
  summary: 'Proves that its people live there: the building’s code, or an operator or provider who is asked',
  params: householdParams,
  query: nothing,
  body: z.discriminatedUnion('by', [
    z.object({ by: z.literal('invitation'), code: residenceCode }),
    z.object({ by: z.literal('operator') }),
    z.object({ by: z.literal('provider') }),
  ]),
  answer: proofState,
});

export const waitingProof = z.object({
  householdId: z.string(),
  buildingType,
  region: z.nullable(z.string()),
  atMs: epochMs,
});
