import type { Clock } from '../ports/clock.ts';
import { ConditionFailed, type Put, type Table } from '../ports/table.ts';
import { notErasing } from './stores/erasures.ts';

const SAYS_EVERY_MS = 1000;

/** Another call works on the same file, or the household is being erased. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

/** The item of an import or export, as it was read at `version`. */
type Kept = { readonly householdId: string; readonly version: number; readonly touchedMs: number };
export type Progress<One extends Kept> = {
  readonly now: () => One;
  save(change: Partial<One>): Promise<void>;
  /** the same, once a second at most */
  say(change: Partial<One>): Promise<void>;
};

/** Writes how far a file has come, under the version it wrote last: who is overtaken by another call, or by an erasure, stops there. */
export const progressOf = <One extends Kept>(
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  putOf: (one: One) => Put,
  begun: One,
): Progress<One> => {
  let held = begun;
  const save = async (change: Partial<One>): Promise<void> => {
    const next = { ...held, ...change, touchedMs: clock.now() };
    const check = notErasing({ household: next.householdId });
    await table.transact([{ put: putOf(next) }, { check }]).catch((error: unknown) => {
      throw error instanceof ConditionFailed ? new TakenOver('the file was written of by another call') : error;
    });
    held = { ...next, version: next.version + 1 };
  };
  return {
    now: () => held,
    save,
    say: async (change) => {
      if (clock.now() - held.touchedMs >= SAYS_EVERY_MS) await save(change);
    },
  };
};

/** The same bytes; tells after each piece how many they are so far. */
export async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  told: (bytes: number) => Promise<void> | void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    await told(bytes);
    yield chunk;
  }
}
