import * as z from 'zod/mini';
import { epochMs, householdParams, nothing } from './nouns.ts';
import { route } from './route.ts';

export const exportReport = z.object({
  exportId: z.string(),
  startedMs: epochMs,
  state: z.enum(['waiting', 'writing', 'ready', 'failed', 'gone']),
  /** files of the archive that are written, of how many */
  writtenFiles: z.int(),
  totalFiles: z.int(),
  bytes: z.int(),
  /** while `ready`: the archive, for an hour from this answer; it is kept seven days */
  downloadUrl: z.nullable(z.string()),
  expiresMs: z.nullable(epochMs),
  problem: z.nullable(z.string()),
});
export type ExportReport = z.infer<typeof exportReport>;

export const startExport = route({
  name: 'startExport',
  method: 'POST',
  path: '/v1/households/{householdId}/exports',
  auth: 'resident',
  summary: 'Makes an archive of everything about the household: JSON, CSV, Green Button XML and a page to read it by',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: exportReport,
});

export const readExport = route({
  name: 'readExport',
  method: 'GET',
  path: '/v1/households/{householdId}/exports/{exportId}',
  auth: 'resident',
  summary: 'How far an export has come, and where to get it',
  params: z.extend(householdParams, { exportId: z.string().check(z.minLength(1), z.maxLength(64)) }),
  query: nothing,
  body: nothing,
  answer: exportReport,
});

export const listExports = route({
  name: 'listExports',
  method: 'GET',
  path: '/v1/households/{householdId}/exports',
  auth: 'resident',
  summary: 'The exports of the household, newest first',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: z.object({ exports: z.array(exportReport) }),
});
