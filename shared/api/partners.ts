import * as z from 'zod/mini';
import { partnerId, partnerKind, scope } from '../partner-api/scopes.ts';
import { ALGORITHMS } from '../signing/keys.ts';
import { KEY_NAME } from '../signing/profile.ts';
import { epochMs, nothing } from './nouns.ts';
import { staffReason } from './proofs.ts';
import { route } from './route.ts';

const regions = z.array(z.string().check(z.minLength(1), z.maxLength(20))).check(z.maxLength(17));
const programmes = z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.maxLength(50));
const scopes = z.array(scope).check(z.maxLength(50));

const partnerProfile = z.object({
  partnerId,
  name: z.string().check(z.trim(), z.minLength(2), z.maxLength(60)),
  kind: partnerKind,
  scopes,
  /** provinces and cities (시도) that it sees aggregates of; absent: all */
  regions: z.optional(regions),
  /** incentive programmes that it is the office or the payer of; absent: of none */
  programmes: z.optional(programmes),
  status: z.enum(['active', 'suspended']),
});

/** Public part of a key, as a JSON Web Key; one with a private part is refused. */
export const publicJwk = z.looseObject({ kty: z.enum(['OKP', 'EC']) });

const partnerKey = z.object({
  keyId: z.string(),
  algorithm: z.enum(ALGORITHMS),
  fromMs: epochMs,
  /** the last moment at which it counts; null: until it is revoked */
  untilMs: z.nullable(epochMs),
  revokedAtMs: z.nullable(epochMs),
});

const partnerParams = z.object({ partnerId });
const keyParams = z.object({ partnerId, keyName: z.string().check(z.regex(KEY_NAME)) });

export const listPartners = route({
  name: 'listPartners',
  method: 'GET',
  path: '/v1/partners',
  auth: 'operator',
  summary: 'Every partner, what it may and whether it is suspended',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ partners: z.array(partnerProfile) }),
});

export const readPartner = route({
  name: 'readPartner',
  method: 'GET',
  path: '/v1/partners/{partnerId}',
  auth: 'operator',
  summary:
    'A partner with its keys, what staff last changed of it and why, and the latest requests of its that were refused',
  params: partnerParams,
  query: nothing,
  body: nothing,
  answer: z.object({
    partner: partnerProfile,
    keys: z.array(partnerKey),
    audit: z.array(z.object({ atMs: epochMs, by: z.string(), what: z.string(), about: z.string(), why: z.string() })),
    refusals: z.array(z.object({ atMs: epochMs, code: z.string(), detail: z.string(), keyId: z.string() })),
  }),
});

export const addPartner = route({
  name: 'addPartner',
  method: 'POST',
  path: '/v1/partners',
  auth: 'operator',
  summary: 'Takes up a partner; it can sign once it has a key, or a role in the cloud',
  params: nothing,
  query: nothing,
  body: z.extend(z.omit(partnerProfile, { status: true }), { reason: staffReason }),
  answer: partnerProfile,
});

export const changePartner = route({
  name: 'changePartner',
  method: 'PUT',
  path: '/v1/partners/{partnerId}',
  auth: 'operator',
  summary: 'Sets what a partner may, or suspends it; counts from its next request on',
  params: partnerParams,
  query: nothing,
  body: z.object({
    scopes: z.optional(scopes),
    /** null: all regions */
    regions: z.optional(z.nullable(regions)),
    programmes: z.optional(programmes),
    status: z.optional(partnerProfile.shape.status),
    reason: staffReason,
  }),
  answer: partnerProfile,
});

export const addPartnerKey = route({
  name: 'addPartnerKey',
  method: 'POST',
  path: '/v1/partners/{partnerId}/keys',
  auth: 'operator',
  summary: 'Takes up a public key of a partner, beside those it has: until the old one is revoked, both sign',
  params: partnerParams,
  query: nothing,
  body: z.object({
    keyName: keyParams.shape.keyName,
    algorithm: z.enum(ALGORITHMS),
    jwk: publicJwk,
    /** absent: from now on */
    fromMs: z.optional(epochMs),
    untilMs: z.nullable(epochMs),
    reason: staffReason,
  }),
  answer: partnerKey,
});

export const revokePartnerKey = route({
  name: 'revokePartnerKey',
  method: 'POST',
  path: '/v1/partners/{partnerId}/keys/{keyName}/revocation',
  auth: 'operator',
  summary: 'Ends a key at once and for ever',
  params: keyParams,
  query: nothing,
  body: z.object({ reason: staffReason }),
  answer: partnerKey,
});
