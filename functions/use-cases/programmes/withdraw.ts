import { localDate } from '@hems/models/calendar/seoul';
import type { Enrolment } from '@hems/shared/api/programmes';
import { leaveComing } from '../saving-events/leave-coming.ts';
import { requireMay } from '../members/require-may.ts';
import { Refused } from '../refusal.ts';
import { enrolmentPut, readEnrolment } from '../stores/enrolments.ts';
import type { Member } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';
import { requireProgramme, type EnrolDeps } from './enrol.ts';

/** Ends taking part, or an application, from tomorrow on, and with it joining in events of later days. What was settled stays. Withdrawing twice is withdrawing once. */
export const withdraw = async (
  deps: EnrolDeps,
  member: Member,
  { programme }: { readonly programme: string },
): Promise<Enrolment> => {
  requireMay(member, 'take-part');
  requireProgramme(programme);
  const { table, clock, pause } = deps;
  const { householdId } = member;
  const withdrawn = await untilWon(pause, async () => {
    const { enrolment: before, version } = await readEnrolment(table, householdId, programme);
    if (!before) throw new Refused('not-found', `the household does not take part in ${programme}`);
    if (before.state === 'withdrawn') return before;
    if (before.state === 'rejected')
      throw new Refused('conflict', `the application for ${programme} was rejected; there is nothing to withdraw`);
    const today = localDate(clock.now());
    const enrolment: Enrolment = {
      ...before,
      state: 'withdrawn',
      withdrawnOn: today,
      history: [...before.history, { state: 'withdrawn', on: today }],
    };
    await table.put(enrolmentPut(householdId, enrolment, version));
    return enrolment;
  });
  await leaveComing(deps, householdId, { programme, today: localDate(clock.now()) });
  return withdrawn;
};
