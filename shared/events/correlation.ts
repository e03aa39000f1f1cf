import * as z from 'zod/mini';

/** Says of many records which of them belong together: what a device sent, what came of it, what was answered. An opaque word. */
export const CORRELATION = /^[\w-]{8,64}$/;
export const correlation = z.string().check(z.regex(CORRELATION));

/** Of a request, where whoever sends it chooses the id; of every answer. */
export const CORRELATION_HEADER = 'x-correlation-id';
