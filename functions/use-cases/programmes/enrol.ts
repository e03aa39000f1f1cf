import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { firstDay, firstState, isOver } from '@hems/models/incentive/enrolment';
import { eligibilityOf, versionFor, type Facts, type Programme } from '@hems/models/incentive/programme';
import { programmeOf } from '@hems/models/incentive/programmes';
import type { Enrolment } from '@hems/shared/api/programmes';
import type { Clock } from '../../ports/clock.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Check, Table } from '../../ports/table.ts';
import { inviteToComing } from '../saving-events/invite-to-coming.ts';
import { requireMay } from '../members/require-may.ts';
import { requireOwnHome } from '../own-home.ts';
import { Refused } from '../refusal.ts';
import { consentCheck, isGranted, readConsent } from '../stores/consents.ts';
import { enrolmentPut, readEnrolment } from '../stores/enrolments.ts';
import type { Member } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';
import { factsOf, knownFacts, type Known } from './facts.ts';
import { fixMethodOf } from './fix-method.ts';
import { readKnowledge } from './read-knowledge.ts';

export type EnrolDeps = { readonly table: Table; readonly clock: Clock; readonly pause: Pause };

export const requireProgramme = (id: string): Programme<unknown> => {
  const programme = programmeOf(id);
  if (!programme) throw new Refused('not-found', `there is no programme ${id}`);
  return programme;
};

const requireInForce = (programme: Programme<unknown>, today: LocalDate): void => {
  if (programme.joins === 'each-by-itself')
    throw new Refused('invalid', `${programme.id}: each challenge is joined by itself, under challenges`);
  const version = versionFor(programme, today, today);
  if ('status' in version) throw new Refused('conflict', `${version.detail}; it cannot be joined today`);
};

/** An answer says what only the resident knows; of what is known it cannot say the contrary. */
const requireTrue = ({ eligibility }: Programme<unknown>, answers: Facts, known: Known): void => {
  for (const condition of eligibility) {
    const fact = known[condition];
    const answer = answers[condition];
    if (fact && answer !== undefined && answer !== fact.met)
      throw new Refused(
        'conflict',
        `answers: ${condition} is ${fact.met ? 'met' : 'not met'}, because ${fact.because}; leave the answer out`,
      );
  }
};

const requireEligible = (programme: Programme<unknown>, answers: Facts, known: Known): void => {
  requireTrue(programme, answers, known);
  const { failed, unanswered } = eligibilityOf(programme, factsOf(answers, known));
  const why = failed.flatMap((condition) => known[condition]?.because ?? []).join('; ');
  if (failed.length > 0)
    throw new Refused(
      'conflict',
      `not eligible for ${programme.id}: ${failed.join(', ')} is not met${why && ` (${why})`}`,
    );
  if (unanswered.length > 0) throw new Refused('invalid', `answers: say whether ${unanswered.join(', ')} is met`);
};

/** An office is told of a home that agrees to it; the check has the enrolment fail when that is withdrawn in between. */
const requireConsent = async (
  table: Table,
  householdId: string,
  { id, consent }: Programme<unknown>,
): Promise<{ check: Check }[]> => {
  if (consent === null) return [];
  const kept = await readConsent(table, householdId, consent);
  if (!isGranted(consent, kept.history.at(-1)))
    throw new Refused(
      'conflict',
      `${id} is decided by an office that is told of the home; agree to ${consent} under consents first`,
      'consent-missing',
    );
  return [{ check: consentCheck(householdId, consent, kept) }];
};

/**
 * Enrols a household in a programme of ours, or applies for one of somebody else. Who takes part or waits for an answer already
 * stays as he is; who withdrew or was rejected may ask again.
 */
export const enrol = async (
  deps: EnrolDeps,
  member: Member,
  { programme: id, answers }: { readonly programme: string; readonly answers: Facts },
): Promise<Enrolment> => {
  requireMay(member, 'take-part');
  const programme = requireProgramme(id);
  const { table, clock, pause } = deps;
  const { householdId } = member;
  await requireOwnHome(table, householdId);
  const enrolled = await untilWon(pause, async () => {
    const kept = await readEnrolment(table, householdId, id);
    if (kept.enrolment && !isOver(kept.enrolment.state)) return kept.enrolment;
    const today = localDate(clock.now());
    requireInForce(programme, today);
    requireEligible(programme, answers, knownFacts(await readKnowledge(table, householdId, today), programme));
    const agreed = await requireConsent(table, householdId, programme);
    const baselineMethod = await fixMethodOf(deps, { householdId, programme: id }, today);
    const state = firstState(programme.payer);
    const enrolment: Enrolment = {
      programme: id,
      state,
      from: firstDay(programme.joins, today),
      withdrawnOn: null,
      answers,
      history: [...(kept.enrolment?.history ?? []), { state, on: today, ...(baselineMethod && { baselineMethod }) }],
    };
    await table.transact([{ put: enrolmentPut(householdId, enrolment, kept.version) }, ...agreed]);
    return enrolment;
  });
  await inviteToComing(deps, householdId, id);
  return enrolled;
};
