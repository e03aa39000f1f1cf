import type { Access } from '../constructs/grants.ts';
import type { TableName } from '../constructs/table.ts';

export type Task = {
  /** file of `functions/jobs` */
  readonly entry: string;
  readonly does: string;
  /** ends the sentence "when it fails, residents …" */
  readonly residents: string;
  readonly tables: readonly { readonly table: TableName; readonly access: Access }[];
  readonly memoryMb: number;
  /** says on the bus what happened */
  readonly says?: true;
  /** asks the engine of forecasts, and the weather for the sun of homes that generate */
  readonly forecasts?: true;
};

const to = (table: TableName, access: Access) => ({ table, access });

/** The functions of the state machine `daily-run`, by the names that its file has for them, and what each may touch: read off its use case, and no more. */
export const TASKS = {
  FreezeDay: {
    entry: 'freeze-day',
    does: 'Asks whether everything of the day has been taken in',
    residents: 'wait for the reward of yesterday: nothing is settled while this cannot be told.',
    // what is in the quarantine
    tables: [to('operations', 'read')],
    memoryMb: 256,
  },
  AggregateShard: {
    entry: 'aggregate-shard',
    does: 'Derives the day of each household of a shard, and days that late readings touched',
    residents: 'of the shard do not get yesterday: its use, cost and saving.',
    tables: [to('homes', 'read'), to('energy', 'readWrite'), to('operations', 'readWrite')],
    memoryMb: 1769,
  },
  ForecastShard: {
    entry: 'forecast-shard',
    does: 'Forecasts the next day of each household of a shard, and tells what its bill and its week are heading for',
    residents: 'of the shard see no forecast of today, and are not warned of a tier or a budget.',
    // budgets are of people
    tables: [to('homes', 'read'), to('energy', 'readWrite'), to('operations', 'readWrite'), to('people', 'read')],
    says: true,
    forecasts: true,
    // a whole core: until a model is in force it forecasts by itself
    memoryMb: 1769,
  },
  SettleShard: {
    entry: 'settle-shard',
    does: 'Settles what closed for each household of a shard, and how it stands in the community',
    residents: 'of the shard wait for what they have earned.',
    tables: [
      to('homes', 'read'),
      to('energy', 'read'),
      to('ledger', 'readWrite'),
      to('community', 'readWrite'),
      to('operations', 'readWrite'),
    ],
    says: true,
    memoryMb: 1769,
  },
  ListSegments: {
    entry: 'list-segments',
    does: 'Lists the segments of the community',
    residents: 'see the ranking of the day before.',
    tables: [to('community', 'read'), to('operations', 'write')],
    memoryMb: 512,
  },
  RankSegment: {
    entry: 'rank-segment',
    does: 'Ranks the homes of a segment in cohorts',
    residents: 'of the segment see the ranking of the day before.',
    tables: [to('community', 'readWrite'), to('operations', 'write')],
    memoryMb: 1769,
  },
  MergeHistograms: {
    entry: 'merge-histograms',
    does: 'Joins the histograms of the segments for the rank among all',
    residents: 'see their rank among all as it was the day before.',
    tables: [to('community', 'readWrite'), to('operations', 'write')],
    memoryMb: 512,
  },
  ReportRun: {
    entry: 'report-run',
    does: 'Merges what the shards said into the run and ends it',
    residents: 'have yesterday, but nobody can say of whom it is missing.',
    tables: [to('operations', 'readWrite')],
    memoryMb: 1024,
  },
} as const satisfies Record<string, Task>;
export type TaskName = keyof typeof TASKS;
