import * as z from 'zod';
import { localDate } from '@hems/shared/api/nouns';
import { payer, unit } from '@hems/shared/api/programmes';
import { shardOf } from '@hems/models/household/shard';
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
 * `INPUTS#<hash>`, what an entry was worked out from. An entry is written once and never again. It stands in index `i1` with those of other
 * households in the same period of the programme, in one of a few lists: one list would be one partition for the whole country.
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
const revisionOf = (revision: number): string => String(revision).padStart(4, '0');
const entryKey = (of: Entry): Key => inLedger(of.householdId, `${periodPrefix(of)}${revisionOf(of.revision)}`);
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

const SETTLED_LISTS = 8;
type OfProgramme = Omit<Period, 'householdId'>;
const listOf = ({ programme, period }: OfProgramme, list: number): string => `SETTLED#${programme}#${period}#${list}`;

/** Where a walk over all households of a period has come: in which of the lists, and where in it. */
export type SettledPlace = { readonly list: number; readonly cursor?: string | undefined };
/** Pages that one walk looks at, at most. */
const PAGES_AT_ONCE = 10;

/** On through the lists until there are so many entries, or the last one, or the walk has looked at enough for one request. */
export const walkSettled = async (
  table: Table,
  of: Parameters<typeof settledPage>[1],
  { from, limit }: { readonly from: SettledPlace; readonly limit: number },
): Promise<SettledPage> => {
  const entries: Entry[] = [];
  let next: SettledPlace | undefined = from;
  for (let page = 0; next && page < PAGES_AT_ONCE && entries.length < limit; page += 1) {
    const found: SettledPage = await settledPage(table, of, { ...next, limit: limit - entries.length });
    entries.push(...found.entries);
    next = found.next;
  }
  return { entries, next };
};

type SettledPage = { readonly entries: Entry[]; readonly next: SettledPlace | undefined };

/**
 * A page of the entries of all households in a period, by an index that may lag. `first`: of each household its first one only, so a
 * household comes once. A page may be short, and empty, before the last.
 */
const settledPage = async (
  table: Table,
  { which, ...of }: OfProgramme & { readonly which: 'first' | 'all' },
  { list, cursor, limit }: SettledPlace & { readonly limit: number },
): Promise<SettledPage> => {
  const range = which === 'first' ? { prefix: `${periodPrefix(of)}${revisionOf(0)}` } : { prefix: periodPrefix(of) };
  const at = { ...(cursor !== undefined && { cursor }), limit };
  const page = await table.query({ table: 'ledger', by: 'i1', value: listOf(of, list), ...range, ...at });
  const following = list + 1 < SETTLED_LISTS ? { list: list + 1 } : undefined;
  return {
    entries: page.items.map(toEntry),
    next: page.cursor === undefined ? following : { list, cursor: page.cursor },
  };
};

/** What several entries were worked out from, in their order. */
export const readInputsOf = async (
  table: Table,
  entries: readonly Pick<Entry, 'householdId' | 'evidence'>[],
): Promise<(Frozen | undefined)[]> => {
  if (entries.length === 0) return [];
  const items = await table.batchGet(entries.map((one) => inputsKey(one.householdId, one.evidence.inputsHash)));
  return items.map((item) => item && frozen.parse(item.data));
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
  const { householdId, ...data } = after;
  const i1 = listOf(after, shardOf(householdId) % SETTLED_LISTS);
  return { put: { ...entryKey(after), i1, data, if: { absent: true } } };
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
