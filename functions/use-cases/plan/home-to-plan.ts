import { hasConsent } from '../privacy/has-consent.ts';
import { listDevices, readProfile, type Device, type Profile } from '../stores/households.ts';
import { readLiveStates, type LiveState } from '../stores/live.ts';
import type { Automation } from '@hems/shared/api/plan';
import { steeredOf } from './heard.ts';
import type { PlanDeps } from './plan-deps.ts';

/** What a plan would steer, and what is heard of it. */
export type HomeToPlan = {
  readonly profile: Profile;
  readonly settings: Automation;
  readonly battery: Device | undefined;
  /** only where the household says what its car needs */
  readonly charger: Device | undefined;
  readonly states: ReadonlyMap<string, LiveState>;
};

/** Why nothing is planned; in the words of the API. */
export type Why = 'nothing-to-plan' | 'no-forecast' | 'no-consent' | 'no-state' | 'no-price';
export const isWhy = (value: object | Why): value is Why => typeof value === 'string';

export const readHomeToPlan = async (
  { table }: PlanDeps,
  householdId: string,
  settings: Automation,
): Promise<HomeToPlan | Why> => {
  const [agreed, profile, devices] = await Promise.all([
    hasConsent(table, householdId, 'analysis'),
    readProfile(table, householdId),
    listDevices(table, householdId),
  ]);
  if (!agreed) return 'no-consent';
  const battery = steeredOf(devices, 'battery');
  const charger = settings.car ? steeredOf(devices, 'ev_charger') : undefined;
  if (!profile || (!battery && !charger)) return 'nothing-to-plan';
  const states = await readLiveStates(table, householdId);
  return { profile, settings, battery, charger, states };
};
