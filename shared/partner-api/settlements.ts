import * as z from 'zod/mini';
import { epochMs, localDate, nothing } from '../api/nouns.ts';
import { unit } from '../api/programmes.ts';
import { cursor, programmeId, settledPeriod } from './participants.ts';
import { partnerRoute } from './route.ts';
import { verifiedSaving } from './savings.ts';

/** `<partner>.<programme>.<period>.<number>` */
export const fileId = z.string().check(z.regex(/^[a-z0-9-]+\.[a-z0-9-]+\.[A-Za-z0-9_.:-]+\.\d{4}$/), z.maxLength(180));
/** `<participant>.<revision>`: revision 0 settles, each later one is a correction as a line of its own */
export const lineId = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}\.\d{4}$/));
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

export const settlementFile = z.object({
  file: fileId,
  programme: programmeId,
  period: settledPeriod,
  /** the first is 1; each later one holds what was settled, corrected or agreed to since */
  number: z.int(),
  /** what was recorded after this moment stands in a later file */
  asOfMs: epochMs,
  /** `closing`: ask for it again until it is closed */
  state: z.enum(['closing', 'closed']),
  unit: z.nullable(unit),
  lines: z.int(),
  /** sum of the lines; whole won or points, negative lines take back */
  amount: z.int(),
  parts: z.array(z.object({ part: z.int(), lines: z.int(), bytes: z.int(), sha256 })),
});

/** `manifest` is the text that was signed: the canonical JSON of the file without its signature. Parts are checked against it. */
export const signedFile = z.object({
  file: settlementFile,
  /** null while it is closing */
  signed: z.nullable(
    z.object({
      manifest: z.string(),
      sha256,
      /** ECDSA P-256 with SHA-256 over the UTF-8 bytes of the manifest, r and s, base64url */
      signature: z.string(),
      keyId: z.string(),
    }),
  ),
});

/** A file without its parts, of which there may be very many. */
export const fileSummary = z.omit(settlementFile, { parts: true });

export const closeSettlement = partnerRoute({
  name: 'closeSettlement',
  method: 'POST',
  path: '/partner/v1/settlements',
  scope: 'settlements:write',
  summary:
    'Makes the next settlement file of a period from what was settled and corrected since the last one; ask again, with a new Idempotency-Key, while it is closing. Nothing new: the last file',
  params: nothing,
  query: nothing,
  body: z.strictObject({ programme: programmeId, period: settledPeriod }),
  answer: z.object({ file: fileSummary }),
});

export const listSettlements = partnerRoute({
  name: 'listSettlements',
  method: 'GET',
  path: '/partner/v1/settlements',
  scope: 'settlements:read',
  summary: 'Your settlement files, by programme, period and number',
  params: nothing,
  query: z.object({ programme: z.optional(programmeId), cursor: z.optional(cursor) }),
  body: nothing,
  answer: z.object({
    files: z.array(fileSummary),
    cursor: z.nullable(z.string()),
  }),
});

export const readSettlementKeys = partnerRoute({
  name: 'readSettlementKeys',
  method: 'GET',
  path: '/partner/v1/settlements/keys',
  scope: null,
  summary: 'The public keys that settlement files are signed with',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({
    keys: z.array(
      z.object({
        keyId: z.string(),
        algorithm: z.literal('ecdsa-p256-sha256'),
        jwk: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
});

export const readSettlement = partnerRoute({
  name: 'readSettlement',
  method: 'GET',
  path: '/partner/v1/settlements/files/{file}',
  scope: 'settlements:read',
  summary: 'One settlement file: its manifest, checksums and signature',
  params: z.object({ file: fileId }),
  query: nothing,
  body: nothing,
  answer: signedFile,
});

export const readSettlementPart = partnerRoute({
  name: 'readSettlementPart',
  method: 'GET',
  path: '/partner/v1/settlements/files/{file}/parts/{part}',
  scope: 'settlements:read',
  summary:
    'A part of a file, as CSV in UTF-8 with a header line and LF line ends: the same bytes every time. At most 500 lines a part. Of a correction `amount` is the difference to the lines of the period before it, to be added up; energy and the other columns are the period’s whole figures as they are then known, of which the latest revision counts. A filed line stays in its part when the household withdraws; every household in it finds each download in its access log',
  produces: 'text/csv',
  params: z.object({ file: fileId, part: z.string().check(z.regex(/^[1-9]\d{0,3}$/)) }),
  query: nothing,
  body: nothing,
  answer: z.string(),
});

export const readLineEvidence = partnerRoute({
  name: 'readLineEvidence',
  method: 'GET',
  path: '/partner/v1/settlements/files/{file}/lines/{line}',
  scope: 'settlements:read',
  summary:
    'What a line rests on: the frozen inputs with their hash, the baseline, and the same reward worked out from them again. Only while the household agrees',
  params: z.object({ file: fileId, line: lineId }),
  query: nothing,
  body: nothing,
  answer: z.object({
    line: lineId,
    programme: programmeId,
    period: settledPeriod,
    revision: z.int(),
    unit,
    amount: z.int(),
    recordedOn: localDate,
    endsOn: localDate,
    inputsHash: sha256,
    ruleVersion: z.string(),
    /** `sha256(canonical JSON of {programme, version, inputs})` is the hash */
    inputs: z.unknown(),
    /** what the period is worth by these inputs; the sum of its lines up to this one */
    recomputed: z.int(),
    matches: z.boolean(),
    rewardLines: z.array(z.object({ item: z.string(), amount: z.int() })),
    saving: verifiedSaving,
  }),
});
