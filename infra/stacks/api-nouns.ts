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
  session: { tables: { homes: 'read', people: 'readWrite' }, personal: ['open'] },
  // marks the household as watched, and records the order it sends its gateways
  live: {
    tables: { homes: 'readWrite', energy: 'readWrite' },
    commands: true,
    personal: ['open'],
  },
  // the names that residents gave their devices
  usage: {
    tables: { homes: 'read', energy: 'read' },
    personal: ['open'],
  },
  environment: {
    tables: { homes: 'read', energy: 'read' },
    personal: ['open'],
  },
  // claims are items of operations; a day on which two meters counted is marked in energy
  devices: {
    tables: { homes: 'readWrite', energy: 'readWrite', operations: 'readWrite' },
    history: 'read',
    personal: ['open', 'find'],
    says: true,
    gateways: true,
  },
  orders: { tables: { homes: 'readWrite' }, commands: true },
  // staff only: who of the partners may do what, and with which keys
  partners: {
    tables: { operations: 'readWrite' },
    forgets: ['OPENADR-CLIENT#'],
  },
  // staff only: which building is whose, and the systems that are asked
  sites: {
    tables: { operations: 'readWrite' },
    personal: ['find'],
  },
  // replays a message through ingest
  quarantine: {
    tables: { homes: 'readWrite', energy: 'readWrite', operations: 'readWrite' },
    history: 'write',
    says: true,
  },
  tariffs: { tables: {} },
  supply: { tables: { homes: 'readWrite' } },
  bill: { tables: { homes: 'read', energy: 'read' } },
  // temperatures that were asked for are items of operations
  days: {
    tables: { homes: 'read', energy: 'read', operations: 'readWrite', community: 'read' },
    weather: true,
  },
  // a decision is told to offices, by what they call the household and by the queue of webhooks
  programmes: {
    tables: { homes: 'readWrite', energy: 'read', ledger: 'readWrite', operations: 'readWrite' },
    personal: ['find'],
    says: true,
    tells: true,
  },
  // answers to disputes are told to partners
  disputes: {
    tells: true,
    tables: { homes: 'readWrite', ledger: 'readWrite', operations: 'readWrite' },
    personal: ['open', 'find'],
    says: true,
  },
  // an answer to a payment by hand is an item of operations
  rewards: {
    tables: { homes: 'readWrite', ledger: 'readWrite', operations: 'readWrite' },
    says: true,
  },
  // what an event may earn is told by the hours of the days before it
  events: {
    tables: { homes: 'read', energy: 'read', operations: 'readWrite', ledger: 'readWrite' },
    says: true,
  },
  community: { tables: { homes: 'readWrite', community: 'readWrite' }, says: true },
  // who joins makes its meters its own
  challenges: {
    tables: { homes: 'readWrite', energy: 'read', community: 'readWrite', ledger: 'read' },
  },
  runs: {
    tables: { operations: 'readWrite' },
    runs: true,
  },
  account: {
    tables: { people: 'readWrite' },
    personal: ['open', 'make'],
    accounts: 'endSessions',
  },
  members: {
    tables: { homes: 'readWrite', people: 'readWrite' },
    personal: ['open', 'make', 'find'],
    accounts: 'read',
    mails: true,
    says: true,
  },
  onboarding: {
    tables: { homes: 'readWrite', energy: 'readWrite', people: 'readWrite' },
    personal: ['open', 'make', 'find'],
    says: true,
  },
  // wrong codes are counted by person too, and unlocked
  proofs: {
    tables: { homes: 'readWrite', people: 'readWrite' },
    personal: ['open', 'find'],
    says: true,
  },
  access: {
    // `operations`: what partners are called
    tables: { homes: 'readWrite', energy: 'read', operations: 'read' },
    says: true,
  },
  // a withdrawal ends at once what the plan ordered; `energy`: what is heard of the devices
  consents: {
    tables: { homes: 'readWrite', energy: 'read', community: 'readWrite', ledger: 'readWrite' },
    commands: true,
    says: true,
  },
  imports: { tables: { homes: 'readWrite' }, files: 'imports' },
  exports: { tables: { homes: 'readWrite' }, files: 'exports' },
  // writes down what is asked for, ends the memberships of who goes, and asks for the payout of a balance that is left
  erasures: {
    tables: { homes: 'readWrite', people: 'readWrite', operations: 'readWrite', ledger: 'readWrite' },
    erases: true,
  },
  inbox: {
    tables: { homes: 'read', people: 'readWrite' },
    personal: ['open', 'make', 'find'],
    pushes: true,
  },
  claims: {
    tables: { homes: 'readWrite', operations: 'readWrite' },
    personal: ['find'],
    says: true,
  },
  // asks the engine, the weather for the sun, and holds what it answers for the hour
  forecast: {
    tables: { homes: 'read', energy: 'readWrite', operations: 'readWrite' },
    weather: true,
    forecasts: true,
  },
  advice: {
    tables: { homes: 'readWrite', energy: 'read', operations: 'readWrite' },
    weather: true,
  },
  // plans at once what is switched on, and shows a plan before that; both rest on the forecast, and on what the battery was seen to do
  plan: {
    tables: { homes: 'readWrite', energy: 'readWrite', operations: 'readWrite' },
    history: 'read',
    commands: true,
    weather: true,
    forecasts: true,
  },
};
