import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { putRanking, type Ranking, type RankingPart } from '../stores/runs.ts';
import { shortReason } from './reason.ts';
import type { RunOfDay } from './start-run.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
export type RankingTask = Pick<RunOfDay, 'date' | 'attempt'>;
type Part = RankingTask & { readonly part: RankingPart };

/** Carries out a part of the ranking and writes down how it went; a failure is thrown on, so that it is tried again. */
export const rankPart = async (
  deps: Deps,
  { date, attempt, part }: Part,
  work: () => Promise<Pick<Ranking, 'segments'>>,
): Promise<void> => {
  try {
    const found = await work();
    await putRanking(deps, { date, part }, { attempt, state: 'done', ...found });
  } catch (error) {
    const reason = shortReason(error instanceof Error ? error.message : String(error));
    await putRanking(deps, { date, part }, { attempt, state: 'failed', reason });
    throw error;
  }
};

/** Step Functions carries 256 KiB from state to state, and ends an execution that carries more without a word to any catcher. */
const LIST_MAX_BYTES = 200_000;

/** The segments as the state machine maps over them. */
export const listForRanking = async (
  deps: Deps,
  task: RankingTask,
  list: () => Promise<string[]>,
): Promise<{ readonly segments: readonly string[] }> => {
  let segments: readonly string[] = [];
  await rankPart(deps, { ...task, part: 'RANK' }, async () => {
    segments = await list();
    const bytes = JSON.stringify(segments).length;
    if (bytes > LIST_MAX_BYTES)
      throw new RangeError(
        `${segments.length} segments have ${bytes} bytes, at most ${LIST_MAX_BYTES} fit into a state; rank them by groups`,
      );
    return { segments: segments.length };
  });
  return { segments };
};
