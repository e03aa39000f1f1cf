import * as z from 'zod';
import { Refused } from '../use-cases/refusal.ts';

/** The claims of an access token that the authorizer has verified. API Gateway writes a list of groups as `[a b]`. */
const claims = z.object({
  sub: z.string().min(1),
  // The authorizer lets an ID token through too: its audience is the client.
  token_use: z.literal('access'),
  /** epoch s of the sign-in; a refresh keeps it. API Gateway hands numbers on as text */
  auth_time: z.coerce.number().int(),
  'cognito:groups': z.union([z.array(z.string()), z.string()]).optional(),
});

export type Caller = { readonly sub: string; readonly groups: readonly string[]; readonly authTime: number };

const groupsOf = (value: string | readonly string[] | undefined): readonly string[] =>
  typeof value === 'string'
    ? value
        .replace(/^\[|\]$/g, '')
        .split(/[ ,]+/)
        .filter(Boolean)
    : (value ?? []);

export const callerOf = (authorizer: unknown): Caller => {
  const parsed = z.object({ jwt: z.object({ claims }) }).safeParse(authorizer);
  if (!parsed.success) throw new Refused('forbidden', 'the request carries no verified token');
  const { sub, auth_time: authTime, 'cognito:groups': groups } = parsed.data.jwt.claims;
  return { sub, groups: groupsOf(groups), authTime };
};
