import * as z from 'zod';
import { Refused } from '../use-cases/refusal.ts';

/** How a partner's request was found to be its own: by our authorizer (RFC 9421), or by IAM (SigV4). */
export type Scheme = 'signature' | 'iam';
export type Identified = { readonly partnerId: string; readonly scheme: Scheme };

/** As the authorizer of `partner-sig` writes it. */
const signed = z.object({ authorizer: z.object({ partnerId: z.string().min(1) }) });
/** As IAM writes it: each partner has one role, which carries its id. */
const assumed = z.object({
  identity: z.object({
    userArn: z.string().regex(/^arn:aws:sts::\d{12}:assumed-role\/hems-[a-z0-9]+-partner-[a-z][a-z0-9-]{2,31}\//),
  }),
});

/** Who sent the request, as the gateway before us has found; refuses where it found nobody. */
export const identify = (requestContext: unknown): Identified => {
  const bySignature = signed.safeParse(requestContext).data;
  if (bySignature) return { partnerId: bySignature.authorizer.partnerId, scheme: 'signature' };
  const arn = assumed.safeParse(requestContext).data?.identity.userArn;
  const partnerId = /-partner-([a-z][a-z0-9-]{2,31})\//.exec(arn ?? '')?.[1];
  if (partnerId === undefined)
    throw new Refused('forbidden', 'the request was signed by no partner of ours', 'no-partner');
  return { partnerId, scheme: 'iam' };
};
