import { mayDo, type Action } from '@hems/models/household/permissions';
import type { Role } from '@hems/models/household/household';
import type { Route } from '@hems/shared/api/route';

/**
 * Who may pass each route, worked out from what the route declares (`auth`, a household in its path, `beforeProof`) and from the one table of
 * permissions of `models`. Nothing here asks the code that decides it.
 */

/** Tokens that open nothing, whoever shows them. */
export const SHUT_OUT = {
  nobody: 401,
  'a token of another signer': 401,
  'a token whose time is over': 401,
  'a token for another client': 401,
  'a token of a partner’s OpenADR client': 401,
  'a partner’s signature': 401,
  'an identity token': 403,
  'a session that was ended': 401,
} as const;

/** Who a good token is of: what they are in the home that they live in. */
export const PEOPLE = ['owner', 'member', 'viewer', 'former member', 'stranger', 'operator', 'auditor'] as const;
/** The home that the path names, as whoever asks stands to it: theirs, not proved yet, of somebody else, or gone. */
export const HOMES = ['own', 'own, unproved', 'foreign', 'erased'] as const;

export type Person = (typeof PEOPLE)[number];
export type Home = (typeof HOMES)[number];
/** `in`: past every door; what happens then is of the request. `out`: 403 with this code. */
export type Outcome = 'in' | { readonly out: 'no-member' | 'no-proof' | 'role' | 'group' };

/** What a member must be allowed for a route that changes something of a household. null: every member may. */
export const NEEDS: Readonly<Record<string, Action | null>> = {
  claimGateway: 'manage-devices',
  revokeGateway: 'manage-devices',
  renameDevice: 'manage-devices',
  // a meter, which bills hang on
  retireDevice: 'change-meters',
  replaceDevice: 'change-meters',
  placeOrder: 'order-devices',
  answerAdvice: 'answer-advice',
  setSafeguard: 'answer-advice',
  setAutomation: 'order-devices',
  overridePlan: 'order-devices',
  endOverride: 'order-devices',
  setSupply: 'set-supply',
  openDispute: 'take-part',
  closeDispute: 'take-part',
  enrol: 'take-part',
  withdraw: 'take-part',
  askPayout: 'ask-payout',
  joinEvent: 'take-part',
  declineEvent: 'take-part',
  setEventRule: 'take-part',
  joinCommunity: 'take-part',
  leaveCommunity: 'take-part',
  joinChallenge: 'take-part',
  leaveChallenge: 'take-part',
  inviteMember: 'manage-members',
  withdrawInvitation: 'manage-members',
  changeRole: 'manage-members',
  endMembership: 'manage-members',
  setPlace: 'set-home',
  // works a guess out and keeps nothing
  guessSupply: null,
  confirmSupply: 'set-supply',
  proveResidence: 'set-home',
  setConsent: 'take-part',
  startImport: 'bring-history',
  startExport: 'export-household',
};

/** Names its household in its body and is open before the proof; owners alone may. */
const ERASES = 'eraseHousehold';

export const isOfHousehold = ({ auth, path, name }: Pick<Route, 'auth' | 'path' | 'name'>): boolean =>
  auth === 'resident' && (path.includes('{householdId}') || name === ERASES);

const ROLES: Readonly<Record<Person, Role | undefined>> = {
  owner: 'owner',
  member: 'member',
  viewer: 'viewer',
  'former member': undefined,
  stranger: undefined,
  operator: undefined,
  auditor: undefined,
};

const ofMember = (route: Route, role: Role, isProved: boolean): Outcome => {
  if (route.name === ERASES) return role === 'owner' ? 'in' : { out: 'role' };
  if (!isProved && route.beforeProof !== true) return { out: 'no-proof' };
  const needed = NEEDS[route.name] ?? null;
  return needed === null || mayDo(role, needed) ? 'in' : { out: 'role' };
};

export const outcomeOf = (route: Route, person: Person, home: Home): Outcome => {
  if (route.auth === 'operator' || route.auth === 'auditor') return person === route.auth ? 'in' : { out: 'group' };
  if (!isOfHousehold(route)) return 'in';
  const role = ROLES[person];
  if (role === undefined || home === 'foreign' || home === 'erased') return { out: 'no-member' };
  return ofMember(route, role, home === 'own');
};
