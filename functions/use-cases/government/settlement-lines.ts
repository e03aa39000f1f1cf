import { localDate } from '@hems/models/calendar/seoul';
import { entryId, type Entry } from '@hems/models/ledger/entry';
import type { SettlementLine } from '@hems/models/partner/settlement-line';
import { readInputsOf, readPeriod, walkSettled, type Frozen, type SettledPlace } from '../stores/ledger.ts';
import type { Partner } from '../stores/partners.ts';
import { filesOf, type FileRecord, type Filing } from '../stores/settlement-parts.ts';
import { show, type OfficeDeps, type Shown } from './office.ts';
import { savingOf } from './savings.ts';

const LINES_PER_PART = 500;
/** Walks that one part takes at most: where almost everything is filed already, the file goes on with the next call. */
const WALKS_PER_PART = 4;

export const filingOf = (
  partnerId: string,
  { householdId, programme, period, revision }: Omit<Filing, 'partnerId'>,
): Filing => ({
  partnerId,
  householdId,
  programme,
  period,
  revision,
});

/** A line is made of its entry and the inputs frozen with it, and of nothing else. */
const lineOf = (entry: Shown<Entry>, frozen: Frozen | undefined): SettlementLine => {
  const { participant, revision, unit, amount, recordedMs, endsOn, evidence } = entry;
  if (!frozen)
    throw new Error(`the inputs ${evidence.inputsHash} of an entry of ${entry.programme} ${entry.period} are gone`);
  const { interval: _interval, ...saving } = savingOf(frozen);
  return {
    participant,
    revision,
    unit,
    amount,
    recordedOn: localDate(recordedMs),
    endsOn,
    ruleVersion: evidence.version,
    inputsHash: evidence.inputsHash,
    saving,
  };
};

const notFiled = async (deps: OfficeDeps, partnerId: string, entries: readonly Entry[]): Promise<Entry[]> => {
  const files = await filesOf(
    deps.table,
    entries.map((entry) => filingOf(partnerId, entry)),
  );
  return entries.filter((_, i) => files[i] === undefined);
};

const onceEach = (entries: readonly Entry[]): Entry[] => [
  ...new Map(entries.map((entry) => [entryId(entry), entry])).values(),
];

/**
 * With the earlier entries of each correction before it. One that was recorded before the index was made is found in no other way, and a
 * correction alone would claim back what was never filed.
 */
const withEarlier = async (deps: OfficeDeps, partnerId: string, open: readonly Entry[]): Promise<Entry[]> => {
  const corrections = open.filter(({ revision }) => revision > 0);
  const periods = corrections.map(async (entry) =>
    (await readPeriod(deps.table, entry)).filter(({ revision }) => revision < entry.revision),
  );
  const earlier = await notFiled(deps, partnerId, onceEach((await Promise.all(periods)).flat()));
  return onceEach([...earlier, ...open]);
};

export type Gathered = { readonly entries: Shown<Entry>[]; readonly next: SettledPlace | null };

/** The entries of the next part: recorded by the moment of the file, in no file of this partner yet, of households that agree as of now. */
export const gatherEntries = async (
  deps: OfficeDeps,
  partner: Partner,
  { programme, period, asOfMs, next }: FileRecord,
): Promise<Gathered> => {
  const entries: Shown<Entry>[] = [];
  let at: SettledPlace | null = next;
  for (let walk = 0; at !== null && walk < WALKS_PER_PART && entries.length < LINES_PER_PART; walk += 1) {
    const limit = LINES_PER_PART - entries.length;
    const found = await walkSettled(deps.table, { programme, period, which: 'all' }, { from: at, limit });
    const open = await notFiled(
      deps,
      partner.partnerId,
      found.entries.filter(({ recordedMs }) => recordedMs <= asOfMs),
    );
    const taken = new Set(entries.map(entryId));
    const whole = (await withEarlier(deps, partner.partnerId, open)).filter((one) => !taken.has(entryId(one)));
    const why = `${programme} ${period}`;
    // what is over the limit is filed nowhere yet, so the next file has it
    entries.push(...(await show(deps, partner, { of: whole.slice(0, limit), what: 'settlement-filed', why })));
    at = found.next ?? null;
  }
  return { entries, next: at };
};

export const linesOf = async (deps: OfficeDeps, entries: readonly Shown<Entry>[]): Promise<SettlementLine[]> => {
  const inputs = await readInputsOf(deps.table, entries);
  return entries.map((entry, i) => lineOf(entry, inputs[i]));
};
