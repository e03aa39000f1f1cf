import type { Place } from '@hems/shared/api/onboarding';
import type { ResidenceProof } from '../ports/residence-proof.ts';
import { issueCodes } from '../use-cases/onboarding/issue-codes.ts';
import { openHousehold } from '../use-cases/onboarding/open-household.ts';
import { proveResidence, type ProofAsked } from '../use-cases/onboarding/prove-residence.ts';
import { readOnboarding } from '../use-cases/onboarding/read-onboarding.ts';
import { setPlace } from '../use-cases/onboarding/set-place.ts';
import type { Member } from '../use-cases/stores/households.ts';
import { aWorld } from './world.ts';

export const FLAT: Place = {
  name: '우리 집',
  buildingType: 'apartment',
  address: '서울특별시 마포구 월드컵북로 21',
  unit: '101동 1203호',
  postalCode: '03925',
  region: '서울 마포구',
  areaM2: 84,
  people: 3,
  customerNumber: '0123456789',
};
/** The same flat as a lease may have it. */
export const DOCUMENT = { address: '월드컵북로 21', unit: '101동 1203호', postalCode: '03925' } as const;
/** A code of the right form that nobody issued; another one for each number. */
export const wrongCode = (number: number): string => {
  const signs = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  return `WRNG-${signs[Math.floor(number / 1024) % 32]}${signs[Math.floor(number / 32) % 32]}${signs[number % 32]}A-CDEF`;
};
export const STAFF = { kind: 'staff', id: 'operator-1' } as const;

/** A world in which households are opened and proved; `asks` counts what the provider of residences was asked. */
export const aJoiningWorld = async () => {
  const world = await aWorld();
  let says: Awaited<ReturnType<ResidenceProof['check']>> = 'unknown';
  const residence: ResidenceProof = { check: async () => says };
  const deps = { ...world, residence };
  const at = (member: Member) => ({
    member,
    householdId: member.householdId,
    place: (over: Partial<Place> = {}) => setPlace(deps, member, { ...FLAT, ...over }),
    prove: async (asked: ProofAsked) => (await proveResidence(deps, member, asked)).proof,
    code: async (code: string) => (await proveResidence(deps, member, { by: 'invitation', code })).proof,
    shown: () => readOnboarding(deps, member.householdId),
  });
  return {
    ...deps,
    provider: (answer: typeof says) => {
      says = answer;
    },
    /** A household of the person, without anything said yet. */
    opened: async (sub: string, requestId = 'request-1') => {
      const { householdId } = await openHousehold(deps, sub, {
        requestId,
        kind: 'own',
        name: 'home',
        buildingType: 'apartment',
      });
      return at({ householdId, sub, role: 'owner' });
    },
    at,
    /** Codes for flats of the building of `FLAT`, in their order. */
    codes: async (units: string[] = [FLAT.unit], expiresOn = '2026-12-31') => {
      const { address, postalCode } = FLAT;
      const issued = await issueCodes(deps, { address, postalCode, units, expiresOn }, STAFF.id);
      return issued.codes.map(({ code }) => code);
    },
    /** What households were told, as `household: what`. */
    alerts: () =>
      world.said.flatMap(({ type, detail }) =>
        type === 'security.alert' &&
        typeof detail['facts'] === 'object' &&
        detail['facts'] !== null &&
        'what' in detail['facts']
          ? [`${String(detail['householdId'])}: ${String(detail['facts'].what)}`]
          : [],
      ),
  };
};
export type JoiningWorld = Awaited<ReturnType<typeof aJoiningWorld>>;
