import type { JsonSchema } from 'aws-cdk-lib/aws-apigateway';
import * as z from 'zod';
import type { PartnerRoute } from '@hems/shared/partner-api/route';

const jsonSchema = z.custom<JsonSchema>((value) => typeof value === 'object' && value !== null);

/** JSON Schema of draft 4, which is what API Gateway understands; the handler checks the contract itself and says what was wrong. */
export const modelOf = (schema: PartnerRoute['body']): JsonSchema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-4',
    unrepresentable: 'any',
  });
  return jsonSchema.parse(rest);
};

const objectSchema = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});
export const requiredOf = (schema: PartnerRoute['body']): readonly string[] =>
  objectSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).required;
export const hasFields = (schema: PartnerRoute['body']): boolean =>
  Object.keys(objectSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).properties).length >
  0;
