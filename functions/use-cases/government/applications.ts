import type { ApplicationState } from '@hems/models/incentive/application';
import type { Enrolment } from '@hems/shared/api/programmes';
import type { Application } from '@hems/shared/partner-api/applications';
import { moveApplication, type Move } from '../programmes/move-application.ts';
import { Refused } from '../refusal.ts';
import { applicationsPage, readEnrolment } from '../stores/enrolments.ts';
import { keepPlace, placeOf } from '../stores/partner-cursors.ts';
import type { Partner } from '../stores/partners.ts';
import type { Tell } from '../webhooks/tell-partner.ts';
import { requireOffice, requireParticipant, show, type OfficeDeps } from './office.ts';
import { tellDecided } from './tell-decided.ts';

export const PAGE = 50;

type Ref = { readonly programme: string; readonly participant: string };

const view = (
  participant: string,
  { programme, state, from, withdrawnOn, answers, history }: Enrolment,
): Application => ({ participant, programme, state, from, withdrawnOn, answers, history });

type Asked = {
  readonly programme: string;
  readonly state: ApplicationState;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

export const listApplications = async (
  deps: OfficeDeps,
  partner: Partner,
  { programme, state, limit = PAGE, cursor }: Asked,
): Promise<{ applications: Application[]; cursor: string | null }> => {
  requireOffice(partner, programme);
  const list = { partnerId: partner.partnerId, list: `applications ${programme} ${state}` };
  const place = await placeOf(deps, list, cursor);
  const at = { limit, ...(place !== undefined && { cursor: place }) };
  const page = await applicationsPage(deps.table, { programme, state }, at);
  const why = `${programme} ${state}`;
  const shown = await show(deps, partner, { of: page.applications, what: 'applications-listed', why });
  return {
    applications: shown.map(({ participant, enrolment }) => view(participant, enrolment)),
    cursor: await keepPlace(deps, list, page.cursor),
  };
};

/** The household of an application, which has just been told by whom it is looked at or decided on, and why. */
const requireApplicant = async (
  deps: OfficeDeps,
  partner: Partner,
  { programme, participant, what, why }: Ref & { readonly what: string; readonly why: string },
): Promise<{ householdId: string; enrolment: Enrolment }> => {
  requireOffice(partner, programme);
  const householdId = await requireParticipant(deps, partner, participant);
  const { enrolment } = await readEnrolment(deps.table, householdId, programme);
  if (!enrolment)
    throw new Refused('not-found', `participant ${participant} has not applied for ${programme}`, 'no-application');
  const [shown] = await show(deps, partner, { of: [{ householdId }], what, why });
  if (!shown)
    throw new Refused('not-found', `there is no participant ${participant} that you may be shown`, 'no-participant');
  return { householdId, enrolment };
};

export const readApplication = async (deps: OfficeDeps, partner: Partner, ref: Ref): Promise<Application> => {
  const { enrolment } = await requireApplicant(deps, partner, { ...ref, what: 'application-read', why: ref.programme });
  return view(ref.participant, enrolment);
};

/** The same move that an operator makes; the access log says that the office made it. */
export const decideApplication = async (
  deps: OfficeDeps & { readonly tell: (tell: Tell) => Promise<unknown> },
  partner: Partner,
  { participant, ...move }: Omit<Move, 'householdId'> & Ref,
): Promise<Application> => {
  const { programme, to } = move;
  const asked = { programme, participant, what: 'application-moved', why: `${programme} to ${to}` };
  const { householdId } = await requireApplicant(deps, partner, asked);
  const enrolment = await moveApplication(deps, { ...move, householdId });
  await tellDecided(deps, { householdId, enrolment, by: partner });
  return view(participant, enrolment);
};
