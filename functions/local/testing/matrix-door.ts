import { Agent, request } from 'node:http';
import { generateKeyPair, exportJWK, SignJWT, type JWTPayload } from 'jose';
import { RESOURCE_SERVER, scopeInToken } from '@hems/shared/openadr/scopes';
import { systemClock } from '../clock.ts';
import { apiRoutes } from '../http/api.ts';
import { jwtAuthorizer } from '../http/authorizer.ts';
import { listenFrontDoor } from '../http/front-door.ts';
import { handlers } from '../http/handlers.ts';
import { AUDIENCES, CLI_CLIENT } from '../identity/provider.ts';

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly authorization?: string | undefined;
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
};
export type Answered = { readonly status: number; readonly type: string; readonly text: string };

const nowS = (): number => Math.floor(systemClock.now() / 1000);

/** The real front door and the real handlers of the API; tokens are made here, with keys that the door trusts and with others. */
export const aMatrixDoor = async () => {
  const [own, others] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
  const door = await listenFrontDoor(0);
  const authorize = jwtAuthorizer({ jwks: { keys: [jwk] }, issuer: door.origin, audiences: AUDIENCES });
  const never = async (): Promise<void> => Promise.reject(new Error('the API alone is asked'));
  door.open({
    api: apiRoutes({ handlers, authorize }),
    partner: never,
    openadr: never,
    identity: never,
    objects: never,
    docs: never,
    ops: never,
    app: never,
    answered: () => undefined,
    config: {},
  });

  const sign = (claims: JWTPayload, key = own.privateKey): Promise<string> =>
    new SignJWT({ iss: door.origin, iat: nowS(), exp: nowS() + 300, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'own' })
      .sign(key);
  const claims = (sub: string, group?: string): JWTPayload => ({
    sub,
    client_id: CLI_CLIENT,
    token_use: 'access',
    auth_time: nowS() - 60,
    ...(group !== undefined && { 'cognito:groups': [group] }),
  });
  const bearer = async (token: Promise<string>): Promise<string> => `Bearer ${await token}`;
  const tokens = {
    of: async (sub: string, group?: string) => await bearer(sign(claims(sub, group))),
    ofAnotherSigner: async (sub: string, group?: string) => await bearer(sign(claims(sub, group), others.privateKey)),
    over: async (sub: string, group?: string) =>
      await bearer(sign({ ...claims(sub, group), iat: nowS() - 900, exp: nowS() - 1 })),
    ofAnotherClient: async (sub: string, group?: string) =>
      await bearer(sign({ ...claims(sub, group), client_id: 'somebody-elses-app' })),
    ofOpenadr: async () =>
      await bearer(sign({ sub: 'office.client-1', aud: RESOURCE_SERVER, scope: scopeInToken('read_all') })),
    identity: async (sub: string, group?: string) => await bearer(sign({ ...claims(sub, group), token_use: 'id' })),
  };

  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const { hostname, port } = new URL(door.origin);
  const ask = async ({ method, path, authorization, body, headers }: Asked): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          hostname,
          port,
          path,
          method,
          agent,
          headers: {
            ...(authorization !== undefined && { authorization }),
            ...(body !== undefined && {
              'content-type': 'application/json',
              'content-length': String(Buffer.byteLength(body)),
            }),
            ...headers,
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              type: answer.headers['content-type'] ?? '',
              text: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    origin: door.origin,
    tokens,
    ask,
    close: async () => {
      agent.destroy();
      await door.close();
    },
  };
};
export type MatrixDoor = Awaited<ReturnType<typeof aMatrixDoor>>;
