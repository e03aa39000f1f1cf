import { timingSafeEqual } from 'node:crypto';
import type { AdapterPayload, ClientMetadata, KoaContextWithOIDC, Provider, ResourceServer } from 'oidc-provider';
import { OPENADR_SCOPES, RESOURCE_SERVER, SCOPES_OF, scopeInToken } from '@hems/shared/openadr/scopes';
import type { Table } from '../../ports/table.ts';
import { hashOfSecret } from '../../use-cases/openadr/clients.ts';
import { readOpenadrClient, type OpenadrClient } from '../../use-cases/stores/openadr-clients.ts';
import { SIGNING_ALGORITHM } from './keys.ts';

/** Clients of OpenADR at the provider: the client-credentials grant, as a resource server of Cognito gives it. */

/** as long as Cognito’s last when nothing else is said */
export const OPENADR_TOKEN_SECONDS = 3600;
const GRANT = 'client_credentials';

export const OPENADR_TOKEN_SCOPES: readonly string[] = OPENADR_SCOPES.map(scopeInToken);

const metadataOf = ({ clientId, role, secretHash = '' }: OpenadrClient): ClientMetadata => ({
  client_id: clientId,
  // the provider asks for one; what it is given is compared as `compareSecrets` says
  client_secret: secretHash,
  grant_types: [GRANT],
  redirect_uris: [],
  response_types: [],
  token_endpoint_auth_method: 'client_secret_basic',
  scope: SCOPES_OF[role].map(scopeInToken).join(' '),
});

/** The provider's model `Client`, from the table; those of the apps are in its configuration. */
export const findClient = async (table: Table, clientId: string): Promise<AdapterPayload | undefined> => {
  const client = await readOpenadrClient(table, clientId);
  return client?.secretHash === undefined ? undefined : { ...metadataOf(client) };
};

/** Secrets are kept as hashes. Clients send them in the header or, as the definition has it, in the form: the provider takes both. */
export const compareSecrets = (provider: Provider): void => {
  provider.Client.prototype.compareClientSecret = function compare(actual) {
    const [kept, given] = [this.clientSecret ?? '', hashOfSecret(actual)].map((text) => Buffer.from(text));
    return kept !== undefined && given !== undefined && kept.length === given.length && timingSafeEqual(kept, given);
  };
};

const isOfOpenadr = (client: { grantTypeAllowed(type: string): boolean } | undefined): boolean =>
  client?.grantTypeAllowed(GRANT) === true;

export const openadrResource = (origin: string): string => `${origin}/openadr3`;

/** The resource of a client that names none: a client of OpenADR has one. Asked for no scope, it gets all it may have, as Cognito gives them. */
export const defaultOpenadrResource = (
  origin: string,
  { oidc }: KoaContextWithOIDC,
  client: KoaContextWithOIDC['oidc']['client'],
): string | undefined => {
  if (!isOfOpenadr(client)) return undefined;
  if (oidc.params) oidc.params['scope'] ??= client?.scope;
  return openadrResource(origin);
};

/** Its tokens are for the OpenADR door and no other. Undefined: the client is none of OpenADR. */
export const openadrServer = (client: KoaContextWithOIDC['oidc']['client']): ResourceServer | undefined =>
  isOfOpenadr(client)
    ? {
        scope: OPENADR_TOKEN_SCOPES.join(' '),
        audience: RESOURCE_SERVER,
        accessTokenFormat: 'jwt',
        accessTokenTTL: OPENADR_TOKEN_SECONDS,
        jwt: { sign: { alg: SIGNING_ALGORITHM } },
      }
    : undefined;
