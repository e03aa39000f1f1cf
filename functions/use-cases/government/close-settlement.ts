import { createHash } from 'node:crypto';
import { sumAmounts } from '@hems/models/ledger/entry';
import { lineIdsOf, lineOfId, textOfLines } from '@hems/models/partner/settlement-line';
import type { Signer } from '../../ports/signer.ts';
import { ConditionFailed } from '../../ports/table.ts';
import { canonicalJson } from '../canonical-hash.ts';
import { householdOf } from '../partners/participants.ts';
import { Refused } from '../refusal.ts';
import type { Partner } from '../stores/partners.ts';
import {
  dropFile,
  fileIdOf,
  filePut,
  latestFile,
  putFiled,
  putPart,
  readPart,
  type FileRecord,
  type Filing,
  type KeptFile,
  type OfFile,
  type Part,
} from '../stores/settlement-parts.ts';
import { untilWon } from '../until-won.ts';
import type { Tell } from '../webhooks/tell-partner.ts';
import { requireOffice, type OfficeDeps } from './office.ts';
import { filingOf, gatherEntries, linesOf } from './settlement-lines.ts';

export type SettlementDeps = OfficeDeps & {
  readonly signer: Signer;
  readonly tell: (tell: Tell) => Promise<unknown>;
};

/** So many parts a call, so that it answers in time; so many a file, so that its manifest stands in one item: what is over goes into the next file. */
const PARTS_PER_CALL = 2;
const PARTS_PER_FILE = 1500;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** The text that is signed. */
export const manifestOf = ({ next: _next, signed: _signed, ...file }: FileRecord): string => canonicalJson(file);
export const checksumOf = sha256;

const newFile = (deps: OfficeDeps, of: OfFile, number: number): KeptFile => ({
  record: {
    file: fileIdOf(of, number),
    programme: of.programme,
    period: of.period,
    number,
    asOfMs: deps.clock.now(),
    state: 'closing',
    unit: null,
    lines: 0,
    amount: 0,
    parts: [],
    next: { list: 0 },
    signed: null,
  },
  version: 0,
});

/** Who stands in a part; of an erased household nobody knows it any more. */
export const filingsIn = async (deps: OfficeDeps, of: OfFile, { text }: Pick<Part, 'text'>): Promise<Filing[]> => {
  const found = lineIdsOf(text).map(async (id): Promise<Filing[]> => {
    const line = lineOfId(id);
    const householdId = line && (await householdOf(deps, of.partnerId, line.participant));
    return line && householdId !== undefined ? [filingOf(of.partnerId, { ...of, ...line, householdId })] : [];
  });
  return (await Promise.all(found)).flat();
};

type Made = { readonly part: Part; readonly filings: readonly Filing[] };

const makePart = async (deps: OfficeDeps, partner: Partner, record: FileRecord): Promise<Made> => {
  const { entries, next } = await gatherEntries(deps, partner, record);
  const lines = await linesOf(deps, entries);
  const text = lines.length === 0 ? '' : textOfLines(lines);
  const part: Part = { text, lines: lines.length, amount: sumAmounts(lines), unit: lines[0]?.unit ?? null, next };
  return { part, filings: entries.map((entry) => filingOf(partner.partnerId, entry)) };
};

/** The part with the number: as it was written once, else made now. Whoever finds another faster takes that one's. */
const partOf = async (deps: OfficeDeps, partner: Partner, record: FileRecord): Promise<Made> => {
  const ref = { file: record.file, number: record.parts.length + 1 };
  const of = { partnerId: partner.partnerId, programme: record.programme, period: record.period };
  const written = async (): Promise<Made | undefined> => {
    const part = await readPart(deps.table, ref.file, ref.number);
    return part && { part, filings: await filingsIn(deps, of, part) };
  };
  const before = await written();
  if (before) return before;
  const made = await makePart(deps, partner, record);
  if (made.part.lines === 0) return made;
  try {
    await putPart(deps.table, ref, made.part);
    return made;
  } catch (error) {
    const faster = error instanceof ConditionFailed ? await written() : undefined;
    if (!faster) throw error;
    return faster;
  }
};

const withPart = (record: FileRecord, { text, lines, amount, unit, next }: Part): FileRecord => ({
  ...record,
  next: record.parts.length + 1 >= PARTS_PER_FILE ? null : next,
  unit: record.unit ?? unit,
  lines: record.lines + lines,
  amount: record.amount + amount,
  parts:
    lines === 0
      ? record.parts
      : [
          ...record.parts,
          { part: record.parts.length + 1, lines, bytes: Buffer.byteLength(text), sha256: sha256(text) },
        ],
});

const closed = async ({ signer }: SettlementDeps, record: FileRecord): Promise<FileRecord> => {
  if (record.next !== null || record.lines === 0) return record;
  const file: FileRecord = { ...record, state: 'closed' };
  const { keyId, signature } = await signer.sign(new Uint8Array(Buffer.from(manifestOf(file), 'utf8')));
  return { ...file, signed: { keyId, signature: Buffer.from(signature).toString('base64url') } };
};

/** One part further, or closed. The entries of a part are marked before the file counts it: in no other file they stand again. */
const advance = async (deps: SettlementDeps, partner: Partner, { record, version }: KeptFile): Promise<KeptFile> => {
  const { part, filings } = await partOf(deps, partner, record);
  await putFiled(deps.table, record.file, filings);
  const further = await closed(deps, withPart(record, part));
  await deps.table.put(filePut(partner.partnerId, { record: further, version }));
  return { record: further, version: version + 1 };
};

const open = async (deps: SettlementDeps, of: OfFile, latest: KeptFile | undefined): Promise<KeptFile> => {
  if (latest?.record.state === 'closing') return latest;
  const file = newFile(deps, of, (latest?.record.number ?? 0) + 1);
  await deps.table.put(filePut(of.partnerId, file));
  return { ...file, version: 1 };
};

const nothingSettled = ({ programme, period }: OfFile): Refused =>
  new Refused(
    'not-found',
    `nothing of ${programme} ${period} is settled for households that agree to be shown; ask again when its period has ended`,
    'nothing-settled',
  );

const tellReady = async ({ tell }: SettlementDeps, { partnerId }: Partner, { record }: KeptFile): Promise<void> => {
  if (record.state !== 'closed') return;
  const { file, programme, period, number, lines, amount, unit } = record;
  await tell({
    partnerId,
    type: 'settlement.ready',
    data: { file, programme, period, number, lines, amount, unit },
    key: file,
  });
};

/**
 * Makes the next settlement file of a period, as far as one call goes; the next call goes on. It holds what was settled and corrected and
 * stands in no file yet. Where there is nothing new, the last file is the answer.
 */
export const closeSettlement = async (
  deps: SettlementDeps,
  partner: Partner,
  asked: Omit<OfFile, 'partnerId'>,
): Promise<FileRecord> => {
  requireOffice(partner, asked.programme);
  const of = { ...asked, partnerId: partner.partnerId };
  return untilWon(deps.pause, async () => {
    const latest = await latestFile(deps.table, of);
    let file = await open(deps, of, latest);
    for (let n = 0; n < PARTS_PER_CALL && file.record.next !== null; n += 1) file = await advance(deps, partner, file);
    if (file.record.next === null && file.record.lines === 0) {
      await dropFile(deps.table, of.partnerId, file);
      const before = await latestFile(deps.table, of);
      if (!before) throw nothingSettled(of);
      // a call that died between the two has closed a file and told nobody; told again it is told once
      await tellReady(deps, partner, before);
      return before.record;
    }
    await tellReady(deps, partner, file);
    return file.record;
  });
};
