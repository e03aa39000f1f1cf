import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/**
 * Every prefix of a key that the source writes, and what becomes of it when a household or a person is erased. A new one fails here until
 * somebody has thought of it: under `H#<household>`, `T#<telemetry id>` and `U#<sub>` it goes with the partition; elsewhere the erasure has
 * to find it.
 */
const GOES_WITH_ITS_PARTITION = [
  // homes H#
  'MEMBER',
  'DEVICE',
  'GATEWAY',
  'ORDER',
  'INVITATION',
  'CONSENT',
  'ACCESS',
  'LISTED',
  'IMPORT',
  'EXPORT',
  'OUTSIDE',
  'STARTS',
  'PARTICIPANT',
  // homes T#
  'REVOKED',
  // energy H#
  'DAY',
  'HOURS',
  'MON',
  'FC',
  'ACC',
  'LATE',
  'LIVE',
  // history T#: list of days, and blocks
  'D',
  'B',
  'E',
  // ledger H#, the first three to a pseudonym
  'ENTRY',
  'CONF',
  'PAY',
  'INPUTS',
  'ENROL',
  'FILED',
  'DISPUTE',
  'PART',
  'PREPARED',
  // people U#
  'FORMER',
  'NOTICE',
  'SAID',
  'SEND',
  'PUSH',
];
const FOUND_BY_THE_ERASURE = {
  H: 'homes, energy, ledger: the partition of a household',
  T: 'homes, history: the partitions of its telemetry id',
  U: 'people: the partition of a person; also index i1 of memberships',
  S: 'energy: slots, in the partition; homes: index i2 of the shard, which closing leaves',
  METER: 'step community: claims of its meters',
  M: 'step community: participations',
  STAND: 'step community',
  BOARD: 'step community: its row, the first of a cohort',
  LEFT: 'step community',
  CHALLENGE: 'in the partition of a membership',
  COHORT: 'in BOARD',
  QUARANTINE: 'step operations',
  RUN: 'step operations: its id is taken out',
  SHARD: 'in RUN',
  PAYMENT: 'step ledger: moves with its payout, or goes with it',
  CLAIM: 'step devices: ends, and names nobody any more',
  CERT: 'step devices: the local registry removes it',
  THING: 'step devices: the local registry removes it',
  ACCOUNT: 'step people: the local identity provider removes it',
  ADDRESS: 'step people: the local identity provider removes it',
  OIDC: 'step people: the local identity provider ends its sessions',
  VERIFY: 'a sign-in that is under way, for minutes, at the local identity provider',
  ERASURE: 'the receipt stays, the scope goes with the erasure',
};
const INDEXES_OF_ITEMS_THAT_GO = [
  'SETTLED',
  'DISPUTES',
  'A',
  'BUILDING',
  'G',
  'PROOF',
  'PAYOUTS',
  'OUTBOX',
  'TAKES-PART',
  'PLANNED',
  'PAID',
  'HAND-PAID',
  'ERASURES',
  'Q',
  'Q-OURS',
  'OIDCUID',
  'OIDCGRANT',
  'OIDCACCOUNT',
];
const NAMES_NOBODY = {
  CODE: 'codes of residence and of claims by blind index; who used one is a blind index too',
  GUESSES: 'wrong passwords by blind index, for minutes',
  LIMIT: 'attempts by blind index, for minutes',
  RANK: 'how the ranking of a segment went',
  SEGMENTS: 'segments of the community',
  HIST: 'savings of a segment, counted',
  ABOUT: 'savings of all, counted',
  COUNT: 'how many take part in a challenge',
  EVENT: 'announced events',
  ID: 'announced events',
  HOUR: 'announced events',
  PROVISIONAL: 'how far the results of an event are',
  PLANPAGES: 'pages of homes that were asked for, by a hash; gone within the hour',
  WEATHER: 'weather of a province',
  FILE: 'settlement files of a partner, by participants: which household one was goes with the household',
  SETTLEMENT: 'how far a settlement file is, by counts',
  AGGREGATES: 'what was published of regions: sums of twenty homes and more',
  CURSOR: 'where the list of a partner goes on, with the id of a household; gone within the hour',
  'OPENADR-CLIENT': 'OAuth clients of a partner',
  'OPENADR-CLIENTS': 'OAuth clients of a partner',
  DISPATCH: 'events of a partner that call homes, and sums over 20 homes and more',
  PARTNER: 'the partition of a partner: an organisation, not a person',
  SITE: 'buildings of a partner, by the blind index of their address',
  INTERVALS: 'meters in common areas',
  PUBLISHED: 'sums over 20 homes and more of a building, by the blind index of its address',
  CONNECTOR: 'how far a system of others was asked',
  KEY: 'public keys of a partner',
  AUDIT: 'what staff changed of a partner',
  NONCE: 'nonces of signed requests, for minutes',
  HOOK: 'endpoints of a partner',
  CALLBACK: 'endpoints of a partner in OpenADR',
  LANE: 'who delivers to an endpoint',
  DELIVERY: 'messages to a partner, for 30 days; a household is named by its participant there',
  DELIVERIES: 'index of them by their state',
  DUE: 'when they are tried next; what subscriptions of OpenADR are owed, for minutes',
  TOLD: 'which of them were made, by a hash',
  SEQUENCE: 'their last ordering numbers, for 30 days; of a participant',
  IDEMPOTENCY: 'answers to a partner, for a day; a household is named by its participant there',
};

const known = new Set([
  ...GOES_WITH_ITS_PARTITION,
  ...Object.keys(FOUND_BY_THE_ERASURE),
  ...INDEXES_OF_ITEMS_THAT_GO,
  ...Object.keys(NAMES_NOBODY),
]);

const ROOT = join(import.meta.dirname, '../..');
/** Where keys of items are made; the contract suites and the demo make none of their own. */
const FOLDERS = [
  'use-cases',
  'adapters/aws',
  'adapters/blocks',
  'adapters/embedded',
  'adapters/providers',
  'local/ca',
  'local/identity',
  'local/broker',
];
const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name)),
);

test('every prefix of a key has been thought of', () => {
  const unknown = sources.flatMap((file) => {
    // prose names keys in comments
    const code = readFileSync(join(ROOT, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    const prefixes = [...code.matchAll(/[`'"]([A-Z][A-Z-]*)#/g)].map(([, prefix = '']) => prefix);
    return prefixes.filter((prefix) => !known.has(prefix)).map((prefix) => `${prefix}# in ${file}`);
  });
  expect(unknown).toEqual([]);
});
