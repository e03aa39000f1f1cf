import {
  enrol,
  listApplications,
  listProgrammes,
  moveApplication,
  simulateProgramme,
  withdraw,
} from '@hems/shared/api/programmes';
import { endpoint, http } from '../runtime/http.ts';
import { officeDeps, tell } from '../runtime/office-deps.ts';
import { clock, pause, table } from '../runtime/ports.ts';
import { recordStaff } from '../runtime/staff-access.ts';
import { tellDecided } from '../use-cases/government/tell-decided.ts';
import { enrol as enrolIn } from '../use-cases/programmes/enrol.ts';
import { moveApplication as move } from '../use-cases/programmes/move-application.ts';
import { readProgrammes } from '../use-cases/programmes/read-programmes.ts';
import { simulateProgramme as simulate } from '../use-cases/programmes/simulate-programme.ts';
import { withdraw as withdrawFrom } from '../use-cases/programmes/withdraw.ts';
import { Refused } from '../use-cases/refusal.ts';
import { applicationsIn } from '../use-cases/stores/enrolments.ts';
import type { Member } from '../use-cases/stores/households.ts';

const deps = async () => ({ table: await table(), clock: await clock(), pause });
const asMember = (member: Member | undefined): Member => {
  if (!member) throw new Refused('forbidden', 'you are not a member of this household');
  return member;
};

export const handler = http([
  endpoint(listProgrammes, async ({ params: { householdId } }) => ({
    householdId,
    programmes: await readProgrammes(await deps(), householdId),
  })),
  endpoint(simulateProgramme, async ({ params }) => simulate(await deps(), params)),
  endpoint(enrol, async ({ params, body, member }) => enrolIn(await deps(), asMember(member), { ...params, ...body })),
  endpoint(withdraw, async ({ params, member }) => withdrawFrom(await deps(), asMember(member), params)),
  endpoint(listApplications, async ({ query, caller }) => {
    const applications = await applicationsIn(await table(), query.state);
    await recordStaff(caller, { of: applications, what: 'applications-listed', why: `applications ${query.state}` });
    return { applications };
  }),
  endpoint(moveApplication, async ({ params, body, caller }) => {
    await recordStaff(caller, { of: [params], what: 'application-moved', why: `${params.programme} to ${body.to}` });
    const enrolment = await move(await deps(), { ...params, ...body });
    await tellDecided({ ...(await officeDeps()), tell }, { ...params, enrolment });
    return enrolment;
  }),
]);
