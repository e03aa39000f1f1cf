import type { Clock } from '../ports/clock.ts';
import type { Pause } from '../ports/pause.ts';
import type { Table, Write } from '../ports/table.ts';
import type { Refused } from './refusal.ts';
import { attemptsPut, isLocked, readAttempts, type Attempts, type Counter } from './stores/attempts.ts';
import { untilWon } from './until-won.ts';

export type AttemptDeps = { readonly table: Table; readonly clock: Clock; readonly pause: Pause };
type Counted = { readonly counter: Counter; readonly attempts: Attempts };

const readAll = ({ table, clock }: Omit<AttemptDeps, 'pause'>, counters: readonly Counter[]): Promise<Counted[]> =>
  Promise.all(
    counters.map(async (counter) => ({ counter, attempts: await readAttempts(table, counter, clock.now()) })),
  );

/** The writes of what `next` makes of each; undefined leaves it. */
const writesOf = (
  { clock }: Pick<AttemptDeps, 'clock'>,
  counted: readonly Counted[],
  next: (before: Attempts) => Attempts | undefined,
): Write[] =>
  counted.flatMap(({ counter, attempts }) => {
    const after = next(attempts);
    return after ? [{ put: attemptsPut(counter, after, clock.now()) }] : [];
  });

const change = (
  deps: AttemptDeps,
  counters: readonly Counter[],
  next: (before: Attempts) => Attempts | undefined,
): Promise<void> =>
  untilWon(deps.pause, async () => {
    const writes = writesOf(deps, await readAll(deps, counters), next);
    if (writes.length > 0) await deps.table.transact(writes);
  });

/**
 * Counts an attempt as wrong in every counter before its code is looked at, so that of any number of codes tried at once no more than ten
 * are. Answers how many are wrong now, by the counter that has most; `refused` is thrown where one of them is locked.
 */
export const bookAttempt = (deps: AttemptDeps, counters: readonly Counter[], refused: Refused): Promise<number> =>
  untilWon(deps.pause, async () => {
    const counted = await readAll(deps, counters);
    if (counted.some(({ attempts }) => isLocked(attempts))) throw refused;
    await deps.table.transact(writesOf(deps, counted, (before) => ({ ...before, failures: before.failures + 1 })));
    return Math.max(...counted.map(({ attempts }) => attempts.failures + 1));
  });

/** Of an attempt that turned out right, or said nothing. */
export const takeBackAttempt = (deps: AttemptDeps, counters: readonly Counter[]): Promise<void> =>
  change(deps, counters, ({ failures, ...rest }) => ({ ...rest, failures: Math.max(0, failures - 1) }));

/**
 * Tells once that a counter is locked, at the first attempt after the lock at which the telling succeeds. `since` is the same at each try
 * and another one after an unlock.
 */
export const sayIfLocked = async (
  deps: AttemptDeps,
  counters: readonly Counter[],
  tell: (since: number) => Promise<void>,
): Promise<void> => {
  const untold = (await readAll(deps, counters)).filter(({ attempts }) => isLocked(attempts) && !attempts.told);
  if (untold.length === 0) return;
  await tell(Math.max(...untold.map(({ attempts }) => attempts.sinceMs)));
  await change(
    deps,
    untold.map(({ counter }) => counter),
    (before) => (isLocked(before) && !before.told ? { ...before, told: true } : undefined),
  );
};

/** The writes that let codes be tried again, to go with what else is decided. */
export const unlockWrites = async (
  deps: Omit<AttemptDeps, 'pause'>,
  counters: readonly Counter[],
): Promise<Write[]> => {
  const sinceMs = deps.clock.now();
  return writesOf(deps, await readAll(deps, counters), (before) =>
    before.failures === 0 ? undefined : { ...before, failures: 0, told: false, sinceMs },
  );
};

/** Lets codes be tried again. */
export const unlockAttempts = (deps: AttemptDeps, counters: readonly Counter[]): Promise<void> =>
  untilWon(deps.pause, async () => {
    const writes = await unlockWrites(deps, counters);
    if (writes.length > 0) await deps.table.transact(writes);
  });
