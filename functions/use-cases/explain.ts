import type * as z from 'zod';

/** A key of the message may stand in it, and a device chooses how long its keys are. */
const MAX_CHARACTERS = 500;

/** What a schema said, in a form that is small and holds no value of the message. */
export const explain = ({
  error,
}: {
  readonly error?: { readonly issues: readonly z.core.$ZodIssue[] } | undefined;
}): string =>
  (error?.issues ?? [])
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'message'}: ${message}`)
    .join('; ')
    .slice(0, MAX_CHARACTERS);

/** Says nothing of what the device sent instead: the parser's own words would quote it. */
export const notJson = (payload: string): string => `${Buffer.byteLength(payload, 'base64')} bytes that are not JSON`;
