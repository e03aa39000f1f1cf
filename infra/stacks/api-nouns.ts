import type { Noun } from '@hems/shared/api/contract';
import type { Access } from '../constructs/grants.ts';
import type { TableName } from '../constructs/table.ts';

/** The tables that a noun may be given; the raw history is opened apart, in whichever store it is. */
export const GRANTED = ['homes', 'energy', 'operations', 'ledger', 'community'] as const satisfies readonly TableName[];

export type NounGrants = {
  /** ends the sentence "when it fails, residents …" */
  readonly residents: string;
  readonly tables: Partial<Record<(typeof GRANTED)[number], Access>>;
  /** the raw history, in whichever store */
  readonly history?: Access;
  /** may send orders to gateways */
  readonly commands?: true;
  /** may ask the weather service */
  readonly weather?: true;
  /** may start the daily run and ask how it fares */
  readonly runs?: true;
};

/** What the function of each noun may touch: read off its use cases, and no more. */
export const NOUNS: Record<Noun, NounGrants> = {
  session: { residents: 'cannot sign in.', tables: { homes: 'read' } },
  households: { residents: 'cannot choose a household.', tables: { homes: 'read' } },
  // marks the household as watched, and records the order it sends its gateways
  live: { residents: 'see no power now.', tables: { homes: 'readWrite', energy: 'readWrite' }, commands: true },
  usage: { residents: 'see no chart and no daily use.', tables: { homes: 'read', energy: 'read' } },
  environment: { residents: 'see no air or temperature.', tables: { homes: 'read', energy: 'read' } },
  devices: { residents: 'cannot look at single devices.', tables: { homes: 'read', energy: 'read' }, history: 'read' },
  orders: { residents: 'cannot switch their devices.', tables: { homes: 'readWrite' }, commands: true },
  // replays a message through ingest
  quarantine: {
    residents: 'wait longer for readings that were set aside.',
    tables: { homes: 'read', energy: 'readWrite', operations: 'readWrite' },
    history: 'readWrite',
  },
  tariffs: { residents: 'cannot work out a bill.', tables: {} },
  supply: { residents: 'cannot say how their home is supplied.', tables: { homes: 'readWrite' } },
  bill: { residents: 'see no running bill.', tables: { homes: 'read', energy: 'read' } },
  // temperatures that were asked for are items of operations
  days: {
    residents: 'see no daily cost and saving.',
    tables: { homes: 'read', energy: 'read', operations: 'readWrite', community: 'read' },
    weather: true,
  },
  programmes: {
    residents: 'cannot take part in a programme.',
    tables: { homes: 'read', energy: 'read', ledger: 'readWrite', operations: 'read' },
  },
  // an answer to a payment by hand is an item of operations
  rewards: {
    residents: 'see no rewards and cannot ask for a payout.',
    tables: { homes: 'read', ledger: 'readWrite', operations: 'readWrite' },
  },
  events: { residents: 'see no saving events.', tables: { operations: 'readWrite' } },
  community: { residents: 'see no ranking.', tables: { homes: 'readWrite', community: 'readWrite' } },
  // who joins makes its meters its own
  challenges: {
    residents: 'cannot join a challenge.',
    tables: { homes: 'readWrite', energy: 'read', community: 'readWrite', ledger: 'read' },
  },
  runs: {
    residents: 'wait longer for yesterday, if a run has to be started by hand.',
    tables: { operations: 'readWrite' },
    runs: true,
  },
};
