import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { CORRELATION, CORRELATION_HEADER } from '@hems/shared/events/correlation';

type Requested = {
  readonly headers?: Readonly<Record<string, string | undefined>> | null | undefined;
  readonly requestContext?: unknown;
};

const gateway = z.object({ requestId: z.string() });

/**
 * The id that the request brings, else the gateway's, of which only letters, digits, `-` and `_` are kept: HTTP APIs end theirs with `=`. The access log
 * has the gateway's as it is, and never the request's own; it is joined with our lines by `functionRequestId`, their `function_request_id`.
 */
export const idOfRequest = ({ headers, requestContext }: Requested): string | undefined => {
  const given = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === CORRELATION_HEADER)?.[1];
  if (given !== undefined && CORRELATION.test(given)) return given;
  return gateway.safeParse(requestContext).data?.requestId.replaceAll(/[^\w-]/g, '');
};

export const withId = (
  answer: APIGatewayProxyStructuredResultV2,
  correlationId: string,
): APIGatewayProxyStructuredResultV2 => ({
  ...answer,
  headers: { ...answer.headers, [CORRELATION_HEADER]: correlationId },
});

/** A failure of ours; what we refuse is none. */
export const failedAnswer = ({ statusCode = 200 }: APIGatewayProxyStructuredResultV2): boolean => statusCode >= 500;
