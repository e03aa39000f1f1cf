import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EXPORTED, LEFT_OUT } from './item-kinds.ts';

/** Keys that are nobody's partition and no kind of a household's or person's items, each with why it is not in the archive. */
const OF_NO_HOUSEHOLD: Readonly<Record<string, string>> = {
  'H#': 'the partition of a household',
  'U#': 'the partition of a person',
  'M#': 'the partition of a membership of the community',
  'T#': 'leads from the telemetry id to the household; the profile tells both',
  HOUSEHOLD: 'the item of that way',
  'REVOKED#': 'stands beside it for a gateway that was revoked; household/gateways.json tells the same',
  'METER#':
    'which membership a meter takes part by; community/memberships.json has the membership, devices.json the meter',
  'PARTNER#': 'the partition of a partner, an organisation',
  'BUILDING#': 'blind index of the address of a building; household/place.json has the address',
  'A#': 'blind index of an address; household/place.json has the address',
  'D#': 'index of devices',
  'G#': 'index of gateways',
  'PLANNED#': 'index of homes that let themselves be steered; household/automation.json tells the same',
  RESIDENCE: 'a code of a building; neither code nor flat can be read from it',
  'CODE#': 'a code, by its blind index; nothing can be read from it',
  'CLAIM#': 'a gateway that may be claimed; once claimed household/gateways.json tells of it',
  CLAIM: 'the item of such a gateway',
  'S#': 'quarter hours of a device, and the index of a shard',
  'PAYOUTS#': 'index of payouts that wait',
  'PAYMENT#': 'order to the payment rail; rewards/payouts.json tells what became of it',
  ORDER: 'the item of such an order',
  'PAID#': 'index of payouts',
  'HAND-PAID#': 'index of payments by hand',
  'FILE#': 'settlement file of a partner, about all households',
  'SETTLEMENT#': 'how far such a file is',
  'SETTLED#': 'index of entries; rewards/entries.json has the own ones',
  'DISPUTES#': 'index of disputes; rewards/disputes.json has the own ones',
  'AGGREGATES#': 'what was published of regions, about no one in particular',
  NAMED: 'the item of such a file',
  APPROVAL: 'the item of such a file',
  EVENTS: 'announced saving events, the same for everybody',
  'EVENT#': 'announced saving events, the same for everybody',
  'ID#': 'leads to an announced event',
  'PROVISIONAL#': 'how far the results of an event are',
  'TAKES-PART#': 'index of the homes of an event; rewards/events.json tells the same',
  CHALLENGES: 'announced challenges, the same for everybody',
  'COUNT#': 'how many take part in a challenge',
  COUNT: 'the item of such a count',
  'STAND#': 'standings of a segment; the own ones are in community/standings.json',
  'SEGMENTS#': 'list of segments',
  'BOARD#': 'boards, which are about others too; made from the standings',
  'COHORT#': 'a board',
  SUMMARY: 'the item about its cohorts',
  'LEFT#': 'takes who left off a board',
  'HIST#': 'counts of no one in particular',
  'ABOUT#': 'counts of no one in particular',
  ALL: 'the item of such counts',
  'PLANPAGES#': 'pages of homes to plan, by a hash of their place',
  'RUN#': 'the daily run of all households, by counts',
  RUN: 'the item of a run',
  'SHARD#': 'part of a run',
  RANK: 'part of a run',
  'WEATHER#': 'temperatures of a province',
  'Q#': 'index of messages that were kept out',
  'Q-OURS#': 'index of those of them that were kept out by a fault of ours',
  'QUARANTINE#': 'messages of all homes that were kept out; those of the own devices are in readings/kept-out.json',
  'OUTBOX#': 'index of payouts that wait',
  'PROOF#': 'index of proofs that wait',
  'ERASURE#': 'receipt of an erasure, which is given to whoever asked for it',
  'ERASURES#': 'index of erasures',
  RECEIPT: 'the item of an erasure',
  SCOPE: 'the item of an erasure',
  FAILED: 'the item of a province that was asked for in vain',
  NOW: 'the item of the weather alerts in force',
  'HOUR#': 'index of announced saving events by hour',
  'RANK#': 'part of a run',
  RANKED: 'part of a run',
  SEND: 'index of messages that wait to be sent',
  'YYYY-MM': 'no key',
};

const ROOT = join(import.meta.dirname, '..');
/** Keeps what is a partner's: no item of it lies in the partition of a household, a person or a membership. */
const isOfPartners = (text: string): boolean => /['`](PARTNER#|OPENADR-)/.test(text) && !/['`][HMTU]#/.test(text);
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes('.test.') && !path.startsWith('exports/'))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
  .filter(({ text }) => !isOfPartners(text));

/** Quoted words in capitals where keys are made: `'DEVICE#'`, `` `ORDER#${id}` ``, `sk: 'PROFILE'`. */
const keysIn = ({ path, text }: { path: string; text: string }): string[] => {
  const prefixes = [...text.matchAll(/['`]([A-Z][A-Z-]*#)/g)].map(([, word = '']) => word);
  const makesKeys = /\b(pk|sk|value):/.test(text);
  const words = makesKeys ? [...text.matchAll(/['`]([A-Z][A-Z-]{2,})['`]/g)].map(([, word = '']) => word) : [];
  return path.startsWith('stores/') ? [...prefixes, ...words] : makesKeys ? prefixes : [];
};

it('every kind of item that a use case keeps is in the archive, or is left out for a reason', () => {
  const known = new Set([...EXPORTED, ...LEFT_OUT].map(({ sk }) => sk));
  const unknown = sources.flatMap((source) =>
    keysIn(source)
      .filter((key) => !known.has(key) && !(key in OF_NO_HOUSEHOLD))
      .map((key) => `${key} in ${source.path}`),
  );
  expect([...new Set(unknown)].toSorted()).toEqual([]);
});

it('no kind is listed that nobody keeps', () => {
  const kept = new Set(sources.flatMap(keysIn));
  const text = sources.map((source) => source.text).join('\n');
  expect(Object.keys(OF_NO_HOUSEHOLD).filter((key) => !kept.has(key))).toEqual([]);
  const listed = [...EXPORTED, ...LEFT_OUT].map(({ sk }) => sk);
  expect(listed.filter((sk) => !kept.has(sk) && !text.includes(`'${sk}'`) && !text.includes(`\`${sk}`))).toEqual([]);
});

it('a kind is exported or left out, not both', () => {
  const nameOf = ({ table, of, sk }: { table: string; of: string; sk: string }) => `${table} ${of} ${sk}`;
  const out = new Set(LEFT_OUT.map(nameOf));
  expect(EXPORTED.map(nameOf).filter((name) => out.has(name))).toEqual([]);
});
