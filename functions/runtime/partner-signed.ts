import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { usageKeyOf } from '@hems/shared/partner-api/limits';
import { ACTED_ON } from '@hems/shared/signing/profile';
import { targetUri, type HttpRequest } from '@hems/shared/signing/request';

/** What an authorizer of a REST API is told: everything but the body. */
export type AuthorizerEvent = Pick<
  APIGatewayRequestAuthorizerEvent,
  'methodArn' | 'httpMethod' | 'multiValueHeaders' | 'multiValueQueryStringParameters'
> & { readonly requestContext: { readonly path: string; readonly domainName?: string | undefined } };

export type ShutOut = { readonly code: string; readonly detail: string };
export type Signed = Pick<HttpRequest, 'method' | 'url' | 'headers'>;

/** Of two of these, the signature and whoever reads the request next might each take another. */
const SINGLE: readonly string[] = [...ACTED_ON, 'signature', 'signature-input', 'content-length', 'authorization'];
/** Every address of ours: no percent-encoding that one gateway decodes and another does not, no `.` and no empty segment. */
const PLAIN_PATH = /^(\/(?!\.{1,2}(\/|$))[\w.~!$&'()*+,;=:@-]+)+$/;

const headersOf = ({ multiValueHeaders }: AuthorizerEvent): ReadonlyMap<string, readonly string[]> => {
  const byName = new Map<string, string[]>();
  for (const [name, values = []] of Object.entries(multiValueHeaders ?? {}))
    byName.set(name.toLowerCase(), [...(byName.get(name.toLowerCase()) ?? []), ...values]);
  return byName;
};

const queryOf = ({ multiValueQueryStringParameters }: AuthorizerEvent): (readonly [string, string])[] =>
  Object.entries(multiValueQueryStringParameters ?? {}).flatMap(([name, values = []]) =>
    values.map((value): readonly [string, string] => [name, value]),
  );

/**
 * The request as its sender signed it. The path of the request context is the public one, with the stage where the address has it; the
 * domain is the one that API Gateway found the API by. `origin`: of a host that is no API Gateway.
 */
export const signedRequestOf = (
  event: AuthorizerEvent,
  origin: string | undefined,
): { readonly request: Signed } | { readonly refusal: ShutOut } => {
  const { path, domainName = '' } = event.requestContext;
  if (!PLAIN_PATH.test(path))
    return { refusal: { code: 'address-not-plain', detail: 'No address of ours has a percent-encoding in its path.' } };
  const headers = headersOf(event);
  const twice = SINGLE.find((name) => (headers.get(name)?.length ?? 0) > 1);
  if (twice !== undefined)
    return { refusal: { code: 'repeated-header', detail: `Send the header ${twice} once only.` } };
  return {
    request: {
      method: event.httpMethod,
      url: targetUri(origin ?? `https://${domainName}`, path, queryOf(event)),
      headers: Object.fromEntries([...headers].map(([name, values]) => [name, values.join(', ')])),
    },
  };
};

const policy = (effect: 'Allow' | 'Deny', methodArn: string): APIGatewayAuthorizerResult['policyDocument'] => ({
  Version: '2012-10-17',
  Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: methodArn }],
});

/** This request and no other: nothing is cached. The usage key names the partner's plan of use. */
export const allow = (
  { methodArn }: AuthorizerEvent,
  { partnerId, keyId, stage }: { readonly partnerId: string; readonly keyId: string; readonly stage: string },
): APIGatewayAuthorizerResult => ({
  principalId: partnerId,
  policyDocument: policy('Allow', methodArn),
  context: { partnerId, keyId },
  usageIdentifierKey: usageKeyOf(stage, partnerId),
});

/** API Gateway puts the context into a JSON text as it stands: nothing in it may end a string there. */
const plain = (text: string): string => text.replaceAll(/["\\\p{Cc}]/gu, ' ');

/** The gateway response for it answers 401 with a problem document of this code and detail. */
export const deny = ({ methodArn }: AuthorizerEvent, { code, detail }: ShutOut): APIGatewayAuthorizerResult => ({
  principalId: 'nobody',
  policyDocument: policy('Deny', methodArn),
  context: { code: plain(code), detail: plain(detail) },
});
