import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { SHOWN_PATH } from '../identity/pages.ts';
import { CLI_CLIENT, CLI_REDIRECT_URI } from '../identity/provider.ts';

/** A refusal told to the person at the terminal, without a stack. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}

export type SignInRequest = {
  readonly origin: string;
  readonly email: string;
  readonly password: string;
  readonly clientId?: string;
  readonly redirectUri?: string;
};

const tokens = z.object({
  access_token: z.string(),
  id_token: z.string(),
  refresh_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
});
export type Tokens = z.infer<typeof tokens>;

const shown = z.array(z.object({ email: z.string(), name: z.string(), password: z.string() }));
export type Shown = z.infer<typeof shown>;

/** The demo sign-ins of the running host. */
export const shownSignIns = async (origin: string): Promise<Shown> => {
  const answer = await fetch(origin + SHOWN_PATH).catch((error: unknown) => {
    throw new CommandRefused(
      `No local host answers at ${origin}. Start it with npm start (and give its PORT here too).`,
      {
        cause: error,
      },
    );
  });
  if (!answer.ok) throw new CommandRefused(`${origin} answers ${answer.status}; is it the HEMS local host?`);
  return shown.parse(await answer.json());
};

/** Signs in as a demo resident: the first, or the one named. */
export const signInAs = async (origin: string, email: string | undefined): Promise<Tokens> => {
  const residents = await shownSignIns(origin);
  const who = email === undefined ? residents[0] : residents.find((one) => one.email === email);
  if (!who) {
    const known = residents.map((one) => one.email).join(', ');
    throw new CommandRefused(`There is no ${email ?? 'demo resident'} here. Known: ${known}`);
  }
  return await signIn({ origin, email: who.email, password: who.password });
};

/** Signs in as a browser does: authorization code with PKCE through the sign-in page. */
export const signIn = async (request: SignInRequest): Promise<Tokens> => {
  const { origin, clientId = CLI_CLIENT, redirectUri = CLI_REDIRECT_URI } = request;
  const verifier = randomBytes(32).toString('base64url');
  const code = await obtainCode({ ...request, clientId, redirectUri }, verifier);
  return await redeem(origin, {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  });
};

/** The token endpoint. */
export const redeem = async (origin: string, fields: Record<string, string>): Promise<Tokens> => {
  const answer = await fetch(`${origin}/oidc/token`, { method: 'POST', body: new URLSearchParams(fields) });
  const body: unknown = await answer.json();
  if (!answer.ok) throw new CommandRefused(`the token endpoint answered ${answer.status}: ${JSON.stringify(body)}`);
  return tokens.parse(body);
};

/** The code that the sign-in page hands to the client. */
export const obtainCode = async (request: Required<SignInRequest>, verifier: string): Promise<string> => {
  const { origin, clientId, redirectUri, email, password } = request;
  const visit = visitor(origin);
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: randomBytes(8).toString('base64url'),
  });
  const page = await visit(`/oidc/authorize?${query.toString()}`);
  const resume = await visit(page, new URLSearchParams({ email, password }));
  const back = new URL(await visit(resume), origin);
  const code = back.searchParams.get('code');
  if (!code)
    throw new CommandRefused(
      `the sign-in ended without a code: ${back.searchParams.get('error_description') ?? back.href}`,
    );
  return code;
};

/** Follows one redirect at a time and keeps the cookies. */
const visitor = (origin: string): ((path: string, form?: URLSearchParams) => Promise<string>) => {
  const cookies = new Map<string, string>();
  return async (path, form) => {
    const answer = await fetch(new URL(path, origin), {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (answer.status === 401) throw new CommandRefused('e-mail or password is wrong');
    if (answer.status === 429)
      throw new CommandRefused('too many wrong passwords for this resident; wait and try again');
    if (!location) throw new CommandRefused(`the sign-in stopped at ${path}: ${answer.status}`);
    return location;
  };
};
