import * as z from 'zod/mini';
import { epochMs, nothing } from './nouns.ts';
import { route } from './route.ts';

export const language = z.enum(['ko', 'en']);
/** A name as people write it: any script and emoji, something to see, no control characters and none that turn the text around them. */
export const displayName = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(60),
    z.regex(
      /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u{061c}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]+$/u,
      'letters and emoji only, on one line',
    ),
    z.regex(/[\p{L}\p{N}\p{P}\p{S}]/u, 'a name has something to see'),
  );

export const account = z.object({
  sub: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  /** empty: never said */
  name: z.string(),
  language,
  groups: z.array(z.string()),
});
export type Account = z.infer<typeof account>;

export const readAccount = route({
  name: 'readAccount',
  method: 'GET',
  path: '/v1/account',
  auth: 'resident',
  summary: 'Who is signed in: name, e-mail address and language',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: account,
});

export const changeAccount = route({
  name: 'changeAccount',
  method: 'PUT',
  path: '/v1/account',
  auth: 'resident',
  summary: 'Changes the name that other members see, and the language of messages',
  params: nothing,
  query: nothing,
  body: z.object({ name: displayName, language }),
  answer: account,
});

export const signOutEverywhere = route({
  name: 'signOutEverywhere',
  method: 'POST',
  path: '/v1/account/sign-outs',
  auth: 'resident',
  summary: 'Ends every session of the account, this one included',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ endedMs: epochMs }),
});
