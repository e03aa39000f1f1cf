import { localDate } from '@hems/models/calendar/seoul';
import type { Onboarding } from '@hems/shared/api/onboarding';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Put } from '../../ports/table.ts';
import { refuseErasing } from '../erasure/refuse-erasing.ts';
import { Refused } from '../refusal.ts';
import { newSealer, type KeyDeps } from '../stores/data-keys.ts';
import { memberPut, newProfilePuts, readProfile, type Member, type Profile } from '../stores/households.ts';
import { openingsPut, readOpenings, type Openings } from '../stores/openings.ts';
import { placePut } from '../stores/places.ts';
import { NO_PROOF, proofPut } from '../stores/proofs.ts';
import { untilWon } from '../until-won.ts';
import { demoProfile } from './live-demo.ts';
import { readOnboarding } from './read-onboarding.ts';

export type OpenDeps = KeyDeps & { readonly clock: Clock; readonly ids: Ids; readonly pause: Pause };
export type Opened = {
  readonly requestId: string;
  readonly kind: Onboarding['kind'];
  readonly name: string;
  readonly buildingType: Profile['buildingType'];
};

/** A person moves seldom; what opens more is a program. */
export const A_DAY_MAX = 5;
export const ALL_MAX = 10;

const refuseMany = ({ opened }: Openings, nowMs: number): void => {
  if (opened.length >= ALL_MAX)
    throw new Refused(
      'too-many',
      `you have opened ${ALL_MAX} households, which is all; ask the operator`,
      'households-all',
    );
  const today = localDate(nowMs);
  if (opened.filter(({ atMs }) => localDate(atMs) === today).length >= A_DAY_MAX)
    throw new Refused('too-many', `you have opened ${A_DAY_MAX} households today; go on tomorrow`, 'households-today');
};

/** Everything that a household begins with. Nobody lives in a demo home, so there is nothing to prove. */
const beginnings = async (
  deps: OpenDeps,
  { kind, name, buildingType }: Opened,
  { householdId, sub }: Pick<Member, 'householdId' | 'sub'>,
): Promise<Put[]> => {
  const isDemo = kind === 'demo';
  const { sealer, put: key } = await newSealer(deps.keys, { household: householdId });
  const profile: Profile = {
    householdId,
    telemetryId: deps.ids.next(),
    buildingType,
    ...(isDemo && demoProfile(householdId, buildingType)),
  };
  const demoProof = { ...NO_PROOF, state: 'proven', by: 'demo', atMs: deps.clock.now() } as const;
  return [
    key,
    ...newProfilePuts(profile, { inShard: !isDemo }),
    memberPut({ householdId, sub, role: 'owner' }),
    placePut(householdId, sealer, { place: { name }, version: 0 }),
    ...(isDemo ? [proofPut(householdId, demoProof, 0)] : []),
  ];
};

/** All of it or nothing, and once for each request of a person. */
const openOnce = async (deps: OpenDeps, sub: string, asked: Opened): Promise<string> => {
  const { table, clock, ids } = deps;
  const before = await readOpenings(table, sub);
  const found = before.opened.find(({ requestId }) => requestId === asked.requestId);
  if (found) return found.householdId;
  const atMs = clock.now();
  refuseMany(before, atMs);
  const householdId = ids.next();
  const opened = [...before.opened, { requestId: asked.requestId, householdId, atMs }];
  const puts = [openingsPut(sub, { ...before, opened }), ...(await beginnings(deps, asked, { householdId, sub }))];
  await table.transact([await refuseErasing(table, { person: sub }), ...puts.map((put) => ({ put }))]);
  return householdId;
};

/** Begins a household of which the person is the owner; a demo one has its days at once. */
export const openHousehold = async (deps: OpenDeps, sub: string, asked: Opened): Promise<Onboarding> => {
  const householdId = await untilWon(deps.pause, () => openOnce(deps, sub, asked));
  if (!(await readProfile(deps.table, householdId)))
    throw new Refused('conflict', 'this household was erased; open a new one with a new requestId', 'erased');
  return readOnboarding(deps, householdId);
};
