import * as z from 'zod/mini';
import { CONSENTS } from '@hems/models/household/consents';
import { householdParams, localDate, nothing } from './nouns.ts';
import { route } from './route.ts';

/** A made-up name, in either language; nothing else is told of the others. */
const pseudonym = z.object({ ko: z.string(), en: z.string() });
const place = z.object({
  pseudonym,
  rank: z.int(),
  savedBasisPoints: z.int(),
  own: z.boolean(),
});

const membership = z.object({
  joined: z.boolean(),
  /** by which the others see the household; null outside, and a new one each time it joins */
  pseudonym: z.nullable(pseudonym),
  joinedOn: z.nullable(localDate),
});

export const readCommunity = route({
  name: 'readCommunity',
  method: 'GET',
  path: '/v1/households/{householdId}/community',
  auth: 'resident',
  summary: 'Where the household stands among comparable ones, by percent against its own baseline',
  params: householdParams,
  /** `YYYY-MM`; the month of yesterday without it */
  query: z.object({ month: z.optional(z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/))) }),
  body: nothing,
  answer: z.object({
    membership,
    month: z.string(),
    /** what makes the homes comparable */
    cohort: z.nullable(z.object({ region: z.nullable(z.string()), buildingType: z.string(), members: z.int() })),
    standing: z.nullable(
      z.discriminatedUnion('status', [
        z.object({
          status: z.literal('standing'),
          savedBasisPoints: z.int(),
          expectedWh: z.int(),
          actualWh: z.int(),
          knownDays: z.int(),
          /** days on which the home looked left; each counts as the heaviest of the year before */
          absentDays: z.int(),
          through: localDate,
        }),
        z.object({ status: z.literal('refused'), code: z.string(), detail: z.string() }),
      ]),
    ),
    /** exact, cut from one stored board; null: hidden, and `hidden` says why */
    board: z.nullable(
      z.object({ members: z.int(), own: place, top: z.array(place), neighbours: z.array(place), through: localDate }),
    ),
    hidden: z.nullable(z.enum(['not-joined', 'no-standing', 'cohort-too-small', 'share-too-large', 'not-ranked-yet'])),
    /** among all members: about */
    about: z.nullable(z.object({ about: z.int(), of: z.int() })),
    /** use of the 30 days of comparable homes; null below 30 homes */
    peerMedian: z.nullable(z.object({ medianWh: z.int(), homes: z.int() })),
  }),
});
export type Membership = z.infer<typeof membership>;
export type Community = z.infer<typeof readCommunity.answer>;

/** The text the resident agrees to; a new text is a new version. */
export const COMMUNITY_TEXT_VERSION = CONSENTS.community.textVersion;

export const joinCommunity = route({
  name: 'joinCommunity',
  method: 'PUT',
  path: '/v1/households/{householdId}/community/membership',
  auth: 'resident',
  summary: 'Agrees to be compared under a pseudonym; asking again changes nothing',
  params: householdParams,
  query: nothing,
  body: z.object({ textVersion: z.literal(COMMUNITY_TEXT_VERSION) }),
  answer: membership,
});

export const leaveCommunity = route({
  name: 'leaveCommunity',
  method: 'DELETE',
  path: '/v1/households/{householdId}/community/membership',
  auth: 'resident',
  summary: 'Withdraws the consent: off the boards at once, and out of every challenge',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: membership,
});
