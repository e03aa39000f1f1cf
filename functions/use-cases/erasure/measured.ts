import { localDate } from '@hems/models/calendar/seoul';
import { readReceipt } from '../stores/erasures.ts';
import { GO_ON, type EraseDeps, type Erasing, type StepAnswer } from './deps.ts';
import { countItems, eraseItems, type Part } from './erase-items.ts';
import { takeAway, tellKept } from './receipt-lines.ts';
import { completeScope } from './scope.ts';

/** What the household's devices said, and what came of it. */

const isTold = async ({ table }: EraseDeps, erasureId: string): Promise<boolean> =>
  (await readReceipt(table, erasureId))?.receipt.lines.some(({ store }) => store === 'devices') ?? false;

export const endDevices = async (deps: EraseDeps, { erasureId }: Erasing): Promise<StepAnswer> => {
  // with what was claimed while the doors were being shut
  const scope = await completeScope(deps, erasureId);
  await takeAway(deps, erasureId, {
    name: 'devices',
    going: { store: 'devices' },
    // their names stay in the scope, so an erasure that begins again does not count them again
    count: async () =>
      (await isTold(deps, erasureId)) ? 0 : scope.households.flatMap(({ gateways }) => gateways).length,
    work: async () => {
      for (const { householdId } of scope.households) await deps.endGateways(householdId);
      return true;
    },
  });
  return GO_ON;
};

/** `blocks` deletes; `timestream` cannot: without the link from the telemetry id, which went first, its rows lead nowhere. */
export const eraseHistory = async (deps: EraseDeps, { erasureId, scope }: Erasing): Promise<StepAnswer> => {
  const ids = scope.households.map(({ telemetryId }) => telemetryId);
  // days of devices: the blocks behind each are not counted
  const parts = ids.map((telemetryId): Part => ({ table: 'history', value: `T#${telemetryId}` }));
  await takeAway(deps, erasureId, {
    name: 'history',
    going: { store: 'history' },
    count: () => countItems(deps.table, parts),
    work: async () => {
      for (const telemetryId of ids) await forget(deps, erasureId, telemetryId);
      return true;
    },
  });
  return GO_ON;
};

const forget = async (deps: EraseDeps, erasureId: string, telemetryId: string): Promise<void> => {
  const { erased, remainsUntil } = await deps.telemetry.erase(telemetryId);
  if (erased || remainsUntil === undefined) return;
  await tellKept(deps, erasureId, [{ store: 'history', until: localDate(remainsUntil), reason: 'deletes-by-age' }]);
};

export const objectPrefixes = ({ households }: Erasing['scope']): string[] =>
  households.flatMap(({ householdId }) => [`imports/${householdId}/`, `exports/${householdId}/`]);

export const eraseObjects = async (
  { objects, ...deps }: EraseDeps,
  { erasureId, scope }: Erasing,
): Promise<StepAnswer> => {
  const prefixes = objectPrefixes(scope);
  await takeAway(deps, erasureId, {
    name: 'objects',
    going: { store: 'objects' },
    count: async () => (await Promise.all(prefixes.map((prefix) => objects.count(prefix)))).reduce((a, b) => a + b, 0),
    work: async () => {
      for (const prefix of prefixes) await objects.erase(prefix);
      return true;
    },
  });
  return GO_ON;
};

/** Well below the time-out of a function, which is 15 minutes: years of quarter hours take longer than one call. */
const CALL_MS = 8 * 60_000;

export const eraseEnergy = async (deps: EraseDeps, { erasureId, scope }: Erasing): Promise<StepAnswer> => {
  const { table, clock } = deps;
  const parts = scope.households.map(({ householdId }): Part => ({ table: 'energy', value: `H#${householdId}` }));
  const until = clock.now() + CALL_MS;
  const isDone = await takeAway(deps, erasureId, {
    name: 'energy',
    going: { store: 'energy' },
    count: () => countItems(table, parts),
    work: () => eraseItems(table, parts, { mayGoOn: () => clock.now() < until }),
  });
  return { next: isDone ? 'go-on' : 'again' };
};
