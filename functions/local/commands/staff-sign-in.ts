import { once } from 'node:events';
import { createServer } from 'node:http';
import * as oidc from 'openid-client';
import * as z from 'zod';
import { STAFF_RETURN_URL } from '@hems/shared/client/staff-return';
import { shown } from './shown.ts';
import { CommandRefused } from './sign-in.ts';

/** As `/config.json` of the app tells it. */
const stage = z.object({ issuer: z.url(), staffClientId: z.string().min(1), apiBase: z.url() });

const PATIENCE_MS = 5 * 60_000;
const DONE = 'Signed in. This window may be closed; the command goes on in the terminal.\n';
const REFUSED = 'Not signed in. The terminal says why; this window may be closed.\n';
const NOT_DONE = 'This is not the answer of a sign-in that was asked for here.\n';

export type Staff = { readonly origin: string; readonly token: () => Promise<string> };

const isLoopback = ({ hostname }: URL): boolean => hostname === '127.0.0.1' || hostname === 'localhost';

/** A token goes there, or comes from there: in the clear it goes no further than this machine. */
const safe = (address: string, what: string): URL => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url))) return url;
  throw new CommandRefused(
    `${what} is ${address}, and has to be an address that begins with https:// (http:// for 127.0.0.1 alone)`,
  );
};

const stageAt = async (appUrl: string): Promise<z.infer<typeof stage>> => {
  const url = new URL('/config.json', safe(appUrl, 'HEMS_URL'));
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch((error: unknown) => {
    throw new CommandRefused(`${url.href} does not answer; HEMS_URL is the address of the app`, { cause: error });
  });
  const parsed = stage.safeParse(answer.ok ? await answer.json().catch(() => undefined) : undefined);
  if (!parsed.success) throw new CommandRefused(`${url.href} is not the configuration of a HEMS app`);
  safe(parsed.data.apiBase, `apiBase of ${url.href}`);
  safe(parsed.data.issuer, `issuer of ${url.href}`);
  return parsed.data;
};

/** What the provider said instead of a code, in words of its own: of printable ones. */
const refusalIn = ({ searchParams }: URL): string =>
  shown([searchParams.get('error') ?? 'no code', searchParams.get('error_description') ?? ''].join(' ').trim());

/** Listens, and then waits for the browser to come back with the code; whatever else calls is told so and changes nothing. */
const openReturn = async (state: string): Promise<() => Promise<URL>> => {
  const { hostname, port, pathname, origin } = new URL(STAFF_RETURN_URL);
  const server = createServer();
  server.listen(Number(port), hostname);
  await once(server, 'listening').catch((error: unknown) => {
    throw new CommandRefused(`port ${port} is taken; another hems command may be waiting for its sign-in`, {
      cause: error,
    });
  });
  const came = Promise.withResolvers<URL>();
  server.on('request', ({ url = '/' }, response) => {
    const called = URL.canParse(url, origin) ? new URL(url, origin) : new URL(origin);
    const ours = called.pathname === pathname && called.searchParams.get('state') === state;
    const isSignedIn = called.searchParams.has('code');
    response.writeHead(ours ? 200 : 404, { 'content-type': 'text/plain', connection: 'close' });
    response.end(ours ? (isSignedIn ? DONE : REFUSED) : NOT_DONE);
    if (ours) came.resolve(called);
  });
  return async () => {
    const tooLate = new CommandRefused('nobody signed in within five minutes; call the command again');
    const timer = setTimeout(() => came.reject(tooLate), PATIENCE_MS);
    try {
      const called = await came.promise;
      if (!called.searchParams.has('code'))
        throw new CommandRefused(`the sign-in was refused (${refusalIn(called)}); call the command again`);
      return called;
    } finally {
      clearTimeout(timer);
      server.close();
      server.closeAllConnections();
    }
  };
};

const refusedBy = (issuer: string) => (error: unknown) => {
  throw new CommandRefused(`${issuer} did not sign you in: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
};

/**
 * Signs staff in at a stage with their own browser (authorization code with PKCE), so that no password and no token passes through the terminal or a file:
 * the token lives in this process. `show` gets the address to open.
 */
export const staffAt = async (appUrl: string, show: (url: string) => void): Promise<Staff> => {
  const { issuer, staffClientId, apiBase } = await stageAt(appUrl);
  // eslint-disable-next-line typescript/no-deprecated -- marked so to stand out: the local host has no TLS
  const options = isLoopback(new URL(issuer)) ? { execute: [oidc.allowInsecureRequests] } : {};
  const provider = await oidc
    .discovery(new URL(issuer), staffClientId, undefined, oidc.None(), options)
    .catch(refusedBy(issuer));
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const expectedState = oidc.randomState();
  const address = oidc.buildAuthorizationUrl(provider, {
    redirect_uri: STAFF_RETURN_URL,
    scope: 'openid',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
  });
  const back = await openReturn(expectedState);
  show(address.href);
  const answer = await back();
  let held: oidc.TokenEndpointResponse = await oidc
    .authorizationCodeGrant(provider, answer, { pkceCodeVerifier, expectedState })
    .catch(refusedBy(issuer));
  let until = endOf(held);
  return {
    origin: apiBase,
    token: async () => {
      if (performance.now() > until && held.refresh_token !== undefined) {
        held = await oidc.refreshTokenGrant(provider, held.refresh_token);
        until = endOf(held);
      }
      return held.access_token;
    },
  };
};

/** Half a minute before the token ends. */
const endOf = ({ expires_in: seconds = 0 }: oidc.TokenEndpointResponse): number =>
  performance.now() + (seconds - 30) * 1000;
