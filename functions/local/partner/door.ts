import type { APIGatewayAuthorizerResult, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { partnerContract, type PartnerNoun } from '@hems/shared/partner-api/contract';
import type { PartnerRoute } from '@hems/shared/partner-api/route';
import type { HttpRequest } from '@hems/shared/signing/request';
import type { Clock } from '../../ports/clock.ts';
import type { AuthorizerEvent } from '../../runtime/partner-signed.ts';
import type { PartnerHandler } from '../../runtime/partner.ts';
import { BodyTooLarge, readBody } from '../http/body.ts';
import type { Exchange } from '../http/exchange.ts';
import { CodedRefusal } from '../http/problem.ts';
import { matcherOf } from '../http/routes.ts';
import type { Target } from '../http/target.ts';
import { lambdaContext } from '../lambda-context.ts';
import { authorizerEvent, partnerEvent, type Asked, type Found } from './event.ts';
import { callerByIam, identityOf, isSigV4 } from './iam.ts';
import { throttle, type Limit } from './throttle.ts';

export type PartnerDoorParts = {
  /** the Lambda of each noun */
  readonly handlers: Readonly<Record<PartnerNoun, PartnerHandler>>;
  readonly authorizer: (event: AuthorizerEvent, context: Context) => Promise<APIGatewayAuthorizerResult>;
  /** access keys of partners that sign with Signature Version 4 */
  readonly accessKeys: string;
  readonly clock: Clock;
  /** of every partner: its plan of use */
  readonly limit: Limit;
};

/** As much as API Gateway takes; the handlers take a tenth of it. */
const BODY_MAX_BYTES = 10_000_000;
/** As the functions are deployed. */
const TIMEOUT_MS = 20_000;
const AUTHORIZER_TIMEOUT_MS = 5000;

const match = matcherOf<PartnerNoun, PartnerRoute>(partnerContract, '/partner/docs');

const bodyOf = async ({ request }: Asked): Promise<Buffer> => {
  try {
    return await readBody(request, BODY_MAX_BYTES);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    throw new CodedRefusal(413, { code: 'body-too-large', detail: `The gateway takes ${BODY_MAX_BYTES} bytes.` });
  }
};

/** API Gateway's answer to a policy that denies: the authorizer's context in a problem document. */
const deniedBy = ({ context }: APIGatewayAuthorizerResult): CodedRefusal =>
  new CodedRefusal(401, { code: String(context?.['code']), detail: String(context?.['detail']) });

type Admitted = { readonly partnerId: string; readonly found: Found; readonly body: Buffer };

/** Asked before the body is read: whoever is nobody makes us read none. */
const bySignature = async (asked: Asked, { authorizer }: PartnerDoorParts): Promise<Admitted> => {
  const said = await authorizer(authorizerEvent(asked), lambdaContext('authorizer', AUTHORIZER_TIMEOUT_MS));
  if (said.policyDocument.Statement.some(({ Effect }) => Effect !== 'Allow')) throw deniedBy(said);
  const found = { authorizer: { ...said.context, principalId: said.principalId } };
  return { partnerId: said.principalId, found, body: await bodyOf(asked) };
};

const byIam = async (asked: Asked, { accessKeys, clock }: PartnerDoorParts): Promise<Admitted> => {
  const { request, target } = asked;
  const body = await bodyOf(asked);
  const headers = Object.entries(request.headersDistinct).map(([name, values = []]): [string, string] => [
    name,
    values.join(','),
  ]);
  const signed: HttpRequest = {
    method: request.method ?? '',
    url: `http://${request.headers.host ?? ''}${target.rawPath}?${target.rawQueryString}`,
    headers: Object.fromEntries(headers),
    body: new Uint8Array(body),
  };
  const key = await callerByIam({ file: accessKeys, clock }, signed);
  return { partnerId: key.partnerId, found: { identity: identityOf(key) }, body };
};

const send = ({ response }: Exchange, { statusCode = 200, headers, body }: APIGatewayProxyStructuredResultV2): void => {
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, String(value));
  response.statusCode = statusCode;
  response.end(body);
};

/**
 * What API Gateway does for either REST API of partners, between a request and the Lambda of its noun: who signs with Signature Version 4
 * is checked as IAM does, everybody else by the authorizer; then the plan of use.
 */
export const partnerRoutes = (parts: PartnerDoorParts): ((exchange: Exchange, target: Target) => Promise<void>) => {
  const mayPass = throttle(parts.limit, parts.clock);
  return async (exchange, target) => {
    const { request } = exchange;
    const found = match(request.method ?? '', target.rawPath);
    const context = lambdaContext(found.noun, TIMEOUT_MS);
    const asked = { request, match: found, target, requestId: context.awsRequestId };
    const admit = isSigV4(request.headers.authorization) ? byIam : bySignature;
    const admitted = await admit(asked, parts);
    if (!mayPass(admitted.partnerId))
      throw new CodedRefusal(429, {
        code: 'throttled',
        detail: 'More requests than your plan of use has; send slower.',
      });
    send(exchange, await parts.handlers[found.noun](partnerEvent(asked, admitted.body, admitted.found), context));
  };
};
