import { pointerKey, type HouseholdScope } from '../stores/erasures.ts';
import { GO_ON, type EraseDeps, type Erasing, type StepAnswer } from './deps.ts';
import { countItems, deleteAll, eraseItems, type Choose, type Part } from './erase-items.ts';
import { takeAway } from './receipt-lines.ts';

/** Answers who asked for the erasure while it is under way; goes last of all. */
const isPointer: Choose = ({ pk, sk }) => sk === pointerKey({ household: pk.slice('H#'.length) }).sk;
const isKey: Choose = ({ sk }) => sk === 'KEY';

const partsOf = ({ householdId, telemetryId }: HouseholdScope): Part[] => [
  { table: 'homes', value: `H#${householdId}` },
  { table: 'homes', value: `T#${telemetryId}` },
];

/** The household's own partition, its data key first: what was sealed with it opens nowhere any more, but for backups of the table, which hold both. */
export const eraseHomes = async (deps: EraseDeps, { erasureId, scope }: Erasing): Promise<StepAnswer> => {
  const { table } = deps;
  const parts = scope.households.flatMap(partsOf);
  await takeAway(deps, erasureId, {
    name: 'keys of households',
    going: { store: 'keys', outcome: 'shredded' },
    count: () => countItems(table, parts, isKey),
    work: () => eraseItems(table, parts, { choose: isKey }),
  });
  const choose: Choose = (item) => !isPointer(item) && !isKey(item);
  await takeAway(deps, erasureId, {
    name: 'homes',
    going: { store: 'homes' },
    count: () => countItems(table, parts, choose),
    work: () => eraseItems(table, parts, { choose }),
  });
  return GO_ON;
};

/** From here on nothing says whose the household was. */
export const dropPointers = async ({ table }: EraseDeps, { scope }: Erasing): Promise<void> =>
  deleteAll(
    table,
    scope.households.map(({ householdId }) => pointerKey({ household: householdId })),
  );
