import * as z from 'zod';
import { localDate } from '@hems/shared/api/nouns';
import { payer, unit } from '@hems/shared/api/programmes';
import { settlementEntry, type Entry, type Settlement } from '@hems/models/ledger/entry';
import { afterEntry } from '@hems/models/ledger/tally';
import type { Clock } from '../../ports/clock.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Item, Key, Table, Write } from '../../ports/table.ts';
import { canonicalHash } from '../canonical-hash.ts';
import { Refused } from '../refusal.ts';
import { untilWon } from '../until-won.ts';
import { readTallies, tallyPut } from './balances.ts';
import { readConfirmation } from './confirmations.ts';
import { namingWrites, readApproval } from './settlement-files.ts';

/**
 * The append-only ledger of a household, `H#<household>` of table `ledger`: `ENTRY#<programme>#<period>#<revision>`, and
 * `INPUTS#<hash>`, what an entry was worked out from. An entry is written once and never again.
 */
const entry = z.object({
  programme: z.string(),
  period: z.string(),
  revision: z.int(),
  unit,
  amount: z.int(),
  payer,
  endsOn: localDate,
  evidence: z.object({ inputsHash: z.string(), version: z.string() }),
  settlementFile: z.exactOptional(z.string()),
  recordedMs: z.int(),
});
const frozen = z.object({ programme: z.string(), version: z.string(), inputs: z.unknown() });
/** What an entry was worked out from; its canonical hash is its name. */
export type Frozen = z.infer<typeof frozen>;

type Period = Pick<Entry, 'householdId' | 'programme' | 'period'>;

const inLedger = (householdId: string, sk: string): Key => ({ table: 'ledger', pk: `H#${householdId}`, sk });
const periodPrefix = ({ programme, period }: Omit<Period, 'householdId'>): string => `ENTRY#${programme}#${period}#`;
const entryKey = (of: Entry): Key =>
  inLedger(of.householdId, `${periodPrefix(of)}${String(of.revision).padStart(4, '0')}`);
const inputsKey = (householdId: string, hash: string): Key => inLedger(householdId, `INPUTS#${hash}`);
const toEntry = ({ pk, data }: Item): Entry => ({ ...entry.parse(data), householdId: pk.slice('H#'.length) });

const entriesUnder = async (table: Table, householdId: string, prefix: string): Promise<Entry[]> => {
  const { items } = await table.query({ table: 'ledger', value: `H#${householdId}`, prefix });
  return items.map(toEntry);
};

/** By programme, period and revision. */
export const readEntries = (table: Table, householdId: string): Promise<Entry[]> =>
  entriesUnder(table, householdId, 'ENTRY#');

/** The entries of one period, by revision. */
export const readPeriod = (table: Table, of: Period): Promise<Entry[]> =>
  entriesUnder(table, of.householdId, periodPrefix(of));

export const readInputs = async (
  table: Table,
  { householdId, evidence }: Pick<Entry, 'householdId' | 'evidence'>,
): Promise<Frozen | undefined> => {
  const item = await table.get(inputsKey(householdId, evidence.inputsHash));
  return item && frozen.parse(item.data);
};

export type LedgerDeps = { readonly table: Table; readonly clock: Clock; readonly pause: Pause };

/** `total`: what the period is worth in all, whole won or points; the entry holds the difference to what was settled before. */
export type Settling = Omit<Settlement, 'evidence' | 'recordedMs'> & { readonly version: string };

/**
 * Brings a period to its total: the inputs under their hash, one entry and the balance, in one transact. Undefined when the
 * ledger says so already; settling twice, or at once from two places, is settling once.
 */
export const settle = async (
  { table, clock, pause }: LedgerDeps,
  { version, ...settling }: Settling,
  inputs: unknown,
): Promise<{ entry: Entry | undefined }> => {
  checkSettling(settling);
  const { householdId, programme, settlementFile } = settling;
  const what: Frozen = { programme, version, inputs };
  const evidence = { inputsHash: canonicalHash(what), version };
  return untilWon(pause, async () => {
    // An entry that comes in between takes the revision, and the write below is refused.
    const before = await readPeriod(table, settling);
    const after = settlementEntry(before, { ...settling, evidence, recordedMs: clock.now() });
    if (!after) return { entry: undefined };
    checkContinues(before[0], after);
    const kept = await readTallies(table, householdId);
    const inFile = settlementFile === undefined ? [] : await fileWrites(table, settlementFile);
    const isConfirmed = (await readConfirmation(table, settling)) !== undefined;
    const tally = afterEntry(kept.tallies[after.unit], after, isConfirmed);
    await table.transact([
      entryWrite(after),
      { put: { ...inputsKey(householdId, evidence.inputsHash), data: what } },
      { put: tallyPut(householdId, kept, { [after.unit]: tally }) },
      ...inFile,
    ]);
    return { entry: after };
  });
};

const entryWrite = (after: Entry): Write => {
  const { householdId: _inTheKey, ...data } = after;
  return { put: { ...entryKey(after), data, if: { absent: true } } };
};

const checkSettling = ({ programme, period, total }: Omit<Settling, 'version'>): void => {
  if (programme === '' || period === '' || `${programme}${period}`.includes('#'))
    throw new RangeError(`programme "${programme}", period "${period}": both need a name without #`);
  if (!Number.isSafeInteger(total) || total < 0)
    throw new RangeError(`${programme} ${period}: a period is worth a whole amount from 0 on, not ${total}`);
};

const checkContinues = (first: Entry | undefined, { programme, period, unit: asked, payer: by }: Entry): void => {
  if (first && (first.unit !== asked || first.payer !== by))
    throw new RangeError(
      `${programme} ${period} was settled in ${first.unit} of ${first.payer}; ${asked} of ${by} cannot correct it. Settle it at 0, then settle another period`,
    );
};

/** Of an approval that comes in between, the write above hears, and the next attempt says so. */
const fileWrites = async (table: Table, file: string): Promise<Write[]> => {
  if (await readApproval(table, file))
    throw new Refused('conflict', `settlement file ${file} is approved and takes no more entries; name the next file`);
  return namingWrites(table, file);
};
