import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { isOpen } from '@hems/models/incentive/enrolment';
import { settleInputs } from '@hems/models/incentive/settle';
import { sumAmounts } from '@hems/models/ledger/entry';
import { settleChallenges } from './community/settle-challenges.ts';
import { duePeriods, eventsFor, partsOf, type Due } from './programmes/due-periods.ts';
import { freeze, type Household } from './programmes/freeze.ts';
import { recompute } from './programmes/recompute.ts';
import type { SettleOutcome } from './settle-outcome.ts';
import { listEnrolments } from './stores/enrolments.ts';
import { readEvents, type ReadEvents } from './stores/events.ts';
import { readPeriod, settle, type LedgerDeps } from './stores/ledger.ts';

/** A run for a day starts after its end: one for an earlier day is a repeat by hand, and what is final by now stays final. */
const isFinal = ({ period, spell }: Due, date: LocalDate, nowMs: number): boolean => {
  const latest = addDays(localDate(nowMs), -1);
  return date < latest && !isOpen(period, spell, latest);
};

const settlePeriod = async (
  deps: LedgerDeps,
  household: Household,
  { due, date }: { readonly due: Due; readonly date: LocalDate },
): Promise<SettleOutcome> => {
  const { programme, period } = due;
  const of = { householdId: household.householdId, programme: programme.id, period: period.id };
  const named = { programme: of.programme, period: of.period };
  const before = isFinal(due, date, deps.clock.now()) ? await readPeriod(deps.table, of) : [];
  if (before.length > 0) return { ...named, outcome: 'unchanged', amount: sumAmounts(before) };

  const inputs = await freeze(deps, household, due);
  if ('status' in inputs) return { ...named, outcome: 'refused', code: inputs.code };
  const answer = settleInputs(inputs);
  if (!('reward' in answer)) return { ...named, outcome: 'refused', code: answer.code };
  if (answer.reward.status === 'unpriced') return { ...named, outcome: 'refused', code: 'unpriced' };

  const { total } = recompute(programme.id, inputs);
  const { payer, unit } = programme;
  const settling = { ...of, payer, unit, endsOn: period.to, total, version: inputs.version };
  const { entry } = await settle(deps, settling, inputs);
  const outcome = entry === undefined ? 'unchanged' : entry.revision === 0 ? 'settled' : 'corrected';
  return { ...named, outcome, amount: total };
};

/** `events`: how events are read, where many households are settled at once. */
export type SettleDeps = LedgerDeps & { readonly events?: ReadEvents };

/**
 * Settles what a household earned in each programme that it takes part in: what closes on the day, and again each period that
 * ended (or whose application was approved) in the 30 days before. Settling again writes the difference alone, so a repeat writes
 * nothing. A period that cannot be settled is refused with its reason; what was settled of it before stays, because data that went
 * bad say nothing of what was earned.
 */
export const settleHousehold = async (
  deps: SettleDeps,
  { householdId, date }: { readonly householdId: string; readonly date: LocalDate },
): Promise<SettleOutcome[]> => {
  const parts = partsOf(await listEnrolments(deps.table, householdId));
  const { events = (days) => readEvents(deps.table, days) } = deps;
  const household = { householdId, parts, events: await eventsFor(events, parts, date) };
  const outcomes: SettleOutcome[] = [];
  for (const due of duePeriods(parts, date, household.events))
    // one after the other: a period may rest on the entry of the one before
    outcomes.push(await settlePeriod(deps, household, { due, date }));
  return [...outcomes, ...(await settleChallenges(deps, { householdId, date }))];
};
