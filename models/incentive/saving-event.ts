import type { LocalDate } from '../calendar/seoul.ts';
import type { Period } from './periods.ts';

/** A call to use less for some hours of a Korean day, by a programme that pays for it. */
export type SavingEvent = {
  readonly eventId: string;
  readonly programme: string;
  readonly date: LocalDate;
  /** clock hours `[fromHour, toHour)` */
  readonly fromHour: number;
  readonly toHour: number;
  /** what an event of our own pays for reaching the target; the others' programmes say what they pay */
  readonly points?: number | undefined;
};

export const eventPeriod = ({ eventId, date }: SavingEvent): Period => ({ id: eventId, from: date, to: date });

/** In time; of two that begin together the id decides. */
export const inTime = (a: SavingEvent, b: SavingEvent): number => {
  const key = ({ date, fromHour, eventId }: SavingEvent): string =>
    `${date}T${String(fromHour).padStart(2, '0')}#${eventId}`;
  return key(a) < key(b) ? -1 : 1;
};

export const hoursOfEvent = ({ fromHour, toHour }: Pick<SavingEvent, 'fromHour' | 'toHour'>): number[] =>
  Array.from({ length: Math.max(0, toHour - fromHour) }, (_, i) => fromHour + i);
