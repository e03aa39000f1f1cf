import type { Clock } from '../../ports/clock.ts';
import type { Pause } from '../../ports/pause.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import { householdsOfShard } from '../stores/households.ts';
import {
  putShardState,
  readShardState,
  STAGES,
  type ShardState,
  type Stage,
  type StageOutcome,
} from '../stores/runs.ts';
import { shortReason } from './reason.ts';
import type { RunOfDay } from './start-run.ts';
import { addTallies, nothing, written, type Tally } from './tally.ts';

/** One shard of a run. */
export type ShardTask = { readonly run: RunOfDay; readonly shard: number };
export type ShardDeps = { readonly table: Table; readonly clock: Clock; readonly pause: Pause };

/** What a stage does for one household. */
export type Visit = (householdId: string) => Promise<Tally>;

export type StageWork = {
  readonly stage: Stage;
  readonly visit: Visit;
  /** looked at before any household is visited: why the whole shard is refused, or which households are */
  readonly gate?: (before: ShardState | undefined) => Gate;
};
export type Gate = { readonly refusal: string } | { readonly skip: ReadonlySet<string> };

/** Households visited at a time: their reads overlap, and the writes of the embedded store share their commits. */
const AT_A_TIME = 10;
/** Named one by one; a shard with more of them has failed as a whole. */
const MOST_FAILED = 100;
/** Told one by one; households that fail for further reasons are told together. */
const MOST_REASONS = 10;
const OTHERS = 'other reasons';

const messageOf = (error: unknown): string =>
  shortReason(error instanceof Error ? `${error.name}: ${error.message}` : String(error));

type Failure = { readonly householdId: string; readonly reason: string };
type Visited = { readonly tally: Tally; readonly failed: readonly Failure[] };

/** Visits every household. One that fails is noted and stops no other. */
const visitAll = async (households: readonly string[], visit: Visit): Promise<Visited> => {
  const tallies: Tally[] = [];
  const failed: Failure[] = [];
  const waiting = households.values();
  const work = async (): Promise<void> => {
    // the iterator is shared: each household is taken by one worker
    for (const householdId of waiting) {
      try {
        tallies.push(await visit(householdId));
      } catch (error) {
        failed.push({ householdId, reason: messageOf(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return { tally: addTallies(tallies), failed };
};

const byReason = (failed: readonly Failure[]): Record<string, string[]> => {
  const told = new Set([...new Set(failed.map(({ reason }) => reason))].slice(0, MOST_REASONS));
  const named = Map.groupBy(failed, ({ reason }) => (told.has(reason) ? reason : OTHERS));
  return Object.fromEntries([...named].map(([reason, own]) => [reason, own.map(({ householdId }) => householdId)]));
};

const outcomeOf = (households: number, { tally, failed }: Visited): StageOutcome => {
  const [first] = failed;
  if (!first) return { state: 'done', households, failed: {}, tally };
  const reason = `${failed.length} of ${households} households failed, the first: ${first.reason}`;
  return { state: 'failed', reason, households, failed: failed.length > MOST_FAILED ? {} : byReason(failed), tally };
};

const refused = (reason: string): StageOutcome => ({
  state: 'refused',
  reason: shortReason(reason),
  households: 0,
  failed: {},
  tally: nothing(),
});

/** The state of the shard with this outcome in it; what an earlier attempt or try wrote stays counted. */
const withOutcome = (
  { run: { attempt, since } }: ShardTask,
  found: ShardState | undefined,
  [stage, outcome]: readonly [Stage, StageOutcome],
): ShardState => {
  if (!found || found.attempt < since) return { attempt, stages: { [stage]: outcome }, before: nothing() };
  const replaced = found.attempt < attempt ? STAGES : [stage];
  const before = replaced.flatMap((name) => found.stages[name]?.tally ?? []).map(written);
  return {
    attempt,
    stages: { ...(found.attempt === attempt && found.stages), [stage]: outcome },
    before: addTallies([found.before, ...before]),
  };
};

const ATTEMPTS = 5;

const record = async (deps: ShardDeps, task: ShardTask, said: readonly [Stage, StageOutcome]): Promise<void> => {
  const place = { date: task.run.date, shard: task.shard };
  for (let attempt = 1; ; attempt += 1) {
    const found = await readShardState(deps.table, place);
    // a late word of an attempt that was given up says nothing of the present one
    if (found && found.value.attempt > task.run.attempt) return;
    const value = withOutcome(task, found?.value, said);
    try {
      return await putShardState(deps, place, { value, version: found?.version ?? 0 });
    } catch (error) {
      if (!(error instanceof ConditionFailed) || attempt === ATTEMPTS) throw error;
    }
    await deps.pause(attempt);
  }
};

const ofThisAttempt = async (
  { table }: ShardDeps,
  { run: { date, attempt }, shard }: ShardTask,
): Promise<ShardState | undefined> => {
  const found = await readShardState(table, { date, shard });
  return found?.value.attempt === attempt ? found.value : undefined;
};

const carryOut = async (deps: ShardDeps, task: ShardTask, { visit, gate }: StageWork): Promise<StageOutcome> => {
  const opened = gate?.(await ofThisAttempt(deps, task)) ?? { skip: new Set<string>() };
  if ('refusal' in opened) return refused(opened.refusal);
  const found = await householdsOfShard(deps.table, task.shard);
  const households = found.map(({ householdId }) => householdId).filter((id) => !opened.skip.has(id));
  return outcomeOf(households.length, await visitAll(households, visit));
};

/**
 * One stage of one shard: visits its households and writes down what came of it, `done`, `refused` or `failed`, with the reason. A failure
 * of the shard as a whole is written down as well and then thrown, so that the state machine tries it again.
 */
export const runShard = async (
  deps: ShardDeps,
  task: ShardTask,
  work: StageWork,
): Promise<Pick<StageOutcome, 'state'>> => {
  try {
    const outcome = await carryOut(deps, task, work);
    await record(deps, task, [work.stage, outcome]);
    return { state: outcome.state };
  } catch (error) {
    const outcome: StageOutcome = { ...refused(messageOf(error)), state: 'failed' };
    await record(deps, task, [work.stage, outcome]).catch(() => undefined);
    throw error;
  }
};
