import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { isOpen } from '@hems/models/incentive/enrolment';
import type { EventOutcome } from '@hems/models/incentive/event-outcome';
import { outcomeOf } from '@hems/models/incentive/event-worth';
import { takesPart } from '@hems/models/incentive/participation';
import { settleInputs } from '@hems/models/incentive/settle';
import { sumAmounts, type Entry } from '@hems/models/ledger/entry';
import type { Table } from '../ports/table.ts';
import type { Told } from '@hems/shared/events/bus';
import type { EventBus } from '../ports/event-bus.ts';
import { settleChallenges } from './community/settle-challenges.ts';
import { keepOutcome } from './saving-events/keep-outcome.ts';
import { hasConsent } from './privacy/has-consent.ts';
import { duePeriods, eventsFor, partsOf, type Due } from './programmes/due-periods.ts';
import { freeze, type Household } from './programmes/freeze.ts';
import { recompute } from './programmes/recompute.ts';
import type { SettleOutcome } from './settle-outcome.ts';
import { waitsForOperator } from './stores/disputes.ts';
import { listEnrolments } from './stores/enrolments.ts';
import { readEvents, type ReadEvents } from './stores/events.ts';
import { readPeriod, settle, type LedgerDeps } from './stores/ledger.ts';
import { participationsIn } from './stores/participations.ts';

/** `events`: how events are read, where many households are settled at once. */
export type SettleDeps = LedgerDeps & { readonly bus: EventBus; readonly events?: ReadEvents };

/** A run for a day starts after its end: one for an earlier day is a repeat by hand, and what is final by now stays final. */
const isFinal = ({ period, spell }: Due, date: LocalDate, nowMs: number): boolean => {
  const latest = addDays(localDate(nowMs), -1);
  return date < latest && !isOpen(period, spell, latest);
};

/** What stands for good: the entries of a final period, unless one of them is disputed and that is still to be answered or put right. */
const finalEntries = async (
  { table, clock }: SettleDeps,
  of: Pick<Entry, 'householdId' | 'programme' | 'period'>,
  { due, date }: { readonly due: Due; readonly date: LocalDate },
): Promise<Entry[]> => {
  if (!isFinal(due, date, clock.now())) return [];
  const entries = await readPeriod(table, of);
  return (await waitsForOperator(table, entries)) ? [] : entries;
};

type Result = { readonly due: Due; readonly date: LocalDate; readonly amount: number; readonly isNew: boolean };

/**
 * Tells the result of a saving event; corrected, it is another happening. On its own day also where nothing was written: a result of nothing
 * is one, and what a run that died has not said is said again.
 */
const tellResult = async ({ bus, clock }: SettleDeps, householdId: string, result: Result): Promise<void> => {
  const { due, date, amount, isNew } = result;
  const { programme, period } = due;
  if (programme.period !== 'event' || !(isNew || date === period.to)) return;
  const { id, unit } = programme;
  const facts = { eventId: period.id, programme: id, unit, amount };
  const key = `${id}#${period.id}#${amount}`;
  const told: Told = { type: 'event.settled', detail: { householdId, atMs: clock.now(), key, facts } };
  await bus.publish([told]);
};

/** What an event came to stands beside how the home took part in it, for the home and for the sums over all homes. */
const keepFinal = async (
  deps: SettleDeps,
  householdId: string,
  { due: { event }, outcome }: { readonly due: Due; readonly outcome: EventOutcome },
): Promise<void> => {
  if (event) await keepOutcome(deps, { householdId, event }, { stage: 'final', outcome });
};

/** Nothing is written to the ledger. */
const refuse = async (
  deps: SettleDeps,
  householdId: string,
  { due, code }: { readonly due: Due; readonly code: string },
): Promise<SettleOutcome> => {
  await keepFinal(deps, householdId, { due, outcome: { status: 'unknown', atMs: deps.clock.now(), code } });
  return { programme: due.programme.id, period: due.period.id, outcome: 'refused', code };
};

const settlePeriod = async (
  deps: SettleDeps,
  household: Household,
  { due, date }: { readonly due: Due; readonly date: LocalDate },
): Promise<SettleOutcome> => {
  const { programme, period } = due;
  const of = { householdId: household.householdId, programme: programme.id, period: period.id };
  const named = { programme: of.programme, period: of.period };
  const before = await finalEntries(deps, of, { due, date });
  const { payer, unit } = programme;
  if (before.length > 0) return { ...named, outcome: 'unchanged', amount: sumAmounts(before), unit };

  const inputs = await freeze(deps, household, due);
  if ('status' in inputs) return refuse(deps, of.householdId, { due, code: inputs.code });
  const answer = settleInputs(inputs);
  if (!('reward' in answer)) return refuse(deps, of.householdId, { due, code: answer.code });
  if (answer.reward.status === 'unpriced') return refuse(deps, of.householdId, { due, code: 'unpriced' });

  const { total } = recompute(programme.id, inputs);
  const settling = { ...of, payer, unit, endsOn: period.to, total, version: inputs.version };
  const { entry } = await settle(deps, settling, inputs);
  if ('hours' in inputs) await keepFinal(deps, of.householdId, { due, outcome: outcomeOf(inputs, deps.clock.now()) });
  await tellResult(deps, household.householdId, { due, date, amount: total, isNew: entry !== undefined });
  const outcome = entry === undefined ? 'unchanged' : entry.revision === 0 ? 'settled' : 'corrected';
  return { ...named, outcome, amount: total, unit };
};

/** Whether the household agrees to what the programme needs, asked once a run and only where one needs it. */
const consentsAsked = (table: Table, householdId: string) => {
  let government: Promise<boolean> | undefined;
  return async ({ programme: { consent } }: Due): Promise<boolean> =>
    consent === null || (government ??= hasConsent(table, householdId, consent));
};

/** Without the events that the home did not join, or has declined: there is nothing to settle. */
const takenPartIn = async (table: Table, householdId: string, dues: readonly Due[]): Promise<Due[]> => {
  const dates = dues.flatMap(({ event }) => event?.date ?? []).toSorted();
  const [from, to] = [dates.at(0), dates.at(-1)];
  if (from === undefined || to === undefined) return [...dues];
  const kept = await participationsIn(table, householdId, [from, to]);
  return dues.filter(({ event }) => event === undefined || takesPart(event, kept.get(event.eventId)?.own));
};

/**
 * Settles what a household earned in each programme that it takes part in: what closes on the day, and again each period that
 * ended (or whose application was approved) in the 30 days before. Settling again writes the difference alone, so a repeat writes
 * nothing. A period that cannot be settled is refused with its reason; what was settled of it before stays, because data that went
 * bad say nothing of what was earned. Without the consent that a programme needs nothing more of it is settled.
 */
export const settleHousehold = async (
  deps: SettleDeps,
  { householdId, date }: { readonly householdId: string; readonly date: LocalDate },
): Promise<SettleOutcome[]> => {
  const parts = partsOf(await listEnrolments(deps.table, householdId));
  const { events = (days) => readEvents(deps.table, days) } = deps;
  const household = { householdId, parts, events: await eventsFor(events, parts, date) };
  const outcomes: SettleOutcome[] = [];
  const isAgreed = consentsAsked(deps.table, householdId);
  const dues = await takenPartIn(deps.table, householdId, duePeriods(parts, date, household.events));
  // one after the other: a period may rest on the entry of the one before
  for (const due of dues)
    outcomes.push(
      (await isAgreed(due))
        ? await settlePeriod(deps, household, { due, date })
        : await refuse(deps, householdId, { due, code: 'consent-missing' }),
    );
  return [...outcomes, ...(await settleChallenges(deps, { householdId, date }))];
};
