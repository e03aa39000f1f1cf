import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import { FINAL_AFTER_DAYS } from '@hems/models/day/day-value';
import { isOpen, spellOver, spellsOf, type Spell } from '@hems/models/incentive/enrolment';
import { halvesIn, monthsIn, type Period } from '@hems/models/incentive/periods';
import type { Programme } from '@hems/models/incentive/programme';
import { programmeOf } from '@hems/models/incentive/programmes';
import { eventPeriod, inTime, type SavingEvent } from '@hems/models/incentive/saving-event';
import type { Enrolment } from '@hems/shared/api/programmes';
import type { ReadEvents } from '../stores/events.ts';

/** One taking part of a household, with its spells. */
export type Part = { readonly enrolment: Enrolment; readonly programme: Programme<unknown>; readonly spells: Spell[] };
/** A period that is settled on the day. */
export type Due = Part & { readonly period: Period; readonly spell: Spell; readonly event?: SavingEvent };

/** A programme's rows are never taken away, so an enrolment without one is an error of ours. */
const partOf = (enrolment: Enrolment): Part => {
  const programme = programmeOf(enrolment.programme);
  if (!programme)
    throw new RangeError(`there is no programme ${enrolment.programme}, and a household is enrolled in it`);
  return { enrolment, programme, spells: spellsOf(enrolment.history, programme.joins) };
};

export const partsOf = (enrolments: readonly Enrolment[]): Part[] => enrolments.map(partOf);

const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);
const isEvents = ({ programme }: Part): boolean => programme.period === 'event';

/** Beyond it no day stands for an event's: twice ten days and the holidays and events between them. */
export const LOOK_BACK_DAYS = 120;

/** The announced events that decide the day: those that may still be settled, and those on the days before that stand for theirs. */
export const eventsFor = (read: ReadEvents, parts: readonly Part[], date: LocalDate): Promise<SavingEvent[]> => {
  const open = parts.filter(isEvents).flatMap(({ spells }) => spells);
  if (open.length === 0) return Promise.resolve([]);
  const since = addDays(date, -FINAL_AFTER_DAYS);
  const oldest = open
    .filter(({ grantedOn }) => grantedOn >= since)
    .map(({ from }) => from)
    .reduce(earlier, since);
  return read([addDays(oldest, -LOOK_BACK_DAYS), date]);
};

type Candidate = { readonly period: Period; readonly event?: SavingEvent };
const candidates = ({ programme, spells }: Part, date: LocalDate, events: readonly SavingEvent[]): Candidate[] => {
  const within = (periods: (from: LocalDate, to: LocalDate) => Period[]): Candidate[] =>
    spells.flatMap(({ from, to }) => periods(from, earlier(to ?? date, date)).map((period) => ({ period })));
  if (programme.period === 'month') return within(monthsIn);
  if (programme.period === 'half-year') return within(halvesIn);
  return events
    .filter((event) => event.programme === programme.id)
    .toSorted(inTime)
    .map((event) => ({ period: eventPeriod(event), event }));
};

/** What is settled on the day, oldest first within a programme: a later period may rest on the earlier one's entry. */
export const duePeriods = (parts: readonly Part[], date: LocalDate, events: readonly SavingEvent[]): Due[] =>
  parts.flatMap((part) => {
    const due = candidates(part, date, events).flatMap(({ period, event }): Due[] => {
      const spell = spellOver(part.spells, period);
      return spell && isOpen(period, spell, date) ? [{ ...part, period, spell, ...(event && { event }) }] : [];
    });
    const once = new Map(due.map((one) => [one.period.id, one]));
    return [...once.values()].toSorted((a, b) => (a.period.to < b.period.to ? -1 : a.period.to > b.period.to ? 1 : 0));
  });

/** The days on which the home was called: by the programme itself, and by others that it took part in on the day. */
export const calledOn = (
  programme: string,
  parts: readonly Part[],
  events: readonly SavingEvent[],
): ReadonlySet<LocalDate> => {
  const takesPart = (event: SavingEvent): boolean =>
    parts.some((part) => part.programme.id === event.programme && spellOver(part.spells, eventPeriod(event)));
  return new Set(events.filter((event) => event.programme === programme || takesPart(event)).map(({ date }) => date));
};
