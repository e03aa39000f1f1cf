import { CONSENTS, type ConsentPurpose } from '@hems/models/household/consents';
import type { DeviceChannel } from '../../ports/device-channel.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Ids } from '../../ports/ids.ts';
import { joinCommunity, leaveCommunity, type MembershipDeps } from '../community/membership.ts';
import { requireMay } from '../members/require-may.ts';
import { letGo } from '../plan/steer.ts';
import { endGovernmentParts } from '../programmes/end-government-parts.ts';
import { Refused } from '../refusal.ts';
import { endAdvice } from '../stores/advice.ts';
import { readMemberships } from '../stores/community.ts';
import { consentPut, readConsent, type ConsentWord, type StoredPurpose } from '../stores/consents.ts';
import type { Member } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';

type SayingDeps = MembershipDeps & { readonly ids: Ids; readonly bus: EventBus };
export type ConsentDeps = SayingDeps & { readonly channel: DeviceChannel };
type Said = { readonly purpose: ConsentPurpose; readonly granted: boolean; readonly textVersion: number };

const requireText = ({ purpose, granted, textVersion }: Said): void => {
  const now = CONSENTS[purpose].textVersion;
  if (granted && textVersion !== now)
    throw new Refused(
      'conflict',
      `the text of ${purpose} in force is version ${now}, not ${textVersion}; read that one and agree to it`,
      'text-changed',
    );
};

const isSame = (last: ConsentWord | undefined, { granted, textVersion }: Said): boolean =>
  granted ? last?.granted === true && last.textVersion === textVersion : last?.granted !== true;

/** When the word that now stands was said; undefined: nothing was ever said, and nothing is now. */
const say = (
  { table, clock, pause }: SayingDeps,
  { householdId, sub }: Member,
  { purpose, granted, textVersion }: Said & { readonly purpose: StoredPurpose },
): Promise<number | undefined> =>
  untilWon(pause, async () => {
    const kept = await readConsent(table, householdId, purpose);
    // advertising is to a person: what another said is not theirs
    const own = purpose === 'marketing' ? kept.history.filter(({ personId }) => personId === sub) : kept.history;
    const last = own.at(-1);
    if (isSame(last, { purpose, granted, textVersion })) return last?.atMs;
    const said = { granted, textVersion, atMs: clock.now(), personId: sub };
    await table.put(consentPut(householdId, { purpose, kept, said }));
    return said.atMs;
  });

/** `atMs`: when the word that now stands was said; undefined: there is none to tell of. */
const tell = async (
  { bus }: SayingDeps,
  { householdId, purpose, granted }: Pick<Said, 'purpose' | 'granted'> & Pick<Member, 'householdId'>,
  atMs: number | undefined,
): Promise<void> => {
  if (atMs === undefined) return;
  const facts = { purpose, said: granted ? 'agreed' : 'withdrawn' };
  const key = `${householdId}:${purpose}:${atMs}`;
  await bus.publish([{ type: 'consent.changed', detail: { householdId, atMs, key, facts } }]);
};

const joinOrLeave = async (deps: SayingDeps, member: Member, said: Said): Promise<number | undefined> => {
  if (said.granted) return (await joinCommunity(deps, member, said)).joined.atMs;
  await leaveCommunity(deps, member);
  const { memberships } = await readMemberships(deps.table, member.householdId);
  return memberships.at(-1)?.left?.atMs;
};

/** To agree to the community is to be a member of it. */
export const setCommunityConsent = async (
  deps: SayingDeps,
  member: Member,
  word: Omit<Said, 'purpose'>,
): Promise<void> => {
  const said = { ...word, purpose: 'community' } as const;
  requireMay(member, 'take-part');
  requireText(said);
  await tell(deps, { ...member, ...said }, await joinOrLeave(deps, member, said));
};

/**
 * Agrees for the household, or withdraws. Every feed asks `hasConsent` when it flows, so a withdrawal holds from the moment it is
 * written; what then has to be ended is ended, again at a repeat if the first try was cut short. Saying the same again changes nothing.
 */
export const setConsent = async (deps: ConsentDeps, member: Member, said: Said): Promise<void> => {
  const { purpose, granted } = said;
  if (purpose === 'community') return setCommunityConsent(deps, member, said);
  requireMay(member, 'take-part');
  requireText(said);
  const { householdId } = member;
  const atMs = await say(deps, member, { ...said, purpose });
  if (purpose === 'government' && !granted) await endGovernmentParts(deps, member);
  if (purpose === 'analysis' && !granted) {
    await letGo(deps, householdId);
    await endAdvice(deps.table, householdId, deps.clock.now());
  }
  await tell(deps, { householdId, purpose, granted }, atMs);
};
