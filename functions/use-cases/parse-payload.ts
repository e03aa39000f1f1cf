import * as z from 'zod';

/** What a schema says of the message of a rule; undefined when it is not JSON. */
export const parsePayload = <S extends z.core.$ZodType>(
  schema: S,
  payload: string,
): z.ZodSafeParseResult<z.output<S>> | undefined => {
  try {
    return z.safeParse(schema, JSON.parse(Buffer.from(payload, 'base64').toString()));
  } catch {
    // Not JSON: the caller keeps the message with that reason.
    return undefined;
  }
};
