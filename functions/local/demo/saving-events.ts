import { addDays, dayStart, HOUR_MS, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { outcomeOf } from '@hems/models/incentive/event-worth';
import { endsMsOf } from '@hems/models/incentive/participation';
import { HOME_TARGET } from '@hems/models/incentive/rows/events';
import type { SavingEvent } from '@hems/models/incentive/saving-event';
import type { BusEvent, EventBus } from '../../ports/event-bus.ts';
import { joinEvent } from '../../use-cases/saving-events/decide.ts';
import { sweepProvisional } from '../../use-cases/saving-events/provisional.ts';
import { invite } from '../../use-cases/notices/invite.ts';
import { announceEvent } from '../../use-cases/programmes/announce-event.ts';
import { freezeEvent } from '../../use-cases/programmes/freeze-event.ts';
import { settleHousehold } from '../../use-cases/settle-household.ts';
import { readEnrolment } from '../../use-cases/stores/enrolments.ts';
import { readEvents } from '../../use-cases/stores/events.ts';
import type { Member } from '../../use-cases/stores/households.ts';
import { DEMO_HOUSEHOLDS, idsOf, subOf } from './households.ts';
import { clockOn } from './neighbours.ts';
import type { PastParts } from './past-challenges.ts';

/** Hours of the evening; the one of the event to come leaves those before it to an operator who tries one. */
const EVENING_HOURS = [20, 19, 18, 17, 21];
const COMING_HOUR = 20;
const POINTS = 500;
const FURTHEST_DAYS = 14;
/** Of so many days and their evening hours the first is shown in which the flat reached its target. */
const LOOKED_AT_DAYS = 8;

const savingEvent = (date: LocalDate, fromHour = COMING_HOUR): SavingEvent => ({
  eventId: `demo-saving-${date}`,
  programme: HOME_TARGET.id,
  date,
  fromHour,
  toHour: fromHour + 1,
  points: POINTS,
});

/** Announced at ten on the day before, to those who take part; what was long ago is no news. */
const announce = async ({ table, pause }: PastParts, event: SavingEvent): Promise<void> => {
  const said: BusEvent[] = [];
  const bus: EventBus = { publish: async (events) => void said.push(...events) };
  const deps = { table, pause, bus, clock: clockOn(addDays(event.date, -1)) };
  await announceEvent(deps, event);
  const [announced] = said;
  if (announced) await invite(deps, announced);
};

/** As it went on the day: joined the day before, worked out when it had ended, settled by the run after midnight. */
const live = async ({ table, pause }: PastParts, member: Member, event: SavingEvent): Promise<void> => {
  const bus: EventBus = { publish: () => Promise.resolve() };
  await joinEvent({ table, pause, clock: clockOn(addDays(event.date, -1)) }, member, event.eventId);
  const at = (ms: number) => ({ table, pause, bus, clock: { now: () => ms } });
  await sweepProvisional({ ...at(endsMsOf(event) + HOUR_MS / 12), untilMs: Number.MAX_SAFE_INTEGER });
  const place = { householdId: member.householdId, date: event.date };
  await settleHousehold(at(dayStart(addDays(event.date, 1)) + HOUR_MS / 3), place);
};

/** By the steps of the settlement; nobody knew of an event on that day. */
const isReached = async ({ table, clock }: PastParts, householdId: string, event: SavingEvent): Promise<boolean> => {
  const alone = { event, fixedMethod: undefined, calledOn: new Set<LocalDate>(), successesBefore: 0 };
  const inputs = await freezeEvent({ table, clock }, householdId, alone);
  const outcome = 'status' in inputs ? undefined : outcomeOf(inputs, clock.now());
  return outcome?.status === 'known' && outcome.amount > 0;
};

const pastEvent = async (parts: PastParts, householdId: string, today: LocalDate): Promise<SavingEvent> => {
  const evenings = Array.from({ length: LOOKED_AT_DAYS }, (_, i) =>
    EVENING_HOURS.map((hour) => savingEvent(addDays(today, -2 - i), hour)),
  );
  for (const event of evenings.flat()) if (await isReached(parts, householdId, event)) return event;
  return savingEvent(addDays(today, -2));
};

/** The owner of the flat, while it takes part in the programme. */
const ownerOf = async ({ table }: PastParts): Promise<Member | undefined> => {
  const [flat] = DEMO_HOUSEHOLDS;
  const owner = flat?.members.find(({ role }) => role === 'owner');
  if (!flat || !owner) return undefined;
  const { householdId } = idsOf(flat.home.seed);
  const { enrolment } = await readEnrolment(table, householdId, HOME_TARGET.id);
  return enrolment?.state === 'enrolled' ? { householdId, sub: subOf(owner.email), role: owner.role } : undefined;
};

/**
 * An event that is over, of the last days, and one to come, of tomorrow, so that there is something to see and to join. Called again it does
 * nothing while there is one to come.
 */
export const bringSavingEvents = async (parts: PastParts): Promise<void> => {
  const member = await ownerOf(parts);
  if (!member) return;
  const today = localDate(parts.clock.now());
  const known = (await readEvents(parts.table, [addDays(today, -FURTHEST_DAYS), addDays(today, FURTHEST_DAYS)])).filter(
    ({ programme }) => programme === HOME_TARGET.id,
  );
  if (!known.some(({ date }) => date < today)) {
    const past = await pastEvent(parts, member.householdId, today);
    await announce(parts, past);
    await live(parts, member, past);
  }
  if (!known.some(({ date }) => date > today)) await announce(parts, savingEvent(addDays(today, 1)));
};
