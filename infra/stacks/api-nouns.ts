import type { Noun } from '@hems/shared/api/contract';
import type { Access } from '../constructs/grants.ts';
import type { Folder } from '../constructs/objects-bucket.ts';
import type { PersonalUse } from '../constructs/personal-keys.ts';
import type { TableName } from '../constructs/table.ts';
import type { AccountAccess } from './identity.ts';

/** The tables that a noun may be given; the raw history is opened apart, in whichever store it is. */
export const GRANTED = [
  'homes',
  'energy',
  'operations',
  'ledger',
  'community',
  'people',
] as const satisfies readonly TableName[];

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
  /** may ask the engine of forecasts */
  readonly forecasts?: true;
  /** may use the keys of personal data so */
  readonly personal?: readonly PersonalUse[];
  /** may read accounts, or end their sessions as well */
  readonly accounts?: AccountAccess;
  /** may write to people */
  readonly mails?: true;
  /** may read by which key browsers subscribe */
  readonly pushes?: true;
  /** may say what happened on the bus */
  readonly says?: true;
  /** may enter gateways where the broker looks, and cut them off */
  readonly gateways?: true;
  /** may leave something that partners are to be told of */
  readonly tells?: true;
  /** may take items out of partitions of `operations` that begin so */
  readonly forgets?: readonly string[];
  /** may start the daily run and ask how it fares */
  readonly runs?: true;
  /** the same of erasures */
  readonly erases?: true;
  /** may give links to files of that folder: to send them, or to get them */
  readonly files?: Folder;
};

/**
 * What the function of each noun may touch beside what admission reads (`homes` and `people`): read off its use cases, and no more. One
 * with routes for staff writes the access log, which is items of `homes`, and says on the bus what its last entry is.
 */
export const NOUNS: Record<Noun, NounGrants> = {
  // notes who looked today
  session: { residents: 'cannot sign in.', tables: { homes: 'read', people: 'readWrite' }, personal: ['open'] },
  // marks the household as watched, and records the order it sends its gateways
  live: {
    residents: 'see no power now.',
    tables: { homes: 'readWrite', energy: 'readWrite' },
    commands: true,
    personal: ['open'],
  },
  // the names that residents gave their devices
  usage: {
    residents: 'see no chart and no daily use.',
    tables: { homes: 'read', energy: 'read' },
    personal: ['open'],
  },
  environment: {
    residents: 'see no air or temperature.',
    tables: { homes: 'read', energy: 'read' },
    personal: ['open'],
  },
  // claims are items of operations; a day on which two meters counted is marked in energy
  devices: {
    residents: 'cannot look at single devices, or add and revoke any.',
    tables: { homes: 'readWrite', energy: 'readWrite', operations: 'readWrite' },
    history: 'read',
    personal: ['open', 'find'],
    says: true,
    gateways: true,
  },
  orders: { residents: 'cannot switch their devices.', tables: { homes: 'readWrite' }, commands: true },
  // staff only: who of the partners may do what, and with which keys
  partners: {
    residents: 'wait longer for a partner to be let in or shut out.',
    tables: { operations: 'readWrite' },
    forgets: ['OPENADR-CLIENT#'],
  },
  // staff only: which building is whose, and the systems that are asked
  sites: {
    residents: 'are left out of the sums of their building for longer.',
    tables: { operations: 'readWrite' },
    personal: ['find'],
  },
  // replays a message through ingest
  quarantine: {
    residents: 'wait longer for readings that were set aside.',
    tables: { homes: 'readWrite', energy: 'readWrite', operations: 'readWrite' },
    history: 'write',
    says: true,
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
  // a decision is told to offices, by what they call the household and by the queue of webhooks
  programmes: {
    residents: 'cannot take part in a programme.',
    tables: { homes: 'readWrite', energy: 'read', ledger: 'readWrite', operations: 'readWrite' },
    personal: ['find'],
    says: true,
    tells: true,
  },
  // answers to disputes are told to partners
  disputes: {
    tells: true,
    residents: 'cannot say that a reward is wrong, or read the answer.',
    tables: { homes: 'readWrite', ledger: 'readWrite', operations: 'readWrite' },
    personal: ['open', 'find'],
    says: true,
  },
  // an answer to a payment by hand is an item of operations
  rewards: {
    residents: 'see no rewards and cannot ask for a payout.',
    tables: { homes: 'readWrite', ledger: 'readWrite', operations: 'readWrite' },
    says: true,
  },
  // what an event may earn is told by the hours of the days before it
  events: {
    residents: 'see no saving events and cannot join one.',
    tables: { homes: 'read', energy: 'read', operations: 'readWrite', ledger: 'readWrite' },
    says: true,
  },
  community: { residents: 'see no ranking.', tables: { homes: 'readWrite', community: 'readWrite' }, says: true },
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
  account: {
    residents: 'cannot change their name or end their sessions.',
    tables: { people: 'readWrite' },
    personal: ['open', 'make'],
    accounts: 'endSessions',
  },
  members: {
    residents: 'cannot invite anybody or leave a household.',
    tables: { homes: 'readWrite', people: 'readWrite' },
    personal: ['open', 'make', 'find'],
    accounts: 'read',
    mails: true,
    says: true,
  },
  onboarding: {
    residents: 'cannot join.',
    tables: { homes: 'readWrite', energy: 'readWrite', people: 'readWrite' },
    personal: ['open', 'make', 'find'],
    says: true,
  },
  // wrong codes are counted by person too, and unlocked
  proofs: {
    residents: 'wait longer for an operator to approve them.',
    tables: { homes: 'readWrite', people: 'readWrite' },
    personal: ['open', 'find'],
    says: true,
  },
  access: {
    residents: 'cannot see who looked at their home.',
    // `operations`: what partners are called
    tables: { homes: 'readWrite', energy: 'read', operations: 'read' },
    says: true,
  },
  // a withdrawal ends at once what the plan ordered; `energy`: what is heard of the devices
  consents: {
    residents: 'cannot agree to anything, or withdraw.',
    tables: { homes: 'readWrite', energy: 'read', community: 'readWrite', ledger: 'readWrite' },
    commands: true,
    says: true,
  },
  imports: { residents: 'cannot bring their history.', tables: { homes: 'readWrite' }, files: 'imports' },
  exports: { residents: 'cannot take their data with them.', tables: { homes: 'readWrite' }, files: 'exports' },
  // writes down what is asked for, ends the memberships of who goes, and asks for the payout of a balance that is left
  erasures: {
    residents: 'cannot be forgotten.',
    tables: { homes: 'readWrite', people: 'readWrite', operations: 'readWrite', ledger: 'readWrite' },
    erases: true,
  },
  inbox: {
    residents: 'see no notices and cannot choose which reach them.',
    tables: { homes: 'read', people: 'readWrite' },
    personal: ['open', 'make', 'find'],
    pushes: true,
  },
  claims: {
    residents: 'cannot add a gateway.',
    tables: { homes: 'readWrite', operations: 'readWrite' },
    personal: ['find'],
    says: true,
  },
  // asks the engine, the weather for the sun, and holds what it answers for the hour
  forecast: {
    residents: 'see no forecast.',
    tables: { homes: 'read', energy: 'readWrite', operations: 'readWrite' },
    weather: true,
    forecasts: true,
  },
  advice: {
    residents: 'get no suggestions.',
    tables: { homes: 'readWrite', energy: 'read', operations: 'readWrite' },
    weather: true,
  },
  // plans at once what is switched on, and shows a plan before that; both rest on the forecast, and on what the battery was seen to do
  plan: {
    residents: 'cannot see or stop the plan of their battery.',
    tables: { homes: 'readWrite', energy: 'readWrite', operations: 'readWrite' },
    history: 'read',
    commands: true,
    weather: true,
    forecasts: true,
  },
};
