import { isOver } from '@hems/models/incentive/enrolment';
import { programmeOf } from '@hems/models/incentive/programmes';
import { listEnrolments } from '../stores/enrolments.ts';
import type { Member } from '../stores/households.ts';
import type { EnrolDeps } from './enrol.ts';
import { withdraw } from './withdraw.ts';

/** Ends every part and application whose office is no longer agreed to. What was settled stays. */
export const endGovernmentParts = async (deps: EnrolDeps, member: Member): Promise<void> => {
  for (const { programme, state } of await listEnrolments(deps.table, member.householdId))
    if (!isOver(state) && programmeOf(programme)?.consent === 'government') await withdraw(deps, member, { programme });
};
