import type { TableName } from '../../ports/table.ts';

/** Whose partition an item lies in: of the household, of the asking person, of the household's memberships of the community. */
export type Of = 'household' | 'person' | 'membership';

export type ExportedKind = {
  readonly table: TableName;
  readonly of: Of;
  /** the whole sort key, or its beginning up to and with `#` */
  readonly sk: string;
  /** where in the archive */
  readonly file: `${string}.json`;
  /** fields that are not the asking person's to have, or say nothing to anybody */
  readonly without?: readonly string[];
  /** what a sealed field is sealed as, where that is not its own name */
  readonly sealedAs?: Readonly<Record<string, string>>;
};
export type LeftOutKind = { readonly table: TableName; readonly of: Of; readonly sk: string; readonly because: string };

const household = (table: TableName, sk: string, file: `${string}.json`): ExportedKind => ({
  table,
  of: 'household',
  sk,
  file,
});
const person = (sk: string, file: `${string}.json`): ExportedKind => ({ table: 'people', of: 'person', sk, file });

/** The kinds of items that go into the archive one by one. */
export const EXPORTED: readonly ExportedKind[] = [
  household('homes', 'PROFILE', 'household/profile.json'),
  household('homes', 'PLACE', 'household/place.json'),
  household('homes', 'PROOF', 'household/proof-of-residence.json'),
  household('homes', 'SUPPLY', 'household/supply.json'),
  household('homes', 'SUPPLY-CHECK', 'household/supply-check.json'),
  household('homes', 'SAFEGUARD', 'household/safeguard.json'),
  household('homes', 'ADVICE', 'household/advice.json'),
  household('homes', 'ADVICE-ANSWERS', 'household/advice-answers.json'),
  household('homes', 'CONSENT#', 'household/consents.json'),
  household('homes', 'ACCESS#', 'household/access-log.json'),
  household('homes', 'ORDER#', 'household/orders.json'),
  household('homes', 'AUTOMATION', 'household/automation.json'),
  household('homes', 'STEERING', 'household/steering.json'),
  household('homes', 'OUTSIDE#', 'rewards/from-elsewhere.json'),
  household('homes', 'GATEWAY#', 'household/gateways.json'),
  household('homes', 'IMPORT#', 'household/imports.json'),
  household('homes', 'EXPORT#', 'household/exports.json'),
  household('homes', 'PARTICIPANT#', 'household/participants.json'),
  household('homes', 'COMMUNITY', 'community/memberships.json'),
  // whom an owner invited is that person's to tell
  { ...household('homes', 'INVITATION#', 'household/invitations.json'), without: ['email', 'address', 'token'] },
  household('energy', 'DAY#', 'energy/days.json'),
  household('energy', 'HOURS#', 'energy/hours.json'),
  household('energy', 'MON#', 'energy/months.json'),
  household('energy', 'FC#', 'energy/forecasts.json'),
  household('energy', 'PLAN', 'energy/plan.json'),
  household('energy', 'LIMITS', 'energy/limits-of-devices.json'),
  household('energy', 'ACC#', 'energy/forecast-accuracy.json'),
  household('ledger', 'ENTRY#', 'rewards/entries.json'),
  household('ledger', 'INPUTS#', 'rewards/inputs.json'),
  household('ledger', 'ENROL#', 'rewards/programmes.json'),
  household('ledger', 'PART#', 'rewards/events.json'),
  household('ledger', 'EVENT-RULE', 'rewards/event-rule.json'),
  { ...household('ledger', 'DISPUTE#', 'rewards/disputes.json'), sealedAs: { text: 'dispute' } },
  household('ledger', 'FILED#', 'rewards/settlement-files.json'),
  household('ledger', 'PAY#', 'rewards/payouts.json'),
  household('ledger', 'CONF#', 'rewards/confirmations.json'),
  household('ledger', 'BAL', 'rewards/balances.json'),
  person('PERSON', 'person/person.json'),
  person('USER', 'person/sessions.json'),
  person('NOTICE#', 'person/notices.json'),
  person('NOTICE-SETTINGS', 'person/notice-settings.json'),
  person('OPENINGS', 'person/households-opened.json'),
  { ...person('PUSH#', 'person/push-targets.json'), sealedAs: { target: 'push-target' } },
  { table: 'community', of: 'membership', sk: 'CHALLENGE#', file: 'community/challenges.json' },
];

const ofHousehold =
  (table: 'homes' | 'energy') =>
  (sk: string, because: string): LeftOutKind => ({ table, of: 'household', sk, because });
const homes = ofHousehold('homes');
const energy = ofHousehold('energy');
const ledger = (sk: string, because: string): LeftOutKind => ({ table: 'ledger', of: 'household', sk, because });
const people = (sk: string, because: string): LeftOutKind => ({ table: 'people', of: 'person', sk, because });

/** The kinds of the same partitions that stay out, each with why nothing is lost by that. */
export const LEFT_OUT: readonly LeftOutKind[] = [
  homes('KEY', 'a key, itself encrypted; what it opens is exported open'),
  homes('MEMBER#', 'household/members.json tells the same with names'),
  homes('DEVICE#', 'household/devices.json tells the same under the names that residents gave'),
  homes('ACCESS', 'the end of the access log, which is exported'),
  homes(
    'ROSTER',
    'keeps two changes of members apart, and the last of them until they are told; household/members.json has who belongs',
  ),
  homes('STARTS#', 'a counter against abuse, gone after two days'),
  homes('CLAIM-ATTEMPTS', 'a counter against abuse, gone when the lock is'),
  homes('RESIDENCE-ATTEMPTS', 'a counter against abuse, gone when the lock is'),
  homes('LISTED#', 'keeps the access log, which is exported, from telling the same twice a day'),
  homes('ERASURE', 'says that an erasure is under way; its receipt is given to whoever asked for it'),
  energy('S#', 'energy/quarter-hours.csv tells what they come to, readings/ what they are made of'),
  energy('FCNOW', 'the forecast of one hour, gone with it; energy/forecasts.json has those of the days'),
  energy('LIVE#', 'the newest reading of a device, which is in readings/ too'),
  energy('LATE#', 'marks a day that is to be worked out again'),
  energy('USUAL', 'the use of the hours of the last weeks, which is in energy/hours.json'),
  energy('WATCHED', 'says for a minute that somebody is looking'),
  ledger('PREPARED#', 'hours of the home for an event that runs, gone after two days; energy/hours.json has them'),
  people('KEY', 'a key, itself encrypted; what it opens is exported open'),
  people('SEND#', 'a message that waits to be sent; the notice it is of is exported'),
  people('SAID#', 'keeps a notice from being told twice; the notices are exported'),
  people('NOTICE-SENT', 'times of the messages of the last week; the notices are exported'),
  people('ERASURE', 'says that an erasure is under way; its receipt is given to whoever asked for it'),
  people('RESIDENCE-ATTEMPTS', 'a counter against abuse, gone when the lock is'),
  people('INVITED', 'a counter against abuse, gone after two days'),
  people('FORMER#', 'opaque ids of homes that the person has left, which the erasure of either needs'),
  people('ERASURE-TRIES', 'a counter against abuse, gone after an hour'),
  people('SEEN', 'that the person has looked today, gone with the day'),
];
