import * as z from 'zod';
import type { Item, Table } from '../../ports/table.ts';
import { sealed } from '../seal.ts';
import { opener, type KeyDeps, type Sealer } from '../stores/data-keys.ts';
import { readMemberships } from '../stores/community.ts';
import { EXPORTED, type ExportedKind } from './item-kinds.ts';
import { jsonList } from './section.ts';
import type { Section } from '../../ports/files.ts';

export type Subject = { readonly householdId: string; readonly personId: string };

const PAGE = 200;

const isPrefix = ({ sk }: ExportedKind): boolean => sk.endsWith('#');

async function* itemsOf(table: Table, kind: ExportedKind, pk: string): AsyncGenerator<Item> {
  if (!isPrefix(kind)) {
    const item = await table.get({ table: kind.table, pk, sk: kind.sk });
    if (item) yield item;
    return;
  }
  let cursor: string | undefined;
  do {
    const page = await table.query({
      table: kind.table,
      value: pk,
      prefix: kind.sk,
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    yield* page.items;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** With every sealed field opened. */
const opened = (value: unknown, open: (name: string, text: z.infer<typeof sealed>) => string, name = ''): unknown => {
  const text = sealed.safeParse(value);
  if (text.success) return open(name, text.data);
  if (Array.isArray(value)) return value.map((one: unknown) => opened(one, open, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, opened(one, open, key)]));
};

const recordOf = (item: Item, { sk, without = [], sealedAs = {} }: ExportedKind, own: Sealer | undefined): unknown => {
  const id = item.sk.slice(sk.length);
  const kept = Object.entries(z.record(z.string(), z.unknown()).parse(item.data)).filter(
    ([name]) => !without.includes(name),
  );
  const plain = opened(Object.fromEntries(kept), (name, text) => {
    if (!own) throw new Error(`the ${sk} item of the household is sealed and its key is gone`);
    return own.open(sealedAs[name] ?? name, text);
  });
  return { ...(id !== '' && { id }), ...z.record(z.string(), z.unknown()).parse(plain) };
};

const partitionsOf = async ({ table }: KeyDeps, { of }: ExportedKind, subject: Subject): Promise<string[]> => {
  if (of === 'household') return [`H#${subject.householdId}`];
  if (of === 'person') return [`U#${subject.personId}`];
  const { memberships } = await readMemberships(table, subject.householdId);
  return memberships.map(({ memberId }) => `M#${memberId}`);
};

async function* recordsOf(deps: KeyDeps, kind: ExportedKind, subject: Subject): AsyncGenerator {
  const owner = kind.of === 'person' ? { person: subject.personId } : { household: subject.householdId };
  const own = await opener(deps, owner);
  for (const pk of await partitionsOf(deps, kind, subject))
    for await (const item of itemsOf(deps.table, kind, pk)) yield recordOf(item, kind, own);
}

/** One file for each kind of item that is kept of the household and of the person who asks. */
export const itemSections = (deps: KeyDeps, subject: Subject): Section[] =>
  EXPORTED.map((kind) => ({ path: kind.file, texts: () => jsonList(recordsOf(deps, kind, subject)) }));
