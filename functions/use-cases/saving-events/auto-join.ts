import { addDays, localDate } from '@hems/models/calendar/seoul';
import { asksForReward, weekOf, whyNotJoined, type AutoJoinRule } from '@hems/models/incentive/auto-join';
import { estimateOf } from '@hems/models/incentive/event-worth';
import { overlap, startsMsOf, stateOf, takesPartOf, type Participation } from '@hems/models/incentive/participation';
import type { SavingEvent } from '@hems/models/incentive/saving-event';
import { requireMay } from '../members/require-may.ts';
import { ANNOUNCED_AHEAD_DAYS } from '../programmes/announce-event.ts';
import type { Member } from '../stores/households.ts';
import type { ReadEvents } from '../stores/events.ts';
import { autoJoinPut, participationCheck, participationPut, readAutoJoin } from '../stores/participations.ts';
import { untilWon } from '../until-won.ts';
import type { DecideDeps } from './decide.ts';
import { homeEvents, isTakenPartIn, type HomeEvent } from './home-events.ts';
import { inputsNow } from './inputs.ts';

export type RuleDeps = DecideDeps & { readonly events: ReadEvents };

/** Most that the event can earn the home; null: it cannot be told yet. */
const mostOf = async (deps: RuleDeps, householdId: string, called: HomeEvent): Promise<number | null> => {
  // what was announced is what it earns, whatever the home's past
  if (called.event.points !== undefined) return called.event.points;
  const inputs = await inputsNow(deps, householdId, called);
  const estimate = 'status' in inputs ? inputs : estimateOf(inputs);
  return estimate.status === 'known' ? estimate.high : null;
};

/** Nobody has said anything of it, silence is a no, and there is time. */
const isOpenTo = ({ event, own }: HomeEvent, nowMs: number): boolean =>
  takesPartOf(event) === 'joined' && stateOf(event, own) === 'invited' && nowMs < startsMsOf(event);

const decided = async (
  deps: RuleDeps,
  householdId: string,
  {
    rule,
    called,
    week,
  }: { readonly rule: AutoJoinRule; readonly called: HomeEvent; readonly week: readonly HomeEvent[] },
): Promise<Participation> => {
  const { event, own, programme } = called;
  const others = week.filter((one) => one.event.eventId !== event.eventId);
  const { unit } = programme;
  const amount = asksForReward(rule, unit) ? await mostOf(deps, householdId, called) : null;
  const refusedByRule = whyNotJoined(rule, {
    event,
    most: { unit, amount },
    isTaken: others.some((one) => overlap(one.event, event) && isTakenPartIn(one)),
    joinedInWeek: others.filter((one) => one.own.joined !== null && one.own.declinedMs === null).length,
  });
  return refusedByRule === undefined
    ? { ...own, joined: { atMs: deps.clock.now(), by: 'rule' }, refusedByRule: null }
    : { ...own, refusedByRule };
};

/**
 * Lets the rule of the household decide an event that nobody has answered. Rules of one home decide one after the other, by the version of
 * the rule: two announced at once do not both take the last place of a week.
 */
export const decideByRule = (deps: RuleDeps, householdId: string, event: SavingEvent): Promise<void> =>
  untilWon(deps.pause, async () => {
    const kept = await readAutoJoin(deps.table, householdId);
    if (!kept.rule.isOn) return;
    const monday = weekOf(event.date);
    const week = await homeEvents(deps, householdId, [monday, addDays(monday, 6)]);
    const called = week.find((one) => one.event.eventId === event.eventId);
    if (!called || !isOpenTo(called, deps.clock.now())) return;
    const own = await decided(deps, householdId, { rule: kept.rule, called, week });
    const beside = week.filter((one) => one !== called && overlap(one.event, event));
    await deps.table.transact([
      { put: participationPut(householdId, event, { own, version: called.version }) },
      { put: autoJoinPut(householdId, kept) },
      ...beside.map((one) => ({ check: participationCheck(householdId, one.event, one) })),
    ]);
  });

/** Keeps the household's rule, and has it decide the coming events that nobody has answered, in time. What was joined stays joined. */
export const setRule = async (deps: RuleDeps, member: Member, rule: AutoJoinRule): Promise<void> => {
  requireMay(member, 'take-part');
  const { householdId } = member;
  await untilWon(deps.pause, async () => {
    const { version } = await readAutoJoin(deps.table, householdId);
    await deps.table.put(autoJoinPut(householdId, { rule, version }));
  });
  const today = localDate(deps.clock.now());
  const coming = await homeEvents(deps, householdId, [today, addDays(today, ANNOUNCED_AHEAD_DAYS)]);
  // one after the other: what is joined counts into the week of the next
  for (const { event } of coming) await decideByRule(deps, householdId, event);
};
