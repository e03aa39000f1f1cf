import { problem } from '@hems/shared/api/problem';
import { partnerContract } from '@hems/shared/partner-api/contract';
import { BODY_MAX_BYTES, IDEMPOTENCY_KEY } from '@hems/shared/partner-api/limits';
import type { PartnerRoute } from '@hems/shared/partner-api/route';
import { LIFETIME_S, SKEW_S } from '@hems/shared/signing/profile';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';
import { parametersOf, requestBodyOf } from './openapi.ts';
import { partnerWebhooks } from './partner-webhooks.ts';

const DESCRIPTION = `API for partners of HEMS: government, utilities, aggregators, buildings. Every request is signed, in one of two ways that have
host names of their own; what to sign, with examples and test vectors, is in docs/api/signing.md.

Times are epoch milliseconds (UTC), energy is whole watt-hours, power whole watts, money whole won. A quantity that is not known is \`null\`,
never 0. Households appear as \`participant\` ids that are another partner's for nobody. Bodies are JSON of at most ${BODY_MAX_BYTES} bytes; fields
that are not in the contract are refused.

Every POST, PUT and DELETE carries an \`Idempotency-Key\`. The same request with the same key within 24 hours has the same answer again, with
\`idempotent-replayed: true\`, and no second effect; another request with that key is refused (409 \`idempotency-mismatch\`), and so is one whose
like is being carried out (409 \`in-progress\`). What was refused or failed may be sent again with its key.

Refusals are problem documents (RFC 9457) whose \`code\` says which one it is. Sign each attempt anew: a nonce counts once. Every answer of ours has
the header \`x-correlation-id\` (yours, where the request has one of 8 to 64 letters, digits, \`-\` or \`_\`): name it when you ask about one.`;

const SECURITY_SCHEMES = {
  messageSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'Signature',
    description: `HTTP Message Signature (RFC 9421) by Ed25519 or ECDSA P-256 with SHA-256, in \`Signature-Input\` and \`Signature\`. It covers \`@method\`,
\`@target-uri\` and, where they are sent, \`content-type\`, \`content-digest\` (RFC 9530, sha-256; a body needs one) and \`idempotency-key\`; its
parameters are created (at most ${SKEW_S} s from our clock), expires (at most ${LIFETIME_S} s after created), nonce (never used before) and keyid.`,
  },
  awsSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    'x-amazon-apigateway-authtype': 'awsSigv4',
    description:
      'AWS Signature Version 4 for the service execute-api, with credentials of the role that the operator gave the partner.',
  },
  plan: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'Beside awsSignature: names the plan of use of the partner. It opens nothing by itself.',
  },
};

const IDEMPOTENCY_PARAMETER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  schema: { type: 'string', pattern: IDEMPOTENCY_KEY.source },
  description: 'Chosen by you, the same when this request is sent again',
};

const operationOf = (noun: string, route: PartnerRoute): JsonSchema => ({
  operationId: route.name,
  tags: [noun],
  summary: route.summary,
  ...(route.scope === null ? {} : { description: `Needs the scope \`${route.scope}\`.` }),
  parameters: [
    ...parametersOf(route.params, 'path'),
    ...parametersOf(route.query, 'query'),
    ...(route.method === 'GET' ? [] : [IDEMPOTENCY_PARAMETER]),
  ],
  ...requestBodyOf(route.body),
  responses: {
    200: {
      description: 'As asked',
      content: { [route.produces ?? 'application/json']: { schema: jsonSchemaOf(route.answer, 'output') } },
    },
    default: { $ref: '#/components/responses/Problem' },
  },
});

const pathsOf = (): Record<string, JsonSchema> => {
  const paths: Record<string, JsonSchema> = {};
  const nouns: Readonly<Record<string, readonly PartnerRoute[]>> = partnerContract;
  for (const [noun, routes] of Object.entries(nouns))
    for (const route of routes)
      paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(noun, route) };
  return paths;
};

/** The OpenAPI 3.1 document of the partner contract. */
export const partnerOpenApiDocument = (): JsonSchema => ({
  openapi: '3.1.0',
  info: {
    title: 'HEMS partner API',
    version: '1',
    description: DESCRIPTION,
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  tags: Object.keys(partnerContract).map((name) => ({ name })),
  security: [{ messageSignature: [] }, { awsSignature: [], plan: [] }],
  paths: pathsOf(),
  webhooks: partnerWebhooks(),
  components: {
    securitySchemes: SECURITY_SCHEMES,
    schemas: { Problem: jsonSchemaOf(problem, 'output') },
    responses: {
      Problem: {
        description: 'Refused, and why',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  },
});
