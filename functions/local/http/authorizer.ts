import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { Refusal } from './problem.ts';

export type AuthorizerParts = {
  readonly jwks: JSONWebKeySet;
  readonly issuer: string;
  readonly audiences: readonly string[];
};

/** As the JWT authorizer hands them to a Lambda: every value a string, a list as `[a b]`. */
export type Claims = Record<string, string>;

export type Authorizer = (authorization: string | undefined) => Promise<Claims>;

/**
 * The checks of an HTTP API's JWT authorizer: RSA signature by the issuer's keys, `iss`, `exp`, `nbf`, `iat`, and the audience, which is
 * `aud` where the token has one and `client_id` otherwise. Membership is not its business.
 */
export const jwtAuthorizer = ({ jwks, issuer, audiences }: AuthorizerParts): Authorizer => {
  const keys = createLocalJWKSet(jwks);
  return async (authorization) => {
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token)
      throw unauthorised(
        'Send an access token in the header Authorization: Bearer …; npm run -s hems -- token prints one.',
      );
    const payload = await verified(token, keys, issuer);
    if (Number(payload.iat) > Date.now() / 1000) throw invalidToken('it was issued in the future');
    if (!audienceOf(payload).some((audience) => audiences.includes(audience)))
      throw invalidToken('it was issued to another client');
    return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, asText(value)]));
  };
};

const verified = async (
  token: string,
  keys: ReturnType<typeof createLocalJWKSet>,
  issuer: string,
): Promise<JWTPayload> => {
  try {
    const required = { algorithms: ['RS256'], issuer, requiredClaims: ['exp', 'iat'] };
    return (await jwtVerify(token, keys, required)).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw invalidToken(error.message);
    throw error;
  }
};

const audienceOf = ({ aud, client_id: clientId }: JWTPayload): readonly string[] => {
  if (aud !== undefined) return typeof aud === 'string' ? [aud] : aud;
  return typeof clientId === 'string' ? [clientId] : [];
};

const asText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? `[${value.map(asText).join(' ')}]` : JSON.stringify(value);
};

const unauthorised = (detail: string): Refusal => new Refusal(401, detail, { 'www-authenticate': 'Bearer' });

const invalidToken = (reason: string): Refusal =>
  new Refusal(401, `The access token is refused: ${reason}.`, {
    'www-authenticate': `Bearer error="invalid_token", error_description="${reason.replaceAll('"', "'")}"`,
  });
