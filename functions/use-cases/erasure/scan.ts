import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { Item, Key, Table } from '../../ports/table.ts';
import { boardsOf } from '../stores/boards.ts';
import { groupsOf, standingsOf } from '../stores/community.ts';
import { parsePointer, pointerKey, receiptKey, type Scope } from '../stores/erasures.ts';
import { userKey } from '../stores/people.ts';
import type { EraseDeps, Erasing } from './deps.ts';
import { itemsOf, type Part } from './erase-items.ts';
import { objectPrefixes } from './measured.ts';
import { namedIds } from './named-ids.ts';
import { quarantineParts, runKeysOf } from './operations.ts';
import { idsOf } from './scope.ts';

/** A person is in households that stay as well. */
const personParts = ({ person, leaves }: Scope): Part[] =>
  person === null
    ? []
    : [
        { table: 'people', value: `U#${person}` },
        { table: 'homes', by: 'i1', value: `U#${person}` },
        ...leaves.map((householdId): Part => ({ table: 'homes', value: `H#${householdId}` })),
      ];

/** The places that hold something of a household or a person by design, each read by its key or an index: no table is read as a whole. */
const knownParts = (scope: Scope, today: LocalDate): Part[] => [
  ...scope.households.flatMap(({ householdId, telemetryId, devices, memberships, people }): Part[] => [
    ...(['homes', 'energy', 'ledger'] as const).map((table): Part => ({ table, value: `H#${householdId}` })),
    ...(['homes', 'history'] as const).map((table): Part => ({ table, value: `T#${telemetryId}` })),
    ...devices.map((deviceId): Part => ({ table: 'homes', value: `METER#${deviceId}` })),
    ...memberships.flatMap((one): Part[] => [
      { table: 'community', value: `M#${one.memberId}` },
      ...groupsOf(one, today)
        .flatMap((group) => [standingsOf(group), boardsOf(group)])
        .map((value): Part => ({ table: 'community', value })),
    ]),
    ...people.map((sub): Part => ({ table: 'people', value: `U#${sub}` })),
  ]),
  ...quarantineParts(scope),
  ...personParts(scope),
];

const knownItems = async function* (table: Table, scope: Scope, today: LocalDate): AsyncGenerator<Item> {
  yield* itemsOf(table, knownParts(scope, today));
  const keys = runKeysOf(scope, today);
  const runs = keys.length === 0 ? [] : await table.batchGet(keys);
  for (const item of runs) if (item) yield item;
};

const placeOf = ({ table, pk, sk }: Key): string => `${table} ${pk} / ${sk}`;

/**
 * Receipt and scope of an erasure end with it, and so does a pointer to another one. The mark that ends open sessions is named by the
 * receipt.
 */
const isExplained = ({ pk, sk, data }: Item, { erasureId, scope: { person } }: Erasing): boolean => {
  const isOthersPointer = sk === pointerKey({ household: '' }).sk && parsePointer(data).erasureId !== erasureId;
  const isMark = person !== null && pk === userKey(person).pk && sk === userKey(person).sk;
  return pk.startsWith(receiptKey('').pk) || isOthersPointer || isMark;
};

const textOf = ({ pk, sk, i1, i2, data }: Item): string => [pk, sk, i1, i2, JSON.stringify(data)].join(' ');

const scanItems = async ({ table, clock, everyItem }: EraseDeps, erasing: Erasing): Promise<string[]> => {
  const { scope } = erasing;
  const named = namedIds(idsOf(scope));
  const found = new Set<string>();
  for await (const item of everyItem?.() ?? knownItems(table, scope, localDate(clock.now())))
    if (named.isIn(textOf(item)) && !isExplained(item, erasing)) found.add(placeOf(item));
  return [...found];
};

/** The registry has no listing to look in: what it takes away now had come back after its gateways were ended. */
const scanGateways = async ({ removeGateway }: EraseDeps, { households }: Scope): Promise<string[]> => {
  const found: string[] = [];
  for (const gateway of households.flatMap(({ gateways }) => gateways)) {
    const { things, certificates } = await removeGateway(gateway);
    if (things + certificates > 0) found.push(`gateway ${gateway} in the registry`);
  }
  return found;
};

const scanRest = async ({ objects, identity }: EraseDeps, { scope }: Erasing): Promise<string[]> => {
  const found: string[] = [];
  for (const prefix of objectPrefixes(scope)) {
    const files = await objects.count(prefix);
    if (files > 0) found.push(`${files} files under ${prefix}`);
  }
  if (scope.person !== null && (await identity.read(scope.person))) found.push('the account');
  return found;
};

/**
 * Looks whether anything is left, in every table, in the registry, among the files and the accounts: where something of the subject still is.
 * Nothing is, when the erasure has done its work.
 */
export const scan = async (deps: EraseDeps, erasing: Erasing): Promise<string[]> => [
  ...(await scanGateways(deps, erasing.scope)),
  ...(await scanItems(deps, erasing)),
  ...(await scanRest(deps, erasing)),
];
