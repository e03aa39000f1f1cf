import * as z from 'zod';
import type * as mini from 'zod/mini';
import { contract } from '@hems/shared/api/contract';
import { problem } from '@hems/shared/api/problem';
import type { Route } from '@hems/shared/api/route';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';

const DESCRIPTION = `Resident and operator API of HEMS. Times are epoch milliseconds (UTC), energy is whole watt-hours, power whole watts,
\`from\` and \`to\` are days of the Korean calendar, both inclusive. A quantity that is not known is \`null\`, never 0, and every figure carries
its quality. Refusals are problem documents (RFC 9457). Every answer has the header \`x-correlation-id\`, by which operators find what was
done; it is that of the request where the request has one of 8 to 64 letters, digits, \`-\` or \`_\`.`;

const objectSchema = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

/** The OpenAPI 3.1 document of the contract. */
export const openApiDocument = (): JsonSchema => ({
  openapi: '3.1.0',
  info: { title: 'HEMS API', version: '1', description: DESCRIPTION, license: { name: 'MIT', identifier: 'MIT' } },
  servers: [{ url: '/' }],
  tags: Object.keys(contract).map((name) => ({ name })),
  paths: pathsOf(),
  components: {
    securitySchemes: { resident: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    schemas: { Problem: jsonSchemaOf(problem, 'output') },
    responses: {
      Problem: {
        description: 'Refused, and why',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  },
});

const pathsOf = (): Record<string, JsonSchema> => {
  const paths: Record<string, JsonSchema> = {};
  for (const [noun, routes] of Object.entries(contract)) {
    for (const route of routes) {
      const operation = operationOf(noun, route);
      paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation };
    }
  }
  return paths;
};

const operationOf = (noun: string, route: Route): JsonSchema => ({
  operationId: route.name,
  tags: [noun],
  summary: route.summary,
  ...(route.auth === 'operator' ? { description: 'For the group `operator`.' } : {}),
  security: route.auth === 'public' ? [] : [{ resident: [] }],
  parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
  ...requestBodyOf(route.body),
  responses: {
    200: {
      description: 'As asked',
      content: { 'application/json': { schema: jsonSchemaOf(route.answer, 'output') } },
    },
    default: { $ref: '#/components/responses/Problem' },
  },
});

export const parametersOf = (schema: mini.ZodMiniType, place: 'path' | 'query'): JsonSchema[] => {
  const { properties, required } = objectSchema.parse(jsonSchemaOf(schema, 'input'));
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
  }));
};

export const requestBodyOf = (body: mini.ZodMiniType): JsonSchema => {
  const schema = jsonSchemaOf(body, 'input');
  const isNothing = schema['type'] === 'object' && Object.keys(objectSchema.parse(schema).properties).length === 0;
  return isNothing ? {} : { requestBody: { required: true, content: { 'application/json': { schema } } } };
};
