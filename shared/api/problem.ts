import * as z from 'zod/mini';

/** RFC 9457 problem document. `type` is stable and can be searched for in docs/api. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** what happened, where, and what to do */
  detail: z.optional(z.string()),
  /** says which refusal it is, for a program to act on; the set is open */
  code: z.optional(z.string()),
  instance: z.optional(z.string()),
  /** the places in the request that were refused */
  errors: z.optional(z.array(z.object({ at: z.string(), message: z.string() }))),
});
export type Problem = z.infer<typeof problem>;
