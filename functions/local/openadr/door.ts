import {
  openadrContract,
  OPENADR_2B_BASE,
  OPENADR_BASE,
  type OpenadrNoun,
  type OpenadrRoute,
} from '@hems/shared/openadr/contract';
import type { OpenadrHandler } from '../../runtime/openadr.ts';
import type { Authorizer } from '../http/authorizer.ts';
import { readBody } from '../http/body.ts';
import type { Exchange } from '../http/exchange.ts';
import { gatewayEvent } from '../http/gateway-event.ts';
import { matcherOf } from '../http/routes.ts';
import type { Target } from '../http/target.ts';
import { lambdaContext } from '../lambda-context.ts';

export type OpenadrDoorParts = {
  /** the Lambda of each noun */
  readonly handlers: Readonly<Record<OpenadrNoun, OpenadrHandler>>;
  readonly authorize: Authorizer;
};

/** Whether a path is OpenADR's to answer, be it with a 404. */
export const isOfOpenadr = (rawPath: string): boolean =>
  [OPENADR_BASE, OPENADR_2B_BASE].some((base) => rawPath.startsWith(`${base}/`));

const BODY_MAX_BYTES = 10_000_000;
/** As the functions are deployed. */
const TIMEOUT_MS = 20_000;
const match = matcherOf<OpenadrNoun, OpenadrRoute>(openadrContract, 'docs/openadr.md');

/** What the HTTP API of OpenADR does between a request and the Lambda of its noun: the JWT authorizer, and the event. */
export const openadrRoutes =
  ({ handlers, authorize }: OpenadrDoorParts) =>
  async ({ request, response }: Exchange, { rawPath, rawQueryString }: Target): Promise<void> => {
    const found = match(request.method ?? '', rawPath);
    const claims = found.route.scopes === null ? undefined : await authorize(request.headers.authorization);
    const context = lambdaContext(found.noun, TIMEOUT_MS);
    const event = gatewayEvent({
      request,
      match: found,
      rawPath,
      rawQueryString,
      body: await readBody(request, BODY_MAX_BYTES),
      requestId: context.awsRequestId,
      ...(claims && { claims }),
      receivedMs: Date.now(),
    });
    const answer = await handlers[found.noun](event, context);
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, String(value));
    response.statusCode = answer.statusCode ?? 200;
    response.end(answer.isBase64Encoded ? Buffer.from(answer.body ?? '', 'base64') : answer.body);
  };
