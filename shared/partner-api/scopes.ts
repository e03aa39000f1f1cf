import * as z from 'zod/mini';

/** What a partner may be allowed to do. A partner holds those that its contract with the operator names, and no other. */
export const SCOPES = [
  'programmes:read',
  'applications:read',
  'applications:write',
  'savings:read',
  'aggregates:read',
  'settlements:read',
  'settlements:write',
  'disputes:read',
  'disputes:write',
  'readings:write',
  'flexibility:read',
  'usage:read',
  'webhooks:write',
  'sandbox:write',
] as const;
export const scope = z.enum(SCOPES);
export type Scope = z.infer<typeof scope>;

/** `sandbox`: sees made-up households only, whatever its scopes. */
export const partnerKind = z.enum(['government', 'utility', 'aggregator', 'bems', 'sandbox']);
export type PartnerKind = z.infer<typeof partnerKind>;

/** Part of every key id, of role names and of addresses. */
export const partnerId = z.string().check(z.regex(/^[a-z][a-z0-9-]{2,31}$/));
