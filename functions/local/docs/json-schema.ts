import * as z from 'zod';
import type * as mini from 'zod/mini';

export type JsonSchema = Record<string, unknown>;

/** JSON Schema 2020-12 of a schema of the contract. `input`: what a sender may write; `output`: what a reader gets. */
export const jsonSchemaOf = (schema: mini.ZodMiniType, io: 'input' | 'output'): JsonSchema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    // the range in which JavaScript counts exactly says nothing about the domain
    override: ({ jsonSchema }) => {
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return rest;
};
