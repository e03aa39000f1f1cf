import type * as z from 'zod/mini';
import type { Route } from '../api/route.ts';
import type { Scope } from './scopes.ts';

/** What every path begins with. */
export const PARTNER_BASE = '/partner/v1';

/** One endpoint of the partner API as a value; both REST APIs, the documentation and the deny tests are made from it. */
export type PartnerRoute<
  Params extends z.ZodMiniType = z.ZodMiniType,
  Query extends z.ZodMiniType = z.ZodMiniType,
  Body extends z.ZodMiniType = z.ZodMiniType,
  Answer extends z.ZodMiniType = z.ZodMiniType,
> = Omit<Route<Params, Query, Body, Answer>, 'auth' | 'beforeProof'> & {
  /** what the caller must have been granted; null: being a partner is enough */
  readonly scope: Scope | null;
  /** answers partners of kind `sandbox` too: it reads made-up homes only, or none. Any other route refuses them */
  readonly sandbox?: true;
  /** the answer holds a secret, which is kept nowhere readable: a repeat under the same Idempotency-Key is told that it was carried out */
  readonly holdsSecret?: true;
  /** the answer is this text and no JSON; `answer` is then a schema of a string */
  readonly produces?: 'application/atom+xml' | 'text/csv';
};

/** Unknown fields of a body are refused: write its schema with `z.strictObject`. */
export const partnerRoute = <
  Params extends z.ZodMiniType,
  Query extends z.ZodMiniType,
  Body extends z.ZodMiniType,
  Answer extends z.ZodMiniType,
>(
  value: PartnerRoute<Params, Query, Body, Answer>,
): PartnerRoute<Params, Query, Body, Answer> => value;
