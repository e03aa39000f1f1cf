import { shortRegion } from '@hems/models/household/region';
import type { Place as Said } from '@hems/shared/api/onboarding';
import type { Clock } from '../../ports/clock.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Write } from '../../ports/table.ts';
import { requireMay } from '../members/require-may.ts';
import { Refused } from '../refusal.ts';
import { householdSealer, type KeyDeps } from '../stores/data-keys.ts';
import { readKeptProfile, type Member, type Profile } from '../stores/households.ts';
import { placePut, readKeptPlace, type KeptPlace } from '../stores/places.ts';
import { NO_PROOF, proofCheck, proofPut, readProof, type KeptProof } from '../stores/proofs.ts';
import { untilWon } from '../until-won.ts';
import { addressIndexOf, buildingIndexOf, claimedIndex } from './address-index.ts';
import { alertProvenAt } from './alert-homes.ts';

export type PlaceDeps = KeyDeps & { readonly clock: Clock; readonly pause: Pause; readonly bus: EventBus };

const profileWith = (
  { householdId, telemetryId, origin }: Profile,
  { buildingType, region, areaM2, people }: Said,
): Profile => ({
  householdId,
  telemetryId,
  buildingType,
  region,
  ...(areaM2 !== undefined && { areaM2 }),
  ...(people !== undefined && { people }),
  ...(origin && { origin }),
});

/** The customer number is never read out, so who says the place again without it has not taken it back. */
const placeWith = ({ place: before }: KeptPlace, said: Said, isMoved: boolean): KeptPlace['place'] => {
  const { name, address, unit, postalCode, customerNumber = isMoved ? undefined : before.customerNumber } = said;
  return { name, address, unit, postalCode, ...(customerNumber !== undefined && { customerNumber }) };
};

/** Another home has to be proved again. */
const proofWrite = (
  householdId: string,
  kept: KeptProof,
  { isMoved, nowMs }: { isMoved: boolean; nowMs: number },
): Write => {
  const { proof, version } = kept;
  if (!isMoved || proof.state === 'none') return { check: proofCheck(householdId, kept) };
  return { put: proofPut(householdId, { ...NO_PROOF, atMs: nowMs }, version) };
};

type Placed = { readonly addressIndex: string; readonly isProven: boolean };

/** Place, profile and proof change together, so nothing that is proved of one address is ever held of another. */
const placeOnce = async (deps: PlaceDeps, householdId: string, said: Said): Promise<Placed> => {
  const { table, keys, clock } = deps;
  const [kept, place, proof] = await Promise.all([
    readKeptProfile(table, householdId),
    readKeptPlace(deps, householdId),
    readProof(table, householdId),
  ]);
  if (!kept) throw new Refused('not-found', 'this household does not exist any more');
  if (kept.profile.origin)
    throw new Refused('conflict', 'a demo home stands nowhere; open a household of your own', 'demo-home');
  const [before, addressIndex, buildingIndex] = await Promise.all([
    claimedIndex(keys, place.place),
    addressIndexOf(keys, said),
    buildingIndexOf(keys, said),
  ]);
  const indexes = { addressIndex, buildingIndex };
  const isMoved = before !== addressIndex || kept.profile.region !== said.region;
  const own = await householdSealer(deps, householdId);
  await table.transact([
    { check: own.check },
    {
      put: placePut(householdId, own, { place: placeWith(place, said, isMoved), version: place.version, indexes }),
    },
    { put: kept.put(profileWith(kept.profile, said)) },
    proofWrite(householdId, proof, { isMoved, nowMs: clock.now() }),
  ]);
  return { addressIndex, isProven: proof.proof.state === 'proven' && !isMoved };
};

/**
 * Says where and what the home is. An address alone opens nothing: whoever has proved that they live there hears that somebody else says so
 * too, never who.
 */
export const setPlace = async (deps: PlaceDeps, member: Member, said: Said): Promise<void> => {
  requireMay(member, 'set-home');
  const { householdId } = member;
  // the district is part of keys: one way of writing it
  const placed = { ...said, region: shortRegion(said.region) ?? said.region };
  const { addressIndex, isProven } = await untilWon(deps.pause, () => placeOnce(deps, householdId, placed));
  if (!isProven) await alertProvenAt(deps, { addressIndex, besides: householdId, what: 'residence-claimed' });
};
