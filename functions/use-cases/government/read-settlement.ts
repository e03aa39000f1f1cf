import type * as z from 'zod';
import { localDate } from '@hems/models/calendar/seoul';
import { sumAmounts, type Entry } from '@hems/models/ledger/entry';
import { lineOfId } from '@hems/models/partner/settlement-line';
import type {
  listSettlements as listRoute,
  readLineEvidence,
  signedFile,
  fileSummary,
} from '@hems/shared/partner-api/settlements';
import { canonicalHash } from '../canonical-hash.ts';
import { recordAccesses } from '../privacy/record-access.ts';
import { recompute } from '../programmes/recompute.ts';
import { Refused } from '../refusal.ts';
import { readInputs, readPeriod } from '../stores/ledger.ts';
import { keepPlace, placeOf } from '../stores/partner-cursors.ts';
import type { Partner } from '../stores/partners.ts';
import { fileOfId, filesOf, filesPage, readFile, readPart, type FileRecord } from '../stores/settlement-parts.ts';
import { checksumOf, filingsIn, manifestOf } from './close-settlement.ts';
import { PAGE } from './applications.ts';
import { requireOffice, requireParticipant, show, type OfficeDeps } from './office.ts';
import { filingOf } from './settlement-lines.ts';
import { savingOf } from './savings.ts';

type SignedFile = z.infer<typeof signedFile>;

/** Without its parts, and what only we need. */
export const summaryOf = ({
  parts: _parts,
  next: _next,
  signed: _signed,
  ...file
}: FileRecord): z.infer<typeof fileSummary> => file;

const viewFile = (record: FileRecord): SignedFile => {
  const { next: _next, signed, ...file } = record;
  if (!signed) return { file, signed: null };
  const manifest = manifestOf(record);
  return { file, signed: { manifest, sha256: checksumOf(manifest), ...signed } };
};

/** Of another partner's file, and of one that there is not, the answer is the same. */
const requireFile = async (deps: Pick<OfficeDeps, 'table'>, partner: Partner, file: string): Promise<FileRecord> => {
  const of = fileOfId(partner.partnerId, file);
  const found = of && (await readFile(deps.table, of, of.number));
  if (!of || !found) throw new Refused('not-found', `you have no settlement file ${file}`, 'no-file');
  requireOffice(partner, of.programme);
  return found.record;
};

export const readSettlement = async (
  deps: Pick<OfficeDeps, 'table'>,
  partner: Partner,
  file: string,
): Promise<SignedFile> => viewFile(await requireFile(deps, partner, file));

/**
 * A part whose file counts it: before that it may still be another. What is signed stays the same, so whoever has withdrawn since is still in it, and
 * finds in its access log each time that it was taken.
 */
export const readSettlementPart = async (
  deps: OfficeDeps,
  partner: Partner,
  { file, part }: { readonly file: string; readonly part: number },
): Promise<string> => {
  const { parts, programme, period } = await requireFile(deps, partner, file);
  const found = part <= parts.length ? await readPart(deps.table, file, part) : undefined;
  if (!found) throw new Refused('not-found', `file ${file} has ${parts.length} parts`, 'no-part');
  const { partnerId } = partner;
  const filings = await filingsIn(deps, { partnerId, programme, period }, found);
  const ids = filings.map(({ householdId }) => householdId);
  const who = { kind: 'partner', id: partnerId } as const;
  await recordAccesses(deps, ids, { who, what: 'settlement-filed', why: `${programme} ${period}` });
  return found.text;
};

export const listSettlements = async (
  deps: OfficeDeps,
  partner: Partner,
  { programme, cursor }: { readonly programme?: string | undefined; readonly cursor?: string | undefined },
): Promise<z.infer<typeof listRoute.answer>> => {
  if (programme !== undefined) requireOffice(partner, programme);
  const { partnerId } = partner;
  const list = { partnerId, list: `settlements ${programme ?? 'all'}` };
  const place = await placeOf(deps, list, cursor);
  const page = await filesPage(
    deps.table,
    { partnerId, programme },
    { limit: PAGE, ...(place !== undefined && { cursor: place }) },
  );
  return {
    files: page.files.map(summaryOf),
    cursor: await keepPlace(deps, list, page.cursor),
  };
};

export type LineRef = { readonly file: string; readonly line: string };
/** The entry behind a line of a file of this partner, and the entries of its period up to it. */
export type LineEntry = { readonly entry: Entry; readonly upTo: readonly Entry[] };

/** A line that is shown: its household agrees to that as of now, and finds in its access log that it was looked at. */
export const requireLine = async (
  deps: OfficeDeps,
  partner: Partner,
  { file, line, what }: LineRef & { readonly what: string },
): Promise<LineEntry> => {
  const { programme, period } = await requireFile(deps, partner, file);
  const { participant, revision } = lineOfId(line) ?? { participant: '', revision: 0 };
  const householdId = await requireParticipant(deps, partner, participant);
  const [filedIn] = await filesOf(deps.table, [
    filingOf(partner.partnerId, { householdId, programme, period, revision }),
  ]);
  const upTo = (await readPeriod(deps.table, { householdId, programme, period })).filter(
    (one) => one.revision <= revision,
  );
  const entry = upTo.find((one) => one.revision === revision);
  if (filedIn !== file || !entry) throw new Refused('not-found', `file ${file} has no line ${line}`, 'no-line');
  const why = `${programme} ${period}`;
  const [shown] = await show(deps, partner, { of: [{ householdId }], what, why });
  if (!shown)
    throw new Refused('not-found', `there is no participant ${participant} that you may be shown`, 'no-participant');
  return { entry, upTo };
};

/** What a line rests on, worked out from the frozen inputs again. */
export const readEvidenceOfLine = async (
  deps: OfficeDeps,
  partner: Partner,
  ref: LineRef,
): Promise<z.infer<typeof readLineEvidence.answer>> => {
  const { entry, upTo } = await requireLine(deps, partner, { ...ref, what: 'settlement-evidence' });
  const frozen = await readInputs(deps.table, entry);
  if (!frozen) throw new Error(`the inputs ${entry.evidence.inputsHash} of line ${ref.line} are gone`);
  const { total, lines } = recompute(entry.programme, frozen.inputs);
  return {
    line: ref.line,
    programme: entry.programme,
    period: entry.period,
    revision: entry.revision,
    unit: entry.unit,
    amount: entry.amount,
    recordedOn: localDate(entry.recordedMs),
    endsOn: entry.endsOn,
    inputsHash: entry.evidence.inputsHash,
    ruleVersion: entry.evidence.version,
    inputs: frozen.inputs,
    recomputed: total,
    matches: canonicalHash(frozen) === entry.evidence.inputsHash && total === sumAmounts(upTo),
    rewardLines: [...lines],
    saving: savingOf(frozen),
  };
};
