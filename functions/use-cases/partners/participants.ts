import * as z from 'zod';
import type { Keys } from '../../ports/keys.ts';
import type { Item, Key, Table } from '../../ports/table.ts';
import { readKeptProfile } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';

/**
 * What a partner calls a household: opaque, and another one for every partner, so that two of them cannot put together what they hold. `H#<household>`
 * / `PARTICIPANT#<partner>` of table `homes`, in index `i1` by itself: with the household it is erased, and then nothing leads back.
 */
const stored = z.object({ participant: z.string() });

type Deps = { readonly table: Table; readonly keys: Pick<Keys, 'blindIndex'> };

const ofPartner = (partnerId: string): string => `PARTICIPANT#${partnerId}`;
const keyOf = (partnerId: string, householdId: string): Key => ({
  table: 'homes',
  pk: `H#${householdId}`,
  sk: ofPartner(partnerId),
});
const indexOf = (partnerId: string, participant: string): string => `${ofPartner(partnerId)}#${participant}`;
const parse = ({ data }: Item): string => stored.parse(data).participant;

/** 132 bits of a keyed hash: the same each time, and no one without the key makes it from the household's id. */
const LENGTH = 22;

/** Written only beside a household that is there: an erasure finds all of them. */
const remember = ({ table, keys }: Deps, partnerId: string, householdId: string): Promise<string> =>
  untilWon(
    () => Promise.resolve(),
    async () => {
      const kept = await readKeptProfile(table, householdId);
      if (!kept) throw new Error(`there is no household ${householdId} to be a participant`);
      const participant = (await keys.blindIndex(`participant:${partnerId}:${householdId}`)).slice(0, LENGTH);
      const put = { ...keyOf(partnerId, householdId), data: { participant }, i1: indexOf(partnerId, participant) };
      await table.transact([{ check: kept.check }, { put }]);
      return participant;
    },
  );

/** Of several households, in their order. Each has to be there. */
export const participantsOf = async (
  deps: Deps,
  partnerId: string,
  householdIds: readonly string[],
): Promise<string[]> => {
  if (householdIds.length === 0) return [];
  const items = await deps.table.batchGet(householdIds.map((householdId) => keyOf(partnerId, householdId)));
  const known = items.map((item, i) => ({ item, householdId: householdIds[i] ?? '' }));
  const named = async ({ item, householdId }: (typeof known)[number]): Promise<string> =>
    item ? parse(item) : remember(deps, partnerId, householdId);
  return Promise.all(known.map(named));
};

export const participantOf = async (deps: Deps, partnerId: string, householdId: string): Promise<string> => {
  const [participant = ''] = await participantsOf(deps, partnerId, [householdId]);
  return participant;
};

/** The household behind what this partner calls it; undefined for what another partner calls it, and after an erasure. */
export const householdOf = async (
  { table }: Pick<Deps, 'table'>,
  partnerId: string,
  participant: string,
): Promise<string | undefined> => {
  const { items } = await table.query({ table: 'homes', by: 'i1', value: indexOf(partnerId, participant) });
  const [found] = items;
  const now = found && (await table.get({ table: 'homes', pk: found.pk, sk: found.sk }));
  return now && parse(now) === participant ? now.pk.slice('H#'.length) : undefined;
};

/** The partners that have a name for the household, each with its own. */
export const knownTo = async (
  { table }: Pick<Deps, 'table'>,
  householdId: string,
): Promise<{ readonly partnerId: string; readonly participant: string }[]> => {
  const prefix = ofPartner('');
  const { items } = await table.query({ table: 'homes', value: `H#${householdId}`, prefix });
  return items.map((item) => ({ partnerId: item.sk.slice(prefix.length), participant: parse(item) }));
};
