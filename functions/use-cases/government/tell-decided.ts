import { APPLICATION_STATES } from '@hems/models/incentive/application';
import type { Enrolment } from '@hems/shared/api/programmes';
import { participantOf } from '../partners/participants.ts';
import { listPartners, type Partner } from '../stores/partners.ts';
import type { Tell } from '../webhooks/tell-partner.ts';
import { shownTo, type OfficeDeps } from './office.ts';

type Decided = { readonly householdId: string; readonly enrolment: Enrolment; readonly by?: Partner };

/** Tells the offices of a programme that somebody else decided on an application: the operator, or another office of it. */
export const tellDecided = async (
  deps: OfficeDeps & { readonly tell: (tell: Tell) => Promise<unknown> },
  { householdId, enrolment: { programme, state: now, history }, by }: Decided,
): Promise<void> => {
  const state = APPLICATION_STATES.find((one) => one === now);
  if (state === undefined) return;
  const offices = (await listPartners(deps.table)).filter(
    ({ partnerId, status, programmes = [] }) =>
      partnerId !== by?.partnerId && status === 'active' && programmes.includes(programme),
  );
  const isShown = offices.length > 0 && (await shownTo(deps, [householdId])).length > 0;
  for (const { partnerId } of isShown ? offices : []) {
    const participant = await participantOf(deps, partnerId, householdId);
    await deps.tell({
      partnerId,
      type: 'application.decided',
      data: { participant, programme, state },
      // a household may apply again: the step of its history is the happening
      key: `${participant} ${programme} ${history.length} ${state}`,
      orderedBy: participant,
    });
  }
};
