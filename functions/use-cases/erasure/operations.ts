import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { shardOf } from '@hems/models/household/shard';
import type { Item, Key, Table } from '../../ports/table.ts';
import type { Scope } from '../stores/erasures.ts';
import { keptOutOf } from '../stores/quarantine.ts';
import { runKeys } from '../stores/runs.ts';
import { untilWon } from '../until-won.ts';
import { GO_ON, type EraseDeps, type Erasing, type StepAnswer } from './deps.ts';
import { countItems, eraseItems, type Choose, type Part } from './erase-items.ts';
import { namedIds, type NamedIds } from './named-ids.ts';
import { takeAway } from './receipt-lines.ts';
import { idsOf } from './scope.ts';

/** Messages that were kept out, by the telemetry id of their envelope; what their payload holds is base64. */
export const quarantineParts = ({ households }: Scope): Part[] =>
  households.map(({ telemetryId }) => keptOutOf(telemetryId));

/** Reports of daily runs name households that failed. */
export const runKeysOf = ({ households }: Scope, today: LocalDate): Key[] =>
  households.length === 0
    ? []
    : runKeys([...new Set(households.map(({ householdId }) => shardOf(householdId)))], today);

export const mentions =
  (named: NamedIds): Choose =>
  ({ data }) =>
    named.isIn(JSON.stringify(data));

/** Rewrites an item without the ids. It says the same of everybody else. */
export const takeOut = async (
  { table, pause }: Pick<EraseDeps, 'table' | 'pause'>,
  key: Key,
  named: NamedIds,
): Promise<void> =>
  untilWon(pause, async () => {
    const item = await table.get(key);
    if (!item || !mentions(named)(item)) return;
    const { version, ...kept } = item;
    await table.put({ ...kept, data: named.takenOut(item.data), if: { version } });
  });

const mentioning = async (table: Table, keys: readonly Key[], named: NamedIds): Promise<Item[]> =>
  (keys.length === 0 ? [] : await table.batchGet(keys)).filter((item) => item !== undefined).filter(mentions(named));

/** What ingest and the daily runs said of the household. */
export const eraseOperations = async (deps: EraseDeps, { erasureId, scope }: Erasing): Promise<StepAnswer> => {
  const { table, clock } = deps;
  const today = localDate(clock.now());
  const named = namedIds(idsOf(scope));
  const parts = quarantineParts(scope);
  const runs = async (): Promise<Item[]> => mentioning(table, runKeysOf(scope, today), named);
  await takeAway(deps, erasureId, {
    name: 'operations',
    going: { store: 'operations' },
    count: async () => (await countItems(table, parts)) + (await runs()).length,
    work: async () => {
      await eraseItems(table, parts);
      for (const { pk, sk } of await runs()) await takeOut(deps, { table: 'operations', pk, sk }, named);
      return true;
    },
  });
  return GO_ON;
};
