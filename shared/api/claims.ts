import * as z from 'zod/mini';
import { deviceKind } from '@hems/models/device/kinds';
import { epochMs, localDate, nothing } from './nouns.ts';
import { staffReason } from './proofs.ts';
import { route } from './route.ts';

/** On the label of a gateway, as text and QR: `HEMS-XXXX-XXXX-XXXX`. Used once. */
export const claimCode = z.string().check(z.trim(), z.toUpperCase(), z.regex(/^HEMS(-[A-HJ-NP-Z2-9]{4}){3}$/));

export const issueClaims = route({
  name: 'issueClaims',
  method: 'POST',
  path: '/v1/claims',
  auth: 'operator',
  summary:
    'Enters gateways of a delivery by serial number, with what is behind each, and makes their claim codes; shown once',
  params: nothing,
  query: nothing,
  body: z.object({
    gateways: z
      .array(
        z.object({
          serial: z.string().check(z.regex(/^[A-Za-z0-9-]{4,40}$/)),
          devices: z.array(deviceKind).check(z.minLength(1), z.maxLength(20)),
        }),
      )
      .check(z.minLength(1), z.maxLength(100)),
    expiresOn: localDate,
  }),
  answer: z.object({ claims: z.array(z.object({ serial: z.string(), code: claimCode })), expiresMs: epochMs }),
});

export const unlockClaims = route({
  name: 'unlockClaims',
  method: 'POST',
  path: '/v1/claims/unlocks',
  auth: 'operator',
  summary: 'Lets a household try claim codes again after ten wrong ones; the resident sees who did it and why',
  params: nothing,
  query: nothing,
  body: z.object({ householdId: z.string().check(z.minLength(1), z.maxLength(64)), reason: staffReason }),
  answer: nothing,
});
