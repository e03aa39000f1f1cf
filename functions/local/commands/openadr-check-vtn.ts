import * as z from 'zod';
import { CommandRefused } from './sign-in.ts';

/** A VTN as one client of it sees it. */
export type Answered = { readonly status: number; readonly body: unknown; readonly type: string };
export type Asked = { readonly method?: string; readonly path: string; readonly body?: unknown; readonly raw?: string };
export type VtnClient = (asked: Asked) => Promise<Answered>;

const TIMEOUT_MS = 20_000;
const BODY_MAX_BYTES = 8_000_000;

const call = async (url: string, init: RequestInit): Promise<Answered> => {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS), ...init });
  const text = await answer.text();
  if (text.length > BODY_MAX_BYTES) throw new CommandRefused(`${url} answers more than ${BODY_MAX_BYTES} characters`);
  const type = answer.headers.get('content-type') ?? '';
  try {
    return { status: answer.status, type, body: JSON.parse(text) };
  } catch {
    return { status: answer.status, type, body: text };
  }
};

const server = z.object({ tokenURL: z.url() });
const token = z.object({ access_token: z.string(), token_type: z.string().regex(/^bearer$/i) });

/** Where the VTN says that tokens are given. */
export const discover = async (url: string): Promise<string> => {
  const said = server.safeParse((await call(`${url}/auth/server`, {})).body);
  if (!said.success)
    throw new CommandRefused(`${url}/auth/server does not answer {"tokenURL": …}; is this the base of a VTN?`);
  return said.data.tokenURL;
};

export type Credentials = { readonly client: string; readonly secret: string };

/** Client credentials in the form, as the definition has it. */
export const signedIn = async (url: string, { client, secret }: Credentials): Promise<VtnClient> => {
  const form = { grant_type: 'client_credentials', client_id: client, client_secret: secret };
  const given = await call(await discover(url), { method: 'POST', body: new URLSearchParams(form) });
  const said = token.safeParse(given.body);
  if (!said.success)
    throw new CommandRefused(`The token endpoint answers ${given.status} to ${client}: ${JSON.stringify(given.body)}`);
  return clientOf(url, said.data.access_token);
};

export const clientOf =
  (url: string, bearer: string | undefined): VtnClient =>
  async ({ method = 'GET', path, body, raw }) =>
    await call(url + path, {
      method,
      headers: {
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        ...((body !== undefined || raw !== undefined) && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(raw !== undefined && { body: raw }),
    });
