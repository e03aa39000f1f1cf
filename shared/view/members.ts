import type { Role } from '@hems/models/household/household';
import { mayDo } from '@hems/models/household/permissions';
import type { Members } from '../api/members.ts';
import { dateText } from '../format/time.ts';
import type { SettingsTexts } from '../i18n/ko/settings.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, ready, type Card, type Loaded } from './card.ts';

export const ROLES: readonly Role[] = ['owner', 'member', 'viewer'];

export type MemberView = {
  readonly personId: string;
  readonly name: string;
  readonly isSelf: boolean;
  readonly role: Role;
  readonly roleText: string;
  readonly mayText: string;
  /** by an owner, of somebody else */
  readonly isChangeable: boolean;
};
export type InvitationView = { readonly invitationId: string; readonly email: string; readonly about: string };
export type MembersView = {
  readonly members: readonly MemberView[];
  readonly self: MemberView | undefined;
  /** the signed-in person decides who belongs to the home */
  readonly isOwner: boolean;
  /** leaving would leave the home without an owner */
  readonly isLastOwner: boolean;
  readonly invitations: readonly InvitationView[];
};

/** Oneself first, then by role, then by name. */
const inOrder = (a: MemberView, b: MemberView): number =>
  Number(b.isSelf) - Number(a.isSelf) ||
  ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
  a.name.localeCompare(b.name, 'ko');

const membersView = ({ members, invitations }: Members, { t, s }: Words<SettingsTexts>): MembersView => {
  const { members: m } = s;
  const role = members.find(({ isSelf }) => isSelf)?.role;
  const isOwner = role !== undefined && mayDo(role, 'manage-members');
  const views = members
    .map((member): MemberView => ({
      ...member,
      name: member.name === '' ? m.nameless : member.name,
      roleText: m.role[member.role],
      mayText: m.may[member.role],
      isChangeable: isOwner && !member.isSelf,
    }))
    .toSorted(inOrder);
  return {
    members: views,
    self: views.find(({ isSelf }) => isSelf),
    isOwner,
    isLastOwner: isOwner && members.filter((member) => member.role === 'owner').length === 1,
    invitations: invitations.map(({ invitationId, email, role: as, expiresMs }) => ({
      invitationId,
      email,
      about: m.until(m.role[as], dateText(expiresMs, t)),
    })),
  };
};

/** Who belongs to the home, and what the signed-in person may change of it. */
export const membersCard = (loaded: Loaded<Members>, words: Words<SettingsTexts>): Card<MembersView> =>
  cardOf(loaded, words.t, (members) => ready(membersView(members, words)));
