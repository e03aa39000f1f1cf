import * as z from 'zod/mini';
import { epochMs, nothing } from '../api/nouns.ts';
import { ALGORITHMS } from '../signing/keys.ts';
import { partnerRoute } from './route.ts';
import { partnerId, partnerKind, scope } from './scopes.ts';

export const readSelf = partnerRoute({
  name: 'readSelf',
  method: 'GET',
  path: '/partner/v1/self',
  scope: null,
  summary:
    'Who the platform takes you for: your scopes, your keys with their times, and the latest requests of yours it refused',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({
    partnerId,
    name: z.string(),
    kind: partnerKind,
    scopes: z.array(scope),
    keys: z.array(
      z.object({
        keyId: z.string(),
        algorithm: z.enum(ALGORITHMS),
        fromMs: epochMs,
        /** null: until it is revoked */
        untilMs: z.nullable(epochMs),
        revokedAtMs: z.nullable(epochMs),
      }),
    ),
    /** the newest first; what could not be told to be yours is not in it */
    refusals: z.array(z.object({ atMs: epochMs, code: z.string(), detail: z.string(), keyId: z.string() })),
  }),
});
