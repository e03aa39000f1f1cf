import type { Noun } from '@hems/shared/api/contract';
import type { Access } from '../constructs/grants.ts';
import type { TableName } from '../constructs/table.ts';

export type NounGrants = {
  /** ends the sentence "when it fails, residents …" */
  readonly residents: string;
  readonly tables: Partial<Record<Exclude<TableName, 'history'>, Access>>;
  /** the raw history, in whichever store */
  readonly history?: Access;
  /** may send orders to gateways */
  readonly commands?: true;
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
};
