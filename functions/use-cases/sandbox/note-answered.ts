import type { Clock } from '../../ports/clock.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import { answeredPut, readAnswered } from '../stores/sandboxes.ts';

/** Under which a repeat that got its answer again is noted. */
export const REPLAYED = 'idempotency-replayed';
export const WRITE = 'signed-write';

/** Notes that something of the API answered a partner in its sandbox, for the first time. */
export const noteAnswered = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  partnerId: string,
  names: readonly string[],
): Promise<void> => {
  const { at, version } = await readAnswered(table, partnerId);
  const fresh = names.filter((name) => at[name] === undefined);
  if (fresh.length === 0) return;
  const atMs = clock.now();
  const next = { ...at, ...Object.fromEntries(fresh.map((name) => [name, atMs])) };
  await table.put(answeredPut(partnerId, { at: next, version })).catch((error: unknown) => {
    // of two at the same time one is noted; the other at the next try
    if (!(error instanceof ConditionFailed)) throw error;
  });
};
