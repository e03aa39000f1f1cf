import * as z from 'zod/mini';
import { partnerId } from '../partner-api/scopes.ts';
import { epochMs, nothing } from './nouns.ts';
import { place } from './onboarding.ts';
import { staffReason } from './proofs.ts';
import { route } from './route.ts';

const id = z.string().check(z.regex(/^[\w-]{1,64}$/));

export const registerSite = route({
  name: 'registerSite',
  method: 'PUT',
  path: '/v1/partners/{partnerId}/sites/{siteId}',
  auth: 'operator',
  summary: 'Says which building a partner runs; homes that say they are there, prove it and agree count in its sums',
  params: z.object({ partnerId, siteId: id }),
  query: nothing,
  body: z.object({
    name: z.string().check(z.trim(), z.minLength(2), z.maxLength(60)),
    /** road and number, and the postal code: as the residents write it; the blind index alone is kept */
    address: place.shape.address,
    postalCode: place.shape.postalCode,
    reason: staffReason,
  }),
  answer: z.object({ partnerId, siteId: id, name: z.string() }),
});

export const readConnectors = route({
  name: 'readConnectors',
  method: 'GET',
  path: '/v1/connectors',
  auth: 'operator',
  summary:
    'Systems of partners that are asked: how far each was had, how its latest pulls went, and whether it is let alone for failing',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({
    connectors: z.array(
      z.object({
        connectorId: z.string(),
        partnerId,
        system: z.string(),
        watermarkMs: z.nullable(epochMs),
        failures: z.int(),
        retryAtMs: z.nullable(epochMs),
        replayFromMs: z.nullable(epochMs),
        runs: z.array(
          z.object({
            atMs: epochMs,
            fromMs: epochMs,
            toMs: epochMs,
            kind: z.enum(['live', 'replay']),
            outcome: z.enum(['done', 'failed']),
            readings: z.int(),
            taken: z.int(),
            rewards: z.int(),
            refused: z.record(z.string(), z.int()),
            reason: z.nullable(z.string()),
          }),
        ),
      }),
    ),
  }),
});

export const replayConnector = route({
  name: 'replayConnector',
  method: 'POST',
  path: '/v1/connectors/{connectorId}/replays',
  auth: 'operator',
  summary: 'Has a system asked again for all since a time, from its next turn on; what was had changes nothing',
  params: z.object({ connectorId: id }),
  query: nothing,
  /** null: no more */
  body: z.object({ fromMs: z.nullable(epochMs) }),
  answer: z.object({ connectorId: z.string(), fromMs: z.nullable(epochMs) }),
});
