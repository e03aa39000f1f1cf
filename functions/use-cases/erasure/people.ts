import * as z from 'zod';
import { DAY_MS, localDate } from '@hems/models/calendar/seoul';
import type { Scope } from '../stores/erasures.ts';
import { GO_ON, type EraseDeps, type Erasing, type StepAnswer } from './deps.ts';
import { countItems, eraseItems, itemsOf, type Choose, type Part } from './erase-items.ts';
import { namedIds } from './named-ids.ts';
import { mentions, takeOut } from './operations.ts';
import { takeAway, tellKept } from './receipt-lines.ts';

const ofPerson = (sub: string): Part => ({ table: 'people', value: `U#${sub}` });
/** Says that the person's tokens count no more; it goes by itself. */
const TOMBSTONE = 'USER';
/** Without it nothing the person left sealed opens again. */
const KEY = 'KEY';

const ownArchive = z.object({ personId: z.string() });
const EXPORT = 'EXPORT#';

/** Archives of households that stay hold what is the person's alone, inbox and name. */
const eraseOwnArchives = async (deps: EraseDeps, sub: string, leaves: readonly string[]): Promise<void> => {
  for (const householdId of leaves) {
    const part: Part = { table: 'homes', value: `H#${householdId}`, prefix: EXPORT };
    const isOwn: Choose = ({ data }) => ownArchive.safeParse(data).data?.personId === sub;
    for await (const { sk } of itemsOf(deps.table, [part], isOwn))
      await deps.objects.erase(`exports/${householdId}/${sk.slice(EXPORT.length)}/`);
    await eraseItems(deps.table, [part], { choose: isOwn });
  }
};

/** In households that stay, the person's id is taken out of what was said under it; a key that is made of it goes. */
const leaveOthers = async (deps: EraseDeps, sub: string, leaves: readonly string[]): Promise<void> => {
  const named = namedIds([sub]);
  const parts = leaves.map((householdId): Part => ({ table: 'homes', value: `H#${householdId}` }));
  await eraseItems(deps.table, parts, { choose: ({ sk }) => named.isIn(sk) });
  for await (const { table, pk, sk } of itemsOf(deps.table, parts, mentions(named)))
    await takeOut(deps, { table, pk, sk }, named);
};

/** The person's own partition, and what notices tell others of the households that go. */
const toldOf = ({ households, person }: Scope): { readonly parts: Part[]; readonly choose: Choose } => {
  const named = namedIds(households.map(({ householdId }) => householdId));
  const own = person === null ? undefined : ofPerson(person).value;
  const isTold: Choose = ({ sk, data }) => named.isIn(sk) || named.isAbout(data);
  const isOwn: Choose = ({ sk }) => sk !== TOMBSTONE && sk !== KEY;
  const everybody = new Set([...households.flatMap(({ people }) => people), ...(person === null ? [] : [person])]);
  return { parts: [...everybody].map(ofPerson), choose: (item) => (item.pk === own ? isOwn(item) : isTold(item)) };
};

/** What others chose and did concerns other households as well: there the ids are taken out. */
const takeOutOfOthers = async (deps: EraseDeps, { households }: Scope, parts: readonly Part[]): Promise<void> => {
  const named = namedIds(households.map(({ householdId }) => householdId));
  for await (const { table, pk, sk } of itemsOf(deps.table, parts, mentions(named)))
    await takeOut(deps, { table, pk, sk }, named);
};

/** The key first, then the rest of the partition; then the account behind the sign-in. */
const eraseAccount = async (deps: EraseDeps, erasureId: string, sub: string): Promise<void> => {
  const { table, identity, clock } = deps;
  const key: Part = { ...ofPerson(sub), prefix: KEY };
  await takeAway(deps, erasureId, {
    name: 'key of the person',
    going: { store: 'keys', outcome: 'shredded' },
    count: () => countItems(table, [key]),
    work: () => eraseItems(table, [key]),
  });
  await takeAway(deps, erasureId, {
    name: 'account',
    going: { store: 'account' },
    count: async () => ((await identity.read(sub)) ? 1 : 0),
    work: async () => {
      await identity.delete(sub);
      return true;
    },
  });
  const until = localDate(clock.now() + DAY_MS);
  await tellKept(deps, erasureId, [{ store: 'session', until, reason: 'open-sessions' }]);
};

export const erasePeople = async (deps: EraseDeps, { erasureId, scope }: Erasing): Promise<StepAnswer> => {
  const { person, leaves } = scope;
  if (person !== null) {
    await eraseOwnArchives(deps, person, leaves);
    await leaveOthers(deps, person, leaves);
    await eraseAccount(deps, erasureId, person);
  }
  const { parts, choose } = toldOf(scope);
  await takeAway(deps, erasureId, {
    name: 'people',
    going: { store: 'people' },
    count: () => countItems(deps.table, parts, choose),
    work: () => eraseItems(deps.table, parts, { choose }),
  });
  await takeOutOfOthers(deps, scope, parts);
  return GO_ON;
};
