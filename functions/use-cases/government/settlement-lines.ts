import { localDate } from '@hems/models/calendar/seoul';
import type { Entry } from '@hems/models/ledger/entry';
import type { SettlementLine } from '@hems/models/partner/settlement-line';
import { readInputsOf, walkSettled, type Frozen, type SettledPlace } from '../stores/ledger.ts';
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
    const why = `${programme} ${period}`;
    entries.push(...(await show(deps, partner, { of: open, what: 'settlement-filed', why })));
    at = found.next ?? null;
  }
  return { entries, next: at };
};

export const linesOf = async (deps: OfficeDeps, entries: readonly Shown<Entry>[]): Promise<SettlementLine[]> => {
  const inputs = await readInputsOf(deps.table, entries);
  return entries.map((entry, i) => lineOf(entry, inputs[i]));
};
