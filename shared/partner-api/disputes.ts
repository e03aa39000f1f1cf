import * as z from 'zod/mini';
import { dispute, disputing } from '../api/disputes.ts';
import { nothing } from '../api/nouns.ts';
import { cursor, limit, programmeId } from './participants.ts';
import { partnerRoute } from './route.ts';
import { fileId, lineId } from './settlements.ts';

const ofLine = z.object({ file: fileId, line: lineId });
export const lineDispute = z.object({ line: lineId, dispute });

export const openLineDispute = partnerRoute({
  name: 'openLineDispute',
  method: 'POST',
  path: '/partner/v1/settlements/files/{file}/lines/{line}/dispute',
  scope: 'disputes:write',
  summary:
    'Says that a line of a settlement file is wrong; the operator answers within 30 days, and the household sees it. A line has one dispute at a time, whoever opens it, and each of you one answer',
  params: ofLine,
  query: nothing,
  body: z.strictObject(disputing),
  answer: lineDispute,
});

export const readLineDispute = partnerRoute({
  name: 'readLineDispute',
  method: 'GET',
  path: '/partner/v1/settlements/files/{file}/lines/{line}/dispute',
  scope: 'disputes:read',
  summary: 'The dispute about a line, by whomever it was opened',
  params: ofLine,
  query: nothing,
  body: nothing,
  answer: lineDispute,
});

export const closeLineDispute = partnerRoute({
  name: 'closeLineDispute',
  method: 'POST',
  path: '/partner/v1/settlements/files/{file}/lines/{line}/dispute/closing',
  scope: 'disputes:write',
  summary: 'Closes a dispute of your own: taken back, or content with the answer',
  params: ofLine,
  query: nothing,
  body: z.strictObject({}),
  answer: lineDispute,
});

export const listLineDisputes = partnerRoute({
  name: 'listLineDisputes',
  method: 'GET',
  path: '/partner/v1/programmes/{programme}/disputes',
  scope: 'disputes:read',
  summary: 'Disputes about lines of your files of a programme, the latest last, of households that agree to be shown',
  params: z.object({ programme: programmeId }),
  query: z.object({ limit, cursor: z.optional(cursor) }),
  body: nothing,
  answer: z.object({ disputes: z.array(lineDispute), cursor: z.nullable(z.string()) }),
});
