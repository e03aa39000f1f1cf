import type { ReceiptLine } from '@hems/shared/api/erasures';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { readReceipt, receiptPut, type Receipt } from '../stores/erasures.ts';
import { untilWon } from '../until-won.ts';

type Deps = { readonly table: Table; readonly pause: Pause };

/** Rewrites the receipt as `change` says; what it decides on it reads anew after a lost race. */
export const changeReceipt = async (
  { table, pause }: Deps,
  erasureId: string,
  change: (before: Receipt) => Receipt,
): Promise<Receipt> =>
  untilWon(pause, async () => {
    const found = await readReceipt(table, erasureId);
    if (!found) throw new Error(`there is no erasure ${erasureId}`);
    const receipt = change(found.receipt);
    if (receipt !== found.receipt) await table.put(receiptPut({ ...found, receipt }));
    return receipt;
  });

/** A line as a step knows it: what goes from which store. */
export type Going = Pick<ReceiptLine, 'store'> & Partial<Omit<ReceiptLine, 'count'>>;

const later = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a);

/** The lines with `count` more in the one of the same store and outcome; "nothing there" gives way to a line that says something. */
const withMore = (lines: readonly ReceiptLine[], going: Going, count: number): ReceiptLine[] => {
  const { store, outcome = 'deleted', until = null, reason = null } = going;
  const before = lines.find((line) => line.store === store && line.outcome === outcome);
  if (before) {
    const after = { ...before, count: before.count + count, until: later(before.until, until) };
    return lines.map((line) => (line === before ? after : line));
  }
  const ofStore = lines.filter((line) => line.store === store);
  if (count === 0 && outcome !== 'kept-until')
    return ofStore.length > 0
      ? [...lines]
      : [...lines, { store, outcome: 'nothing-there', count, until: null, reason: null }];
  const told = lines.filter((line) => line.store !== store || line.outcome !== 'nothing-there');
  return [...told, { store, outcome, count, until, reason }];
};

/** Says in the receipt that something stays, once. */
export const tellKept = async (deps: Deps, erasureId: string, kept: readonly Going[]): Promise<void> => {
  await changeReceipt(deps, erasureId, (before) => {
    const lines = kept.reduce<readonly ReceiptLine[]>(
      (all, going) => withMore(all, { ...going, outcome: 'kept-until' }, 0),
      before.lines,
    );
    return { ...before, lines: [...lines] };
  });
};

export type Away = {
  /** one for each place that takes away */
  readonly name: string;
  readonly going: Going;
  readonly count: () => Promise<number>;
  readonly work: () => Promise<boolean>;
};

/**
 * Says how much goes before it goes: a step that was cut off and is done again finds less than it found first, and its receipt says the
 * same. What comes to light after a step has ended is added. Answers what `work` answers; false: there is more to do.
 */
export const takeAway = async (deps: Deps, erasureId: string, { name, going, count, work }: Away): Promise<boolean> => {
  const begun = (await readReceipt(deps.table, erasureId))?.receipt.under.includes(name);
  if (!begun) {
    const more = await count();
    await changeReceipt(deps, erasureId, (before) => ({
      ...before,
      lines: withMore(before.lines, going, more),
      under: [...before.under, name],
    }));
  }
  const isDone = await work();
  if (isDone)
    await changeReceipt(deps, erasureId, (before) => ({
      ...before,
      under: before.under.filter((one) => one !== name),
    }));
  return isDone;
};
