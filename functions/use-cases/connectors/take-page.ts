import type { Clock } from '../../ports/clock.ts';
import type { Mapper } from '../../ports/mapper.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { takeIntervals } from '../sites/take-intervals.ts';
import type { Pulled } from '../stores/connector-state.ts';
import { NoAnswer } from './ask.ts';
import {
  pulledReading,
  pulledReward,
  type Connector,
  type PulledReading,
  type PulledReward,
  type Source,
} from '@hems/models/connector/connector';

export type PageDeps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly mapper: Mapper;
  /** keeps a reward that another platform gave; the reason where it does not */
  readonly keepReward: (connector: Connector, reward: PulledReward) => Promise<string | undefined>;
};

export type Counts = Pick<Pulled, 'pages' | 'taken' | 'readings' | 'rewards' | 'refused'>;

const LIST_MAX = 10_000;

type Held = { readonly found: unknown; readonly counts: Counts };

const listOf = (found: unknown): readonly unknown[] => {
  const list = found === undefined || found === null ? [] : Array.isArray(found) ? found : [found];
  if (list.length > LIST_MAX) throw new NoAnswer(`a page holds ${list.length} records; at most ${LIST_MAX} are taken`);
  return list;
};

const count = (counts: Counts, reason: string): void => {
  counts.refused[reason] = (counts.refused[reason] ?? 0) + 1;
};

const takeReadings = async (deps: PageDeps, { partnerId }: Connector, { found, counts }: Held): Promise<Counts> => {
  const sound: PulledReading[] = [];
  for (const one of listOf(found)) {
    const reading = pulledReading.safeParse(one).data;
    if (reading) sound.push(reading);
    else count(counts, 'not-a-reading');
  }
  let taken = 0;
  for (const own of Map.groupBy(sound, ({ siteId, meterId }) => `${siteId}#${meterId}`).values()) {
    const [first] = own;
    if (!first) continue;
    const { siteId, meterId } = first;
    const intervals = own.map(({ siteId: _site, meterId: _meter, ...interval }) => interval);
    const result = await takeIntervals(deps, { partnerId, siteId, meterId }, intervals);
    taken += result.taken;
    for (const { fault } of result.refused) count(counts, fault);
  }
  return { ...counts, readings: counts.readings + sound.length, taken: counts.taken + taken };
};

const keepRewards = async (deps: PageDeps, connector: Connector, { found, counts }: Held): Promise<Counts> => {
  let kept = 0;
  for (const one of listOf(found)) {
    const reward = pulledReward.safeParse(one).data;
    const reason = reward ? await deps.keepReward(connector, reward) : 'not-a-reward';
    if (reason === undefined) kept += 1;
    else count(counts, reason);
  }
  return { ...counts, rewards: counts.rewards + kept };
};

const mapped = async ({ mapper }: PageDeps, expression: string | undefined, page: unknown): Promise<unknown> => {
  if (expression === undefined) return undefined;
  return mapper.map(expression, page).catch((error: unknown) => {
    throw new NoAnswer(`the mapping fails on the answer: ${error instanceof Error ? error.message : String(error)}`);
  });
};

const cursorOf = (next: unknown): string | undefined => {
  if (next === undefined || next === null || next === '') return undefined;
  if (typeof next !== 'string' && typeof next !== 'number')
    throw new NoAnswer('the next page is named by neither text nor number');
  return String(next);
};

/** Keeps what a page holds, and tells which page comes next; undefined: none. */
export const takePage = async (
  deps: PageDeps,
  { connector, source, answer }: { readonly connector: Connector; readonly source: Source; readonly answer: unknown },
  before: Counts,
): Promise<{ readonly counts: Counts; readonly next: string | undefined }> => {
  const readings = await mapped(deps, source.readings, answer);
  const rewards = await mapped(deps, source.rewards, answer);
  const taken = await takeReadings(deps, connector, { found: readings, counts: before });
  const counts = await keepRewards(deps, connector, { found: rewards, counts: taken });
  const next = await mapped(deps, source.next, answer);
  return { counts: { ...counts, pages: counts.pages + 1 }, next: cursorOf(next) };
};
