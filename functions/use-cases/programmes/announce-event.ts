import { addDays, dayStart, HOUR_MS, isoSeoul, localDate } from '@hems/models/calendar/seoul';
import { whyNotCalled } from '@hems/models/incentive/calls';
import type { Programme } from '@hems/models/incentive/programme';
import { programmeOf } from '@hems/models/incentive/programmes';
import type { SavingEvent } from '@hems/shared/api/events';
import type { Clock } from '../../ports/clock.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { canonicalJson } from '../canonical-hash.ts';
import { Refused } from '../refusal.ts';
import { holderOfHours, putEvent, readAnnouncer, readEvent, type Announcer } from '../stores/events.ts';
import { untilWon } from '../until-won.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly pause: Pause; readonly bus: EventBus };

const eventProgramme = (id: string): Programme<unknown> => {
  const programme = programmeOf(id);
  if (!programme) throw new Refused('invalid', `programme: there is none called ${id}`);
  if (programme.period !== 'event')
    throw new Refused('invalid', `programme: ${id} pays by ${programme.period}, not by event`);
  return programme;
};

/** No event is announced further ahead: whoever looks at those to come looks so far. */
export const ANNOUNCED_AHEAD_DAYS = 60;

/** The rule of a programme says what an event pays; for those of our own the announcement does. */
const checkPoints = ({ id, payer }: Programme<unknown>, { points }: SavingEvent): void => {
  if (payer === 'us' && points === undefined)
    throw new Refused('invalid', `points: say what reaching the target of a ${id} event earns`);
  if (payer !== 'us' && points !== undefined)
    throw new Refused('invalid', `points: ${id} says itself what it pays; leave them out`);
};

const check = (event: SavingEvent, nowMs: number): void => {
  const { programme: id, date, fromHour, toHour } = event;
  const programme = eventProgramme(id);
  if (toHour <= fromHour)
    throw new Refused('invalid', `toHour: the event ends at ${toHour} h, before or as it starts at ${fromHour} h`);
  checkPoints(programme, event);
  if (dayStart(date) + fromHour * HOUR_MS <= nowMs)
    throw new Refused('invalid', `date: the event began before now (${isoSeoul(nowMs)}); announce it ahead`);
  const outside = whyNotCalled(event);
  if (outside) throw new Refused('invalid', `date and hours: ${outside.detail}`);
  const last = addDays(localDate(nowMs), ANNOUNCED_AHEAD_DAYS);
  if (date > last)
    throw new Refused('invalid', `date: announced at most ${ANNOUNCED_AHEAD_DAYS} days ahead, today until ${last}`);
};

const isAnnouncedBy = async (table: Table, eventId: string, by: Announcer): Promise<boolean> =>
  (await readAnnouncer(table, eventId))?.partnerId === by?.partnerId;

const putOnce = async ({ table, clock }: Deps, event: SavingEvent, by: Announcer): Promise<SavingEvent> => {
  const known = await readEvent(table, event.eventId);
  if (known && canonicalJson(known) === canonicalJson(event) && (await isAnnouncedBy(table, event.eventId, by)))
    return known;
  if (known) throw new Refused('conflict', `${event.eventId} was announced with other content; choose another eventId`);
  check(event, clock.now());
  const holder = await holderOfHours(table, event);
  if (holder !== undefined)
    throw new Refused('conflict', `${event.programme} has ${holder} on ${event.date} in these hours; choose others`);
  await putEvent(table, event, by);
  return event;
};

/**
 * Announces a saving event and has the homes that take part invited. The same id with the same content is the same event, however often and
 * late it is sent: invitations that were lost go out then. With other content it is refused. An event does not change and is not taken
 * back: homes act on it. `by`: the partner whose event it is; an id that somebody else has announced is refused to it.
 */
export const announceEvent = async (deps: Deps, asked: SavingEvent, by?: Announcer): Promise<SavingEvent> => {
  const event = await untilWon(deps.pause, () => putOnce(deps, asked, by));
  const { eventId, programme } = event;
  const detail = { atMs: deps.clock.now(), key: eventId, facts: { eventId, programme } };
  await deps.bus.publish([{ type: 'event.announced', detail }]);
  return event;
};
