import { DAY_MS, dayStart, HOUR_MS, localDate, localTime } from '@hems/models/calendar/seoul';
import { NO_AUTO_JOIN } from '@hems/models/incentive/auto-join';
import {
  readHouseholdEvent,
  readHouseholdEvents,
  type EventDetail,
  type HouseholdEvent,
  type HouseholdEvents,
} from '../api/events.ts';
import { NOW_MS } from './now.ts';

/** Answers about saving events as their contract allows them; override what the test is about. */

const MINUTE_MS = 60_000;
const TODAY = localDate(NOW_MS);
const TOMORROW = localDate(NOW_MS + DAY_MS);
const invitedMs = NOW_MS - 3 * HOUR_MS;

/** Tomorrow evening, 500 points for the home's own target; nobody has answered yet. */
export const anEvent = (over: Partial<HouseholdEvent> = {}): HouseholdEvent => {
  const { date = TOMORROW, fromHour = 18, toHour = 20 } = over;
  return {
    eventId: 'evening-1',
    programme: 'per-home-dr-target',
    date,
    fromHour,
    toHour,
    points: 500,
    startsMs: dayStart(date) + fromHour * HOUR_MS,
    endsMs: dayStart(date) + toHour * HOUR_MS,
    unit: 'points',
    payer: 'us',
    takesPart: 'joined',
    state: 'invited',
    refusedByRule: null,
    provisional: null,
    final: null,
    timeline: [{ step: 'invited', atMs: invitedMs }],
    ...over,
  };
};

type Outcome = NonNullable<HouseholdEvent['final']>;
/** 0.48 of 1.62 kWh saved, by what was metered. */
export const anOutcome = (over: Partial<Extract<Outcome, { status: 'known' }>> = {}): Outcome => ({
  status: 'known',
  atMs: NOW_MS - 2 * HOUR_MS,
  importWh: 1140,
  baselineWh: 1620,
  savedWh: 480,
  method: 'ten-of-ten/1',
  quality: 'good',
  unit: 'points',
  amount: 500,
  ...over,
});

/** Joined by the home's rule, settled and paid. */
export const aPastEvent = (over: Partial<HouseholdEvent> = {}): HouseholdEvent => {
  const date = localDate(NOW_MS - 3 * DAY_MS);
  const event = anEvent({ eventId: 'evening-0', date, state: 'joined' });
  const { startsMs, endsMs } = event;
  const finalMs = dayStart(localDate(NOW_MS - 2 * DAY_MS)) + 21 * MINUTE_MS;
  return {
    ...event,
    provisional: anOutcome({ atMs: endsMs + 6 * MINUTE_MS }),
    final: anOutcome({ atMs: finalMs }),
    timeline: [
      { step: 'invited', atMs: startsMs - DAY_MS },
      { step: 'joined', atMs: startsMs - DAY_MS, by: 'rule' },
      { step: 'started', atMs: startsMs },
      { step: 'ended', atMs: endsMs },
      { step: 'provisional', atMs: endsMs + 6 * MINUTE_MS },
      { step: 'final', atMs: finalMs },
      { step: 'paid', atMs: finalMs },
    ],
    ...over,
  };
};

/** Running for an hour, and for another one. */
export const aRunningEvent = (over: Partial<HouseholdEvent> = {}): HouseholdEvent => {
  const fromHour = Number(localTime(NOW_MS).slice(0, 2)) - 1;
  const event = anEvent({ date: TODAY, fromHour, toHour: fromHour + 2, state: 'joined' });
  return {
    ...event,
    timeline: [
      { step: 'invited', atMs: invitedMs },
      { step: 'joined', atMs: invitedMs + MINUTE_MS, by: 'member' },
      { step: 'started', atMs: event.startsMs },
    ],
    ...over,
  };
};

export const someEvents = (over: Partial<HouseholdEvents> = {}): HouseholdEvents =>
  readHouseholdEvents.answer.parse({
    householdId: 'home-1',
    events: [anEvent(), aPastEvent()],
    rule: { ...NO_AUTO_JOIN, isOn: true, minimum: { won: 0, points: 300 }, quietWeekdays: [6], mostPerWeek: 3 },
    ...over,
  });

const ESTIMATE = { status: 'known', baselineWh: 1620, targetWh: 300, unit: 'points', low: 500, high: 500 } as const;

/** The invitation, until another event is told. */
export const anEventDetail = (over: Partial<EventDetail> = {}): EventDetail =>
  readHouseholdEvent.answer.parse({
    householdId: 'home-1',
    event: anEvent(),
    estimate: over.event ? null : ESTIMATE,
    running: null,
    ...over,
  });
