import * as z from 'zod/mini';
import { FILE_REASONS, PART_REASONS } from '@hems/models/history/reasons';
import { epochMs, householdParams, localDate, nothing } from './nouns.ts';
import { route } from './route.ts';

const uploadForm = z.object({ url: z.string(), fields: z.record(z.string(), z.string()), maxBytes: z.int() });
const importParams = z.extend(householdParams, { importId: z.string().check(z.minLength(1), z.maxLength(64)) });

export const importReport = z.object({
  importId: z.string(),
  startedMs: epochMs,
  state: z.enum(['waiting-for-file', 'reading', 'done', 'refused']),
  format: z.nullable(z.enum(['green-button', 'csv'])),
  /** bytes of the file that were read, of how many */
  readBytes: z.int(),
  totalBytes: z.int(),
  daysTaken: z.int(),
  from: z.nullable(localDate),
  to: z.nullable(localDate),
  /** what was refused, the first hundred with their place in the file, and how many in all */
  refused: z.array(z.object({ at: z.string(), code: z.enum(PART_REASONS), reason: z.string() })),
  refusedCount: z.int(),
  /** why the whole file was refused, in words, and as a code for which the screens have words of their own */
  problem: z.nullable(z.string()),
  problemCode: z.nullable(z.enum(FILE_REASONS)),
});
export type ImportReport = z.infer<typeof importReport>;

export const startImport = route({
  name: 'startImport',
  method: 'POST',
  path: '/v1/households/{householdId}/imports',
  auth: 'resident',
  summary: 'Opens a place to send a Green Button file or the utility’s CSV to',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: z.object({ report: importReport, upload: uploadForm }),
});

export const readImport = route({
  name: 'readImport',
  method: 'GET',
  path: '/v1/households/{householdId}/imports/{importId}',
  auth: 'resident',
  summary: 'How far an import has come, and what of it was refused',
  params: importParams,
  query: nothing,
  body: nothing,
  answer: importReport,
});

export const listImports = route({
  name: 'listImports',
  method: 'GET',
  path: '/v1/households/{householdId}/imports',
  auth: 'resident',
  summary: 'The imports of the household, newest first',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: z.object({ imports: z.array(importReport) }),
});
