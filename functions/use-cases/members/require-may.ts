import { mayDo, type Action } from '@hems/models/household/permissions';
import { Refused } from '../refusal.ts';
import type { Member } from '../stores/households.ts';

/** Admission has found them, or there is no household in the path. */
export const requireMember = (member: Member | undefined): Member => {
  if (member) return member;
  throw new Refused('forbidden', 'you are not a member of this household', 'no-member');
};

/** The one check of what a member may do in the household: `models/household/permissions.ts` says who. */
export const requireMay = ({ role }: Pick<Member, 'role'>, action: Action): void => {
  if (mayDo(role, action)) return;
  throw new Refused(
    'forbidden',
    `a ${role} may not ${action.replace('-', ' ')}; ask an owner of the household`,
    'role',
  );
};
