import * as z from 'zod/mini';
import { epochMs, nothing } from '../api/nouns.ts';
import { ALGORITHMS } from '../signing/keys.ts';
import { partnerRoute } from './route.ts';
import { partnerId, partnerKind, scope } from './scopes.ts';
import { webhookEndpoint } from './webhooks.ts';

export const readSelf = partnerRoute({
  name: 'readSelf',
  method: 'GET',
  path: '/partner/v1/self',
  scope: null,
  sandbox: true,
  summary:
    'Who the platform takes you for: your scopes, your keys with their times, how your webhooks stand, and the latest requests of yours it refused',
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
    /** one that is `broken` or `disabled` is delivered nothing: what happens meanwhile waits to be replayed */
    webhooks: z.array(
      z.pick(webhookEndpoint, { endpointId: true, url: true, status: true, why: true, statusAtMs: true }),
    ),
    /** the newest first, of those that named a key or role of yours; where the signature was wrong, somebody else may have sent it */
    refusals: z.array(z.object({ atMs: epochMs, code: z.string(), detail: z.string(), keyId: z.string() })),
  }),
});
