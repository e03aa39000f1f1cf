import type { DeviceKind } from '@hems/models/device/kinds';
import type { DeviceRegistry } from '../../ports/device-registry.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Write } from '../../ports/table.ts';
import { bookAttempt, sayIfLocked, takeBackAttempt, type AttemptDeps } from '../attempts.ts';
import { requireMay } from '../members/require-may.ts';
import { requireOwnHome } from '../own-home.ts';
import { Refused } from '../refusal.ts';
import { claimsOf } from '../stores/attempts.ts';
import { claimOfCode, claimPut, type Claim } from '../stores/claims.ts';
import { newGateway, readGateway } from '../stores/gateways.ts';
import { devicePut, readProfile, type Device, type Member } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';
import { codePurpose } from './claim-code.ts';
import { KIND_NAMES } from './default-names.ts';

export type ClaimDeps = AttemptDeps & {
  readonly bus: EventBus;
  readonly keys: Keys;
  readonly ids: Ids;
  readonly registry: Pick<DeviceRegistry, 'enter'>;
};

const unknown = () =>
  new Refused('not-found', 'no gateway has this claim code; compare it with the label', 'claim-unknown');
const used = () =>
  new Refused('conflict', 'this claim code was used; whoever sold the gateway can ask for a new one', 'claim-used');
const expired = () =>
  new Refused(
    'conflict',
    'this claim code has expired; whoever sold the gateway can ask for a new one',
    'claim-expired',
  );

/** Two plugs of one delivery are told apart by a number until somebody names them. */
const namesOf = (kinds: readonly DeviceKind[]): string[] =>
  kinds.map((kind, index) => {
    const number = kinds.slice(0, index + 1).filter((one) => one === kind).length;
    return number === 1 ? KIND_NAMES[kind] : `${KIND_NAMES[kind]} ${number}`;
  });

const deviceWrites = (
  ids: Ids,
  householdId: string,
  of: { gateway: string; kinds: readonly DeviceKind[] },
): Write[] => {
  const names = namesOf(of.kinds);
  return of.kinds.map((kind, index) => {
    const device: Device = {
      deviceId: ids.next(),
      kind,
      name: names[index] ?? '',
      gateway: of.gateway,
      status: 'active',
    };
    return { put: { ...devicePut(householdId, device), if: { absent: true } } };
  });
};

/** The gateway the household has by this claim already: a claim that was cut short goes on. */
const ownGateway = async (
  { table }: ClaimDeps,
  householdId: string,
  claim: Extract<Claim, { state: 'claimed' }>,
): Promise<string> => {
  const own = claim.householdId === householdId ? await readGateway(table, claim) : undefined;
  if (own?.status !== 'active') throw used();
  return claim.gateway;
};

/** Ownership in one write: the claim, the gateway and what is behind it. Of two households that try at once one gets it. */
const take = async (deps: ClaimDeps, householdId: string, code: string): Promise<string> => {
  const codeIndex = await deps.keys.blindIndex(codePurpose(code));
  return untilWon(deps.pause, async () => {
    const claim = await claimOfCode(deps.table, codeIndex);
    if (claim?.codeIndex !== codeIndex) throw unknown();
    if (claim.state === 'claimed') return ownGateway(deps, householdId, claim);
    if (claim.state === 'ended') throw used();
    if (claim.expiresMs <= deps.clock.now()) throw expired();
    const gateway = deps.ids.next();
    await deps.table.transact([
      { put: claimPut({ ...claim, state: 'claimed', householdId, gateway }) },
      { put: newGateway({ householdId, gateway }, claim.serial) },
      ...deviceWrites(deps.ids, householdId, { gateway, kinds: claim.devices }),
    ]);
    return gateway;
  });
};

const LOCKED =
  'ten claim codes were wrong, so no further one is taken; ask the operator to unlock the household when you have the right one';

const tellLocked = async ({ bus, clock }: ClaimDeps, householdId: string, since: number): Promise<void> => {
  const key = `claims-locked:${householdId}:${since}`;
  const detail = { householdId, atMs: clock.now(), key, facts: { what: 'claims-locked' } };
  await bus.publish([{ type: 'security.alert', detail }]);
};

/** Only what was said of a code counts: an attempt that failed for a reason of ours is taken back. */
const takeCounted = async (deps: ClaimDeps, householdId: string, code: string): Promise<string> => {
  const counters = [claimsOf(householdId)];
  let isBooked = false;
  try {
    await bookAttempt(deps, counters, new Refused('too-many', LOCKED, 'claims-locked'));
    isBooked = true;
    return await take(deps, householdId, code);
  } catch (error) {
    if (error instanceof Refused) await sayIfLocked(deps, counters, (since) => tellLocked(deps, householdId, since));
    else if (isBooked) await takeBackAttempt(deps, counters);
    throw error;
  }
};

/**
 * Makes a gateway the household's by its claim code, with the devices behind it, and enters it where the broker looks. Each step may be
 * repeated, so the same code by the same household carries on what broke off.
 */
export const claimGateway = async (deps: ClaimDeps, member: Member, code: string): Promise<void> => {
  requireMay(member, 'manage-devices');
  const { householdId } = member;
  const profile = await readProfile(deps.table, householdId);
  if (!profile) throw new Refused('not-found', `there is no household ${householdId}`);
  await requireOwnHome(deps.table, householdId);
  const gateway = await takeCounted(deps, householdId, code);
  await takeBackAttempt(deps, [claimsOf(householdId)]);
  await deps.registry.enter({ household: profile.telemetryId, gateway });
};
