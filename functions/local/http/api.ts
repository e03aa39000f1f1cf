import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { contract, type Noun } from '@hems/shared/api/contract';
import type { Route } from '@hems/shared/api/route';
import { lambdaContext } from '../lambda-context.ts';
import type { Authorizer } from './authorizer.ts';
import { readBody } from './body.ts';
import type { Exchange } from './exchange.ts';
import { gatewayEvent, type GatewayEvent } from './gateway-event.ts';
import { matcherOf } from './routes.ts';
import type { Target } from './target.ts';

export type ApiHandler = (event: GatewayEvent, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

export type ApiParts = {
  /** the Lambda of each noun */
  readonly handlers: Readonly<Record<Noun, ApiHandler>>;
  readonly authorize: Authorizer;
};

const BODY_MAX_BYTES = 1_000_000;
const matchRoute = matcherOf<Noun, Route>(contract, '/docs');

/** HTTP APIs give an integration 30 s. */
const TIMEOUT_MS = 30_000;

/** What API Gateway does between a request and the Lambda of its noun. */
export const apiRoutes =
  ({ handlers, authorize }: ApiParts) =>
  async ({ request, response }: Exchange, { rawPath, rawQueryString }: Target): Promise<void> => {
    const match = matchRoute(request.method ?? '', rawPath);
    const claims = match.route.auth === 'public' ? undefined : await authorize(request.headers.authorization);
    const body = await readBody(request, BODY_MAX_BYTES);
    const context = lambdaContext(match.noun, TIMEOUT_MS);
    const event = gatewayEvent({
      request,
      match,
      rawPath,
      rawQueryString,
      body,
      requestId: context.awsRequestId,
      ...(claims ? { claims } : {}),
      receivedMs: Date.now(),
    });
    const answer = await handlers[match.noun](event, context);
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, String(value));
    response.statusCode = answer.statusCode ?? 200;
    response.end(answer.isBase64Encoded ? Buffer.from(answer.body ?? '', 'base64') : answer.body);
  };
