import { readScope } from '../stores/erasures.ts';
import { close } from './close.ts';
import { eraseCommunity } from './community.ts';
import { GO_ON, type EraseDeps, type Erasing, type StepAnswer } from './deps.ts';
import { finish, scanAndFinish } from './finish.ts';
import { eraseHomes } from './homes.ts';
import { eraseLedger } from './ledger.ts';
import { endDevices, eraseEnergy, eraseHistory, eraseObjects } from './measured.ts';
import { eraseOperations } from './operations.ts';
import { erasePeople } from './people.ts';

/** In the order in which the state machine `erasure` goes through them. */
export const STEPS = [
  'close',
  'devices',
  'history',
  'objects',
  'energy',
  'community',
  'operations',
  'people',
  'homes',
  'ledger',
  'scan',
] as const;
export type Step = (typeof STEPS)[number];

type Work = (deps: EraseDeps, erasing: Erasing) => Promise<StepAnswer>;
const WORK: Record<Exclude<Step, 'scan'>, Work> = {
  close,
  devices: endDevices,
  history: eraseHistory,
  objects: eraseObjects,
  energy: eraseEnergy,
  community: eraseCommunity,
  operations: eraseOperations,
  people: erasePeople,
  homes: eraseHomes,
  ledger: eraseLedger,
};

/**
 * One step of an erasure. Each may be cut off anywhere and done again, and the whole may begin again from its first: what is gone stays gone,
 * and the receipt ends the same. `say` hears where rows are left.
 */
export const eraseStep = async (
  deps: EraseDeps,
  { erasureId, step }: { readonly erasureId: string; readonly step: Step },
  say: (found: readonly string[]) => void,
): Promise<StepAnswer> => {
  const kept = await readScope(deps.table, erasureId);
  if (!kept) {
    // it was cut off in its last breath
    if (step === 'scan') await finish(deps, erasureId);
    return { ...GO_ON, drainSeconds: 0 };
  }
  const { scope } = kept;
  if (step === 'scan') return scanAndFinish(deps, { erasureId, scope }, say);
  return WORK[step](deps, { erasureId, scope });
};
