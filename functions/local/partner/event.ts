import type { IncomingMessage } from 'node:http';
import type { PartnerNoun } from '@hems/shared/partner-api/contract';
import type { PartnerRoute } from '@hems/shared/partner-api/route';
import type { AuthorizerEvent } from '../../runtime/partner-signed.ts';
import type { PartnerEvent } from '../../runtime/partner.ts';
import type { Match } from '../http/routes.ts';
import type { Target } from '../http/target.ts';

export type PartnerMatch = Match<PartnerNoun, PartnerRoute>;
export type Asked = {
  readonly request: IncomingMessage;
  readonly match: PartnerMatch;
  readonly target: Target;
  readonly requestId: string;
};

type Many = Record<string, string[]>;
/** Of several values API Gateway hands on all, and the last one alone. */
const lastOf = (many: Many): Record<string, string> =>
  Object.fromEntries(Object.entries(many).map(([name, values]) => [name, values.at(-1) ?? '']));

const headersOf = ({ headersDistinct }: IncomingMessage): Many =>
  Object.fromEntries(Object.entries(headersDistinct).map(([name, values]) => [name, [...(values ?? [])]]));

const queryOf = ({ rawQueryString }: Target): Many => {
  const query = new URLSearchParams(rawQueryString);
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
};

/** What a REST API tells of a request before its body is known: authorizer and handler have it in common. */
const gatewayEvent = ({ request, match, target, requestId }: Asked) => {
  const [headers, query] = [headersOf(request), queryOf(target)];
  return {
    httpMethod: match.route.method,
    resource: match.route.path,
    path: target.rawPath,
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: lastOf(query),
    multiValueQueryStringParameters: query,
    pathParameters: match.pathParameters,
    stageVariables: null,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: request.headers.host ?? '',
      httpMethod: match.route.method,
      path: target.rawPath,
      protocol: `HTTP/${request.httpVersion}`,
      requestId,
      resourcePath: match.route.path,
      stage: 'local',
    },
  };
};

/** What a REQUEST authorizer is asked. */
export const authorizerEvent = (asked: Asked): AuthorizerEvent => {
  const { httpMethod, path, ...event } = gatewayEvent(asked);
  return {
    ...event,
    httpMethod,
    methodArn: `arn:aws:execute-api:local:000000000000:local/local/${httpMethod}${path}`,
  };
};

/** How the gateway found out who asks: as an authorizer said, or as IAM did. */
export type Found = { readonly authorizer: unknown } | { readonly identity: unknown };

/** What a Lambda behind a REST API is handed (payload 1.0). Without binary media types a body is text, whatever it was. */
export const partnerEvent = (asked: Asked, body: Buffer, found: Found): PartnerEvent => {
  const { requestContext, ...event } = gatewayEvent(asked);
  return {
    ...event,
    body: body.length === 0 ? null : body.toString(),
    isBase64Encoded: false,
    requestContext: { ...requestContext, ...found },
  };
};
