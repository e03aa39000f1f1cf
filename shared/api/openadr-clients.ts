import * as z from 'zod/mini';
import { openadrRole } from '../openadr/scopes.ts';
import { partnerId } from '../partner-api/scopes.ts';
import { staffReason } from './proofs.ts';
import { route } from './route.ts';

const clientId = z.string().check(z.regex(/^[A-Za-z0-9_+.-]{4,128}$/));
const client = z.object({ clientId, partnerId, name: z.string(), role: openadrRole });

export const addOpenadrClient = route({
  name: 'addOpenadrClient',
  method: 'POST',
  path: '/v1/partners/{partnerId}/openadr-clients',
  auth: 'operator',
  summary:
    'Takes up an OAuth client of a partner for OpenADR; what its events may call are the programmes of the partner',
  params: z.object({ partnerId }),
  query: z.object({}),
  body: z.object({
    name: z.string().check(z.trim(), z.minLength(2), z.maxLength(60)),
    role: openadrRole,
    /** of the app client that the user pool has for it; absent: our own identity provider makes one with a secret */
    clientId: z.optional(clientId),
    reason: staffReason,
  }),
  answer: z.extend(client, {
    /** told now and never again */
    clientSecret: z.optional(z.string()),
  }),
});

export const removeOpenadrClient = route({
  name: 'removeOpenadrClient',
  method: 'POST',
  path: '/v1/partners/{partnerId}/openadr-clients/{clientId}/revocation',
  auth: 'operator',
  summary: 'Ends an OAuth client at once; tokens that it still has are refused',
  params: z.object({ partnerId, clientId }),
  query: z.object({}),
  body: z.object({ reason: staffReason }),
  answer: client,
});
