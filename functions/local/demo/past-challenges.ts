import { addDays, dayStart, HOUR_MS, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { monthPeriod } from '@hems/models/incentive/periods';
import { COMMUNITY_CHALLENGE } from '@hems/models/incentive/rows/community';
import { HOME_TARGET } from '@hems/models/incentive/rows/events';
import type { Clock } from '../../ports/clock.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import { aggregateHousehold } from '../../use-cases/aggregate-household.ts';
import { enrol } from '../../use-cases/programmes/enrol.ts';
import { settleHousehold } from '../../use-cases/settle-household.ts';
import { currentOf, readMemberships } from '../../use-cases/stores/community.ts';
import { readEnrolment } from '../../use-cases/stores/enrolments.ts';
import { readProfile } from '../../use-cases/stores/households.ts';
import { readPeriod } from '../../use-cases/stores/ledger.ts';
import { DEMO_HOUSEHOLDS, idsOf, subOf, type DemoHousehold } from './households.ts';
import { announce, clockOn, join, monthBefore, monthOf, takePart, type NeighbourParts } from './neighbours.ts';

/**
 * What the demo flat earned before its first start: it took part in the challenges of the months that are past, and the engine settles each
 * from the flat's own days, as the run of the last day would have. Energy cashback is left out: an office would be told of the home, to which its
 * visitors agree themselves, and from 2026-07 its prices are not published.
 */
export type PastParts = NeighbourParts & { readonly clock: Clock };

const PAST_MONTHS = 3;
/** Results of long ago are no news. */
const toldNobody: EventBus = { publish: () => Promise.resolve() };

/** The months before that of the date, oldest first. */
const monthsBefore = (date: LocalDate): string[] => {
  const months = [monthBefore(monthOf(date))];
  while (months.length < PAST_MONTHS) months.unshift(monthBefore(months[0] ?? ''));
  return months;
};

const firstOf = (month: string): LocalDate => `${month}-01`;

/** Agrees and takes part once, when the challenge was open; one who came to the community later was not in it. */
const joinOne = async (parts: PastParts, householdId: string, month: string): Promise<void> => {
  const date = firstOf(monthBefore(month));
  const challengeId = await announce(parts.table, month);
  const current = currentOf(await readMemberships(parts.table, householdId));
  if (current && current.joinedOn <= date) await takePart(parts, householdId, { challengeId, date });
};

/** The owner enters the saving target programme; who left it since stays away. */
const enterTarget = async (
  { table, pause }: PastParts,
  { home, members }: DemoHousehold,
  on: LocalDate,
): Promise<void> => {
  const { householdId } = idsOf(home.seed);
  const owner = members.find(({ role }) => role === 'owner');
  if (!owner || (await readEnrolment(table, householdId, HOME_TARGET.id)).enrolment) return;
  const member = { householdId, sub: subOf(owner.email), role: owner.role };
  await enrol({ table, pause, clock: clockOn(on) }, member, { programme: HOME_TARGET.id, answers: {} });
};

/** An hour after the last day of the month; what is settled already stays. */
const settleMonth = async ({ table, pause }: PastParts, householdId: string, month: string): Promise<void> => {
  const { to } = monthPeriod(month);
  const period = await announce(table, month);
  const before = await readPeriod(table, { householdId, programme: COMMUNITY_CHALLENGE.id, period });
  if (before.length > 0) return;
  const clock: Clock = { now: () => dayStart(addDays(to, 1)) + HOUR_MS };
  await settleHousehold({ table, pause, clock, bus: toldNobody }, { householdId, date: to });
};

/** Before the neighbours, who have it join the challenge that runs. Called again it does nothing. */
export const joinPastChallenges = async (parts: PastParts): Promise<void> => {
  const [flat] = DEMO_HOUSEHOLDS;
  if (!flat) return;
  const { householdId } = idsOf(flat.home.seed);
  if (!(await readProfile(parts.table, householdId))) return;
  const months = monthsBefore(localDate(parts.clock.now()));
  const since = firstOf(monthBefore(months[0] ?? ''));
  await join(parts, householdId, since);
  await enterTarget(parts, flat, since);
  for (const month of months) await joinOne(parts, householdId, month);
};

/** Makes the flat's daily items up to yesterday, as the daily run does, and settles the months that were not. */
export const settlePastChallenges = async (parts: PastParts): Promise<void> => {
  const { table, clock, signal } = parts;
  const today = localDate(clock.now());
  for (const { home } of DEMO_HOUSEHOLDS.slice(0, 1)) {
    const { householdId } = idsOf(home.seed);
    if (!(await readProfile(table, householdId))) continue;
    await aggregateHousehold({ table, clock }, { householdId, date: addDays(today, -1) });
    for (const month of monthsBefore(today)) {
      signal?.throwIfAborted();
      await settleMonth(parts, householdId, month);
    }
  }
};
