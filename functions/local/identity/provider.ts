import type { EventEmitter } from 'node:events';
import { errors, interactionPolicy, Provider, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { STAFF_RETURN_URL } from '@hems/shared/client/staff-return';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import type { Account, Accounts } from './accounts.ts';
import { SIGNING_ALGORITHM, type IdentityKeys } from './keys.ts';
import {
  compareSecrets,
  defaultOpenadrResource,
  findClient,
  OPENADR_TOKEN_SCOPES,
  OPENADR_TOKEN_SECONDS,
  openadrResource,
  openadrServer,
} from './openadr-clients.ts';
import { failurePage, signedOutPage, signOutPage } from './pages.ts';
import { tokenStore } from './token-store.ts';

export const WEB_CLIENT = 'hems-web';
export const CLI_CLIENT = 'hems-cli';
/** Where the command line's sign-in ends. Nothing listens there; the command reads the code from the redirect. */
export const CLI_REDIRECT_URI = 'http://127.0.0.1/hems-cli';
export const SIGN_IN_PATH = '/oidc/sign-in';
/** The audiences of the HTTP API's JWT authorizer. */
export const AUDIENCES: readonly string[] = [WEB_CLIENT, CLI_CLIENT];

export type ProviderParts = {
  /** also the issuer */
  readonly origin: string;
  readonly table: Table;
  /** the table's clock */
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly keys: IdentityKeys;
};

const DAY_SECONDS = 86_400;
const ACCESS_TOKEN_SECONDS = 300;

/** OpenID Connect as Cognito offers it to the app: code + PKCE, rotating refresh tokens, access tokens with Cognito's claims. */
export const identityProvider = (parts: ProviderParts): Provider => {
  const provider = new Provider(parts.origin, configuration(parts));
  compareSecrets(provider);
  provider.on('server_error', (_context, error) => console.error('identity provider:', error));
  // a client that sends no HTTP, or goes away half-way, is no failure of ours
  const connections: EventEmitter = provider;
  connections.on('error', (error: Error) => {
    if (!('code' in error)) console.error('identity provider:', error);
  });
  return provider;
};

const configuration = ({ origin, table, clock, accounts, keys }: ProviderParts): Configuration => ({
  adapter: (model) => {
    const stored = tokenStore(table, clock)(model);
    return model === 'Client' ? { ...stored, find: async (id) => await findClient(table, id) } : stored;
  },
  jwks: { keys: [keys.signing] },
  cookies: { keys: keys.cookies, names: cookieNames(new URL(origin).port) },
  clients: [
    {
      client_id: WEB_CLIENT,
      redirect_uris: [`${origin}/signed-in`],
      post_logout_redirect_uris: [`${origin}/`],
      ...publicClient,
    },
    {
      client_id: CLI_CLIENT,
      application_type: 'native',
      redirect_uris: [CLI_REDIRECT_URI, STAFF_RETURN_URL],
      ...publicClient,
    },
  ],
  pkce: { required: () => true },
  responseTypes: ['code'],
  routes: {
    authorization: '/oidc/authorize',
    token: '/oidc/token',
    revocation: '/oidc/revoke',
    userinfo: '/oidc/userinfo',
    end_session: '/oidc/logout',
    jwks: '/.well-known/jwks.json',
  },
  scopes: ['openid', 'profile', 'email', ...OPENADR_TOKEN_SCOPES],
  claims: { openid: ['sub', 'cognito:groups'], profile: ['name'], email: ['email'] },
  conformIdTokenClaims: false,
  findAccount: async (_context, sub) => {
    const found = await accounts.bySub(sub);
    return found && { accountId: sub, claims: () => claimsOf(found) };
  },
  extraTokenClaims: async (context) => await accessTokenClaims(context, accounts),
  interactions: { policy: withoutConsent(), url: (_context, { uid }) => `${SIGN_IN_PATH}/${uid}` },
  loadExistingGrant: grantEverythingAsked,
  issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  ttl: {
    AccessToken: ACCESS_TOKEN_SECONDS,
    ClientCredentials: OPENADR_TOKEN_SECONDS,
    AuthorizationCode: 60,
    IdToken: ACCESS_TOKEN_SECONDS,
    Interaction: 3600,
    Session: 30 * DAY_SECONDS,
    Grant: 30 * DAY_SECONDS,
    RefreshToken: 30 * DAY_SECONDS,
  },
  features: featuresOf(origin),
  renderError: (context, { error, error_description: description }) => {
    context.type = 'html';
    context.body = failurePage(description ?? error);
  },
});

const featuresOf = (origin: string): NonNullable<Configuration['features']> => ({
  devInteractions: { enabled: false },
  clientCredentials: { enabled: true },
  revocation: { enabled: true },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: (context, form) => {
      context.body = signOutPage(form);
    },
    postLogoutSuccessSource: (context) => {
      context.body = signedOutPage();
    },
  },
  resourceIndicators: {
    enabled: true,
    defaultResource: (context, client) => defaultOpenadrResource(origin, context, client) ?? apiOf(origin),
    useGrantedResource: () => true,
    getResourceServerInfo: (_context, resource, client) => {
      const ofOpenadr = openadrServer(client);
      if (resource !== (ofOpenadr ? openadrResource(origin) : apiOf(origin))) throw new errors.InvalidTarget();
      if (ofOpenadr) return ofOpenadr;
      // the audience is the client, as the authorizer of the HTTP API is told to expect
      return {
        scope: 'openid profile email',
        audience: client.clientId,
        accessTokenFormat: 'jwt',
        accessTokenTTL: ACCESS_TOKEN_SECONDS,
        jwt: { sign: { alg: SIGNING_ALGORITHM } },
      };
    },
  },
});

const publicClient = {
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
} as const;

const apiOf = (origin: string): string => `${origin}/v1`;

/** Cookies know no port: two local hosts on one machine must not overwrite each other's. */
const cookieNames = (port: string): Required<NonNullable<NonNullable<Configuration['cookies']>['names']>> => ({
  interaction: `hems_${port}_interaction`,
  resume: `hems_${port}_resume`,
  session: `hems_${port}_session`,
});

const groupsOf = ({ groups }: Account): { 'cognito:groups'?: string[] } =>
  groups.length > 0 ? { 'cognito:groups': groups } : {};

const claimsOf = (account: Account): { sub: string; name: string; email: string } => ({
  sub: account.sub,
  name: account.name,
  email: account.email,
  ...groupsOf(account),
});

/** What a Cognito access token carries besides `sub`, `client_id`, `scope` and times. */
const accessTokenClaims = async (
  { oidc }: KoaContextWithOIDC,
  accounts: Accounts,
): Promise<Record<string, unknown>> => {
  const source = oidc.entities.AuthorizationCode ?? oidc.entities.RefreshToken;
  const account = source?.accountId ? await accounts.bySub(source.accountId) : undefined;
  if (!account) return {};
  return { token_use: 'access', username: account.sub, auth_time: source?.authTime, ...groupsOf(account) };
};

const withoutConsent = (): ReturnType<typeof interactionPolicy.base> => {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return policy;
};

/** The two clients are our own, so there is nothing for the resident to consent to. */
const grantEverythingAsked: NonNullable<Configuration['loadExistingGrant']> = async ({ oidc }) => {
  const { client, session, provider } = oidc;
  const accountId = session?.accountId;
  if (!client || !accountId) return undefined;
  const known = session.grantIdFor(client.clientId);
  const existing = known ? await provider.Grant.find(known) : undefined;
  if (existing) return existing;
  const grant = new provider.Grant({ accountId, clientId: client.clientId });
  grant.addOIDCScope('openid profile email');
  for (const resource of Object.keys(oidc.resourceServers ?? {}))
    grant.addResourceScope(resource, 'openid profile email');
  await grant.save();
  return grant;
};
