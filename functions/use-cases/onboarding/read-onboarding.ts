import { nextStep } from '@hems/models/household/next-step';
import { localDate } from '@hems/models/calendar/seoul';
import { supplyOn } from '@hems/models/household/supply-history';
import type { Onboarding } from '@hems/shared/api/onboarding';
import type { Clock } from '../../ports/clock.ts';
import { Refused } from '../refusal.ts';
import type { KeyDeps } from '../stores/data-keys.ts';
import { listDevices, readProfile, type Profile } from '../stores/households.ts';
import { readMonths } from '../stores/months.ts';
import { readPlace, type Place } from '../stores/places.ts';
import { readSupplies } from '../stores/supplies.ts';
import { readSupplyCheck } from '../stores/supply-checks.ts';
import { liveDemo } from './live-demo.ts';
import { proofState } from './proof-state.ts';

const placeAnswer = (profile: Profile, place: Place): Onboarding['place'] => {
  const { name = '', address, unit = '', postalCode } = place;
  const { buildingType, region, areaM2, people } = profile;
  if (address === undefined || postalCode === undefined || region === undefined) return null;
  return {
    name,
    buildingType,
    address,
    unit,
    postalCode,
    region,
    ...(areaM2 !== undefined && { areaM2 }),
    ...(people !== undefined && { people }),
  };
};

const ALL_MONTHS = ['0000-01', '9999-12'] as const;

/** Each step as it is kept: there is nothing that only the joining knows. */
export const readOnboarding = async (
  deps: KeyDeps & { readonly clock: Clock },
  householdId: string,
): Promise<Onboarding> => {
  const { table, clock } = deps;
  const [profile, all] = await Promise.all([readProfile(table, householdId), listDevices(table, householdId)]);
  if (!profile) throw new Refused('not-found', 'this household does not exist any more');
  if (all.length === 0) await liveDemo(deps, profile);
  const [kept, { rows }, check, proof, months] = await Promise.all([
    readPlace(deps, householdId),
    readSupplies(table, householdId),
    readSupplyCheck(table, householdId),
    proofState(deps, householdId),
    readMonths(table, householdId, ALL_MONTHS),
  ]);
  const place = placeAnswer(profile, kept);
  const supplyConfirmed = check !== undefined;
  const historyDays = months.reduce((sum, { month }) => sum + month.knownDays, 0);
  const devices = all.filter(({ status }) => status === 'active').length;
  const isProven = proof.state === 'proven';
  const isDemo = profile.origin !== undefined;
  return {
    householdId,
    kind: isDemo ? 'demo' : 'own',
    place,
    supply: rows.length > 0 ? supplyOn(rows, localDate(clock.now())).supply : null,
    supplyConfirmed,
    proof,
    historyDays,
    devices,
    next: isDemo ? 'done' : nextStep({ hasPlace: place !== null, supplyConfirmed, isProven, historyDays, devices }),
  };
};
