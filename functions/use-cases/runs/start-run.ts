import { addDays, dayStart, isoSeoul, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { KEPT_DAYS } from '@hems/models/reading/retention';
import type { Clock } from '../../ports/clock.ts';
import type { Runs } from '../../ports/runs.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import { ON_TIME_MS } from '../ingest/late-date.ts';
import { Refused } from '../refusal.ts';
import { putRunState, readRunState, readShardStates, type RunState, type Versioned } from '../stores/runs.ts';
import { openShards } from './summarise.ts';

/** A run as its tasks know it. */
export type RunOfDay = {
  readonly date: LocalDate;
  readonly attempt: number;
  /** the first attempt of this pass over the shards */
  readonly since: number;
};
/** What the state machine `daily-run` begins with. Shard numbers, not households: it stays far below the limit of a payload. */
export type RunInput = { readonly run: RunOfDay; readonly shards: readonly number[] };

export const executionName = (date: LocalDate, attempt: number): string => `daily-${date}-a${attempt}`;

type Deps = { readonly table: Table; readonly clock: Clock; readonly runs: Runs };
type Request = {
  readonly date: LocalDate;
  /** a day that is finished is gone through once more: what late data changed is corrected, nothing else is written */
  readonly again: boolean;
};

const inProgress = (date: LocalDate, attempt: number): Refused =>
  new Refused('conflict', `the run of ${date} is in progress, attempt ${attempt}; wait until it has ended`);

/** The attempt that may start now: the first, the next, or one that was taken and never started. Refused while one runs. */
const nextAttempt = async (
  { clock, runs }: Deps,
  { date, again }: Request,
  before: RunState | undefined,
): Promise<RunState> => {
  const fresh = { state: 'running', startedMs: clock.now(), endedMs: null } as const;
  if (!before) return { ...fresh, attempt: 1, since: 1 };
  const attempt = before.attempt + 1;
  if (before.state === 'succeeded') {
    if (!again) throw new Refused('conflict', `the run of ${date} has succeeded; nothing is open`);
    return { ...fresh, attempt, since: attempt };
  }
  if (before.state === 'failed') return { ...fresh, attempt, since: before.since };
  const status = await runs.status(executionName(date, before.attempt));
  if (status === 'running') throw inProgress(date, before.attempt);
  // taken, and its starter went away before it started: the same name can still be started, by one of us only
  if (status === undefined) return before;
  return { ...fresh, attempt, since: before.since };
};

/** Takes the run item; answers false when somebody else did so first. */
const take = async ({ table }: Deps, date: LocalDate, taken: Versioned<RunState>): Promise<boolean> => {
  try {
    await putRunState(table, date, taken);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};

/** By which the clocks of those who take readings in and of those who start runs may differ. */
const CLOCKS_DIFFER_MS = 2 * 60_000;

const refuseDay = (date: LocalDate, nowMs: number): void => {
  const today = localDate(nowMs);
  // what ingest takes before this it takes as in time and marks for no later run
  const fromMs = dayStart(addDays(date, 1)) + ON_TIME_MS + CLOCKS_DIFFER_MS;
  if (nowMs < fromMs) {
    const why = date >= today ? `${date} is not over yet` : `the last readings of ${date} may still be under way`;
    throw new Refused('conflict', `${why}; its run can start from ${isoSeoul(fromMs)} on`);
  }
  const oldest = addDays(today, -KEPT_DAYS.quarterHours);
  if (date < oldest)
    throw new Refused(
      'conflict',
      `the readings of ${date} are not kept any more; the oldest day that can be run is ${oldest}`,
    );
};

/** Starts the run of a day that is over: its first attempt over all shards, a later one over those that are open. */
export const startRun = async (deps: Deps, request: Request): Promise<RunInput> => {
  const { table, clock, runs } = deps;
  const { date } = request;
  refuseDay(date, clock.now());
  const before = await readRunState(table, date);
  const { attempt, since, ...rest } = await nextAttempt(deps, request, before?.value);
  const taken = { value: { ...rest, attempt, since }, version: before?.version ?? 0 };
  if (!(await take(deps, date, taken))) throw inProgress(date, attempt);
  const shards = openShards(await readShardStates(table, date), since);
  const input: RunInput = { run: { date, attempt, since }, shards };
  if (!(await runs.start(executionName(date, attempt), input))) throw inProgress(date, attempt);
  return input;
};
