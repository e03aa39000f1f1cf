import { once } from 'node:events';
import { createServer } from 'node:http';
import * as oidc from 'openid-client';
import * as z from 'zod';
import { STAFF_RETURN_URL } from '@hems/shared/client/staff-return';
import { CommandRefused } from './sign-in.ts';

/** As `/config.json` of the app tells it. */
const stage = z.object({ issuer: z.url(), staffClientId: z.string().min(1), apiBase: z.url() });

const PATIENCE_MS = 5 * 60_000;
const DONE = 'Signed in. This window may be closed; the command goes on in the terminal.\n';
const NOT_DONE = 'This is not the answer of a sign-in that was asked for here.\n';

export type Staff = { readonly origin: string; readonly token: () => Promise<string> };

const stageAt = async (appUrl: string): Promise<z.infer<typeof stage>> => {
  const url = new URL('/config.json', appUrl);
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch((error: unknown) => {
    throw new CommandRefused(`${url.href} does not answer; HEMS_URL is the address of the app`, { cause: error });
  });
  const parsed = stage.safeParse(answer.ok ? await answer.json() : undefined);
  if (!parsed.success) throw new CommandRefused(`${url.href} is not the configuration of a HEMS app`);
  return parsed.data;
};

/** Waits for the browser to come back with the code; whatever else calls is told so and changes nothing. */
const comeBack = async (state: string): Promise<URL> => {
  const { hostname, port, pathname, origin } = new URL(STAFF_RETURN_URL);
  const server = createServer();
  server.listen(Number(port), hostname);
  await once(server, 'listening').catch((error: unknown) => {
    throw new CommandRefused(`port ${port} is taken; another hems command may be waiting for its sign-in`, {
      cause: error,
    });
  });
  try {
    return await new Promise<URL>((resolve, reject) => {
      const tooLate = (): void =>
        reject(new CommandRefused('nobody signed in within five minutes; call the command again'));
      setTimeout(tooLate, PATIENCE_MS).unref();
      server.on('request', ({ url = '/' }, response) => {
        const called = new URL(url, origin);
        const ours = called.pathname === pathname && called.searchParams.get('state') === state;
        response.writeHead(ours ? 200 : 404, { 'content-type': 'text/plain', connection: 'close' });
        response.end(ours ? DONE : NOT_DONE);
        if (ours) resolve(called);
      });
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

/**
 * Signs staff in at a stage with their own browser (authorization code with PKCE), so that no password and no token passes through the terminal or a file:
 * the token lives in this process. `show` gets the address to open.
 */
export const staffAt = async (appUrl: string, show: (url: string) => void): Promise<Staff> => {
  const { issuer, staffClientId, apiBase } = await stageAt(appUrl);
  // eslint-disable-next-line typescript/no-deprecated -- marked so to stand out: the local host has no TLS
  const options = new URL(issuer).hostname === '127.0.0.1' ? { execute: [oidc.allowInsecureRequests] } : {};
  const provider = await oidc.discovery(new URL(issuer), staffClientId, undefined, oidc.None(), options);
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const expectedState = oidc.randomState();
  const back = comeBack(expectedState);
  show(
    oidc.buildAuthorizationUrl(provider, {
      redirect_uri: STAFF_RETURN_URL,
      scope: 'openid',
      code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
    }).href,
  );
  let held: oidc.TokenEndpointResponse = await oidc.authorizationCodeGrant(provider, await back, {
    pkceCodeVerifier,
    expectedState,
  });
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
