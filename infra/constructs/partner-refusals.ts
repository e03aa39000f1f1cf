import * as apigateway from 'aws-cdk-lib/aws-apigateway';

const AS_PROBLEM = { 'Content-Type': "'application/problem+json'" };

type Refusal = {
  readonly type: apigateway.ResponseType;
  readonly status: number;
  readonly title: string;
  readonly code: string;
};

/** What API Gateway refuses by itself is a problem document too. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  Unauthorized: {
    type: apigateway.ResponseType.UNAUTHORIZED,
    status: 401,
    title: 'The signature is refused',
    code: 'unsigned',
  },
  AccessDenied: { type: apigateway.ResponseType.ACCESS_DENIED, status: 403, title: 'Not allowed', code: 'refused' },
  MissingToken: {
    type: apigateway.ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: 403,
    title: 'Unsigned, or no such address',
    code: 'unsigned',
  },
  InvalidSignature: {
    type: apigateway.ResponseType.INVALID_SIGNATURE,
    status: 403,
    title: 'The signature is refused',
    code: 'wrong-signature',
  },
  ExpiredToken: {
    type: apigateway.ResponseType.EXPIRED_TOKEN,
    status: 403,
    title: 'The credentials have expired',
    code: 'expired-signature',
  },
  InvalidApiKey: {
    type: apigateway.ResponseType.INVALID_API_KEY,
    status: 403,
    title: 'No plan of use',
    code: 'no-plan',
  },
  BadBody: {
    type: apigateway.ResponseType.BAD_REQUEST_BODY,
    status: 400,
    title: 'The request is not as the contract says',
    code: 'invalid-body',
  },
  BadParameters: {
    type: apigateway.ResponseType.BAD_REQUEST_PARAMETERS,
    status: 400,
    title: 'The request is not as the contract says',
    code: 'invalid-parameters',
  },
  TooLarge: {
    type: apigateway.ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    title: 'Larger than is taken',
    code: 'body-too-large',
  },
  UnsupportedType: {
    type: apigateway.ResponseType.UNSUPPORTED_MEDIA_TYPE,
    status: 415,
    title: 'Not a content type that is taken',
    code: 'content-type',
  },
  Throttled: { type: apigateway.ResponseType.THROTTLED, status: 429, title: 'Too many requests', code: 'throttled' },
  QuotaExceeded: {
    type: apigateway.ResponseType.QUOTA_EXCEEDED,
    status: 429,
    title: 'Too many requests',
    code: 'quota',
  },
  Filtered: {
    type: apigateway.ResponseType.WAF_FILTERED,
    status: 403,
    title: 'Refused by the firewall',
    code: 'firewall',
  },
  OtherRefusal: {
    type: apigateway.ResponseType.DEFAULT_4XX,
    status: 400,
    title: 'The request is refused',
    code: 'refused',
  },
  OtherFailure: {
    type: apigateway.ResponseType.DEFAULT_5XX,
    status: 500,
    title: 'Something went wrong on our side',
    code: 'failed',
  },
  TimedOut: {
    type: apigateway.ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    title: 'No answer in time',
    code: 'timeout',
  },
};

/** The detail is API Gateway's own sentence; `messageString` has its quotes already. */
const problemTemplate = ({ status, title, code }: Refusal): string =>
  `{"type":"about:blank","title":"${title}","status":${status},"code":"${code}","detail":$context.error.messageString,"instance":"$context.path"}`;

/** What our authorizer refused says itself why; neither text holds a quote or a backslash. */
const REFUSED_BY_US = {
  type: apigateway.ResponseType.ACCESS_DENIED,
  statusCode: '401',
  templates: {
    'application/json':
      '{"type":"about:blank","title":"The signature is refused","status":401,"code":"$context.authorizer.code","detail":"$context.authorizer.detail","instance":"$context.path"}',
  },
  responseHeaders: AS_PROBLEM,
};

/** Has the API answer with problem documents where no function is asked. `ours`: our authorizer decides, and not IAM. */
export const refuseInProblems = (api: apigateway.RestApi, ours: boolean): void => {
  for (const [name, refusal] of Object.entries(REFUSALS))
    api.addGatewayResponse(
      name,
      ours && refusal.type === apigateway.ResponseType.ACCESS_DENIED
        ? REFUSED_BY_US
        : {
            type: refusal.type,
            templates: { 'application/json': problemTemplate(refusal) },
            responseHeaders: AS_PROBLEM,
          },
    );
};
