import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Claims } from './authorizer.ts';
import type { Match } from './routes.ts';

/** What API Gateway hands a Lambda for an HTTP API (payload 2.0). `authorizer` is there on routes behind the JWT authorizer. */
export type GatewayEvent = APIGatewayProxyEventV2 & {
  requestContext: { authorizer?: { jwt: { claims: Claims; scopes: null } } };
};

export type GatewayRequest = {
  readonly request: IncomingMessage;
  readonly match: Match<string, { readonly method: string; readonly path: string }>;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly body: Buffer;
  readonly claims?: Claims;
  readonly requestId: string;
  /** epoch ms */
  readonly receivedMs: number;
};

export const gatewayEvent = (parts: GatewayRequest): GatewayEvent => {
  const { request, match, rawPath, rawQueryString, body, claims, requestId, receivedMs } = parts;
  const routeKey = `${match.route.method} ${match.route.path}`;
  const queryStringParameters = joined(new URLSearchParams(rawQueryString));
  const headers = headersOf(request);
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    headers,
    ...(rawQueryString === '' ? {} : { queryStringParameters }),
    ...(Object.keys(match.pathParameters).length === 0 ? {} : { pathParameters: match.pathParameters }),
    ...bodyOf(body, headers['content-type']),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers['host'] ?? '',
      domainPrefix: 'local',
      http: {
        method: match.route.method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: new Date(receivedMs).toISOString(),
      timeEpoch: receivedMs,
      ...(claims ? { authorizer: { jwt: { claims, scopes: null } } } : {}),
    },
  };
};

/** A repeated parameter becomes one value with commas, as API Gateway joins them. */
const joined = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name).join(',')]));

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(',')]],
    ),
  );

const bodyOf = (body: Buffer, contentType = ''): { body?: string; isBase64Encoded: boolean } => {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = /^(text\/|application\/(.+\+)?(json|xml|javascript))/.test(contentType);
  return isText
    ? { body: body.toString(), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true };
};
