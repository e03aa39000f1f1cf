import { localDate } from '@hems/models/calendar/seoul';
import { APPLICATION_STATES, mayMove, type ApplicationState } from '@hems/models/incentive/application';
import { spellsOf } from '@hems/models/incentive/enrolment';
import type { REJECTION_REASONS } from '@hems/models/incentive/rejection';
import type { Enrolment } from '@hems/shared/api/programmes';
import type { Table } from '../../ports/table.ts';
import { inviteToComing } from '../saving-events/invite-to-coming.ts';
import { Refused } from '../refusal.ts';
import { readConfirmation } from '../stores/confirmations.ts';
import { enrolmentPut, readEnrolment } from '../stores/enrolments.ts';
import { readEntries } from '../stores/ledger.ts';
import { untilWon } from '../until-won.ts';
import { requireProgramme, type EnrolDeps } from './enrol.ts';

export type Move = {
  readonly householdId: string;
  readonly programme: string;
  readonly to: Exclude<ApplicationState, 'applied'>;
  readonly reason?: string | undefined;
  readonly reasonCode?: (typeof REJECTION_REASONS)[number] | undefined;
};

const stateOf = ({ state }: Enrolment): ApplicationState | undefined =>
  APPLICATION_STATES.find((known) => known === state);

const requireMove = ({ programme, to, reason }: Move, enrolment: Enrolment): void => {
  const state = stateOf(enrolment);
  if (state === undefined || !mayMove(state, to)) {
    const allowed = APPLICATION_STATES.filter((next) => state !== undefined && mayMove(state, next));
    const how = allowed.length > 0 ? `it may become ${allowed.join(' or ')}` : 'it moves no further';
    throw new Refused('conflict', `the application for ${programme} is ${enrolment.state}; ${how}`);
  }
  if (to === 'rejected' && reason === undefined)
    throw new Refused('invalid', 'reason: say why the application is rejected; the resident reads it');
};

/**
 * `paid` says what a payer has said: a credit of the programme stands confirmed by its report or a bill, for a period since this
 * application counts. What was confirmed of an earlier one says nothing of it.
 */
const requireConfirmed = async (
  table: Table,
  { householdId, programme }: Move,
  { history }: Enrolment,
): Promise<void> => {
  const present = spellsOf(history, requireProgramme(programme).joins).find(({ to }) => to === null);
  const own = (await readEntries(table, householdId)).filter(
    (entry) => entry.programme === programme && present !== undefined && present.from <= entry.endsOn,
  );
  const periods = new Set(own.map(({ period }) => period));
  for (const period of periods) if (await readConfirmation(table, { householdId, programme, period })) return;
  throw new Refused(
    'conflict',
    `no credit of ${programme} is confirmed for this household since ${present?.from}; record the payer's report first`,
  );
};

/** Moves an application one step, as its office does. To where it is already is no move, and changes nothing. */
export const moveApplication = async (deps: EnrolDeps, move: Move): Promise<Enrolment> => {
  const { table, clock, pause } = deps;
  const { householdId, programme, to, reason, reasonCode } = move;
  const moved = await untilWon(pause, async () => {
    const { enrolment: before, version } = await readEnrolment(table, householdId, programme);
    if (!before) throw new Refused('not-found', `household ${householdId} has not applied for ${programme}`);
    if (before.state === to) return before;
    requireMove(move, before);
    if (to === 'paid') await requireConfirmed(table, move, before);
    const why = { ...(reason !== undefined && { reason }), ...(reasonCode !== undefined && { reasonCode }) };
    const step = { state: to, on: localDate(clock.now()), ...why };
    const enrolment: Enrolment = { ...before, state: to, history: [...before.history, step] };
    await table.put(enrolmentPut(householdId, enrolment, version));
    return enrolment;
  });
  await inviteToComing(deps, householdId, programme);
  return moved;
};
