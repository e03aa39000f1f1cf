import { SHARDS } from '@hems/models/household/shard';
import { STAGES, type Ranking, type ShardState, type Stage, type Summary } from '../stores/runs.ts';
import { addTallies } from './tally.ts';

/** Every stage of the shard is done, by the present pass. */
const isDone = (shard: ShardState | undefined, since: number): boolean =>
  shard !== undefined && shard.attempt >= since && STAGES.every((stage) => shard.stages[stage]?.state === 'done');

const ALL_SHARDS = Array.from({ length: SHARDS }, (_, shard) => shard);

/** Shards that are not done by the present pass; those that nobody visited yet are among them. */
export const openShards = (shards: ReadonlyMap<number, ShardState>, since: number): number[] =>
  ALL_SHARDS.filter((shard) => !isDone(shards.get(shard), since));

type Open = Summary['openShards'][number];
const SILENT: [Stage, Open['state'], string] = [
  'aggregate',
  'silent',
  'not visited yet, or its function ended without a word',
];

const openStage = (shard: number, state: ShardState | undefined): Open => {
  const outcomes = STAGES.map((stage): [Stage, Open['state'], string] => {
    const outcome = state?.stages[stage];
    return outcome ? [stage, outcome.state, outcome.reason ?? ''] : [stage, SILENT[1], SILENT[2]];
  });
  const [stage, how, reason] = outcomes.find(([, one]) => one !== 'done') ?? SILENT;
  return { shard, stage, state: how, reason };
};

const MOST_TOLD = 20;

const rankingOf = (parts: ReadonlyMap<string, Ranking>, attempt: number): Summary['ranking'] => {
  const own = new Map([...parts].filter(([, part]) => part.attempt === attempt));
  const ranked = [...own].filter(([name, part]) => name.startsWith('RANK#') && part.state === 'done').length;
  const segments = own.get('RANK')?.segments ?? 0;
  const failed = [...own].find(([, part]) => part.state === 'failed');
  const missing = !own.has('RANK')
    ? 'the segments were not listed'
    : ranked < segments
      ? `${segments - ranked} of ${segments} segments were not ranked`
      : own.has('RANKED')
        ? null
        : 'the histograms were not joined';
  return { segments, ranked, reason: failed?.[1].reason ?? missing };
};

type Parts = {
  readonly attempt: number;
  readonly since: number;
  readonly shards: ReadonlyMap<number, ShardState>;
  readonly ranking: ReadonlyMap<string, Ranking>;
};

/** What all shards say of themselves as one: how many are open and why, and what moved. */
export const summarise = ({ attempt, since, shards, ranking }: Parts): Summary => {
  const present = new Map([...shards].filter(([, { attempt: of }]) => of >= since));
  const open = openShards(present, since).map((shard) => openStage(shard, present.get(shard)));
  const inState = (state: string): number => open.filter((one) => one.state === state).length;
  const states = [...present.values()];
  return {
    shards: {
      total: SHARDS,
      done: SHARDS - open.length,
      refused: inState('refused'),
      failed: inState('failed'),
      open: open.length,
    },
    openShards: open.slice(0, MOST_TOLD),
    households: states.reduce((sum, { stages }) => sum + (stages.aggregate?.households ?? 0), 0),
    tally: addTallies(
      states.flatMap(({ before, stages }) => [before, ...STAGES.flatMap((stage) => stages[stage]?.tally ?? [])]),
    ),
    ranking: rankingOf(ranking, attempt),
  };
};
