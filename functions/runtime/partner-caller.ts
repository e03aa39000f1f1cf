import * as z from 'zod';
import { Refused } from '../use-cases/refusal.ts';

/** How a partner's request was found to be its own: by our authorizer (RFC 9421), or by IAM (SigV4). */
export type Scheme = 'signature' | 'iam';
export type Identified = {
  readonly partnerId: string;
  readonly scheme: Scheme;
  /** what it signed with: a key of ours by its id, or an access key of AWS */
  readonly keyId: string;
};

/** As the authorizer of `partner-sig` writes it. */
const signed = z.object({ authorizer: z.object({ partnerId: z.string().min(1), keyId: z.string().min(1) }) });
/** As IAM writes it: each partner has one role, which carries its id. */
const ROLE = /^arn:aws:sts::\d{12}:assumed-role\/hems-[a-z0-9]+-partner-([a-z][a-z0-9-]{2,31})\//;
const assumed = z.object({
  identity: z.object({ userArn: z.string().regex(ROLE), accessKey: z.string().default('unknown') }),
});

/** Who sent the request, as the gateway before us has found; undefined where it found nobody. */
export const identified = (requestContext: unknown): Identified | undefined => {
  const bySignature = signed.safeParse(requestContext).data?.authorizer;
  if (bySignature) return { ...bySignature, scheme: 'signature' };
  const byRole = assumed.safeParse(requestContext).data?.identity;
  const partnerId = ROLE.exec(byRole?.userArn ?? '')?.[1];
  return byRole && partnerId !== undefined ? { partnerId, scheme: 'iam', keyId: byRole.accessKey } : undefined;
};

/** The same; refuses where it found nobody. */
export const identify = (requestContext: unknown): Identified => {
  const found = identified(requestContext);
  if (!found) throw new Refused('forbidden', 'the request was signed by no partner of ours', 'no-partner');
  return found;
};
