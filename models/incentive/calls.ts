import { dayKind } from '../calendar/holidays.ts';
import { notSettled, versionFor, type NotSettled } from './programme.ts';
import { EVENT_PROGRAMMES } from './rows/events.ts';
import type { SavingEvent } from './saving-event.ts';

export type Call = Pick<SavingEvent, 'programme' | 'date' | 'fromHour' | 'toHour'>;

/** Why a programme may not call so, by the rule in force on the day; undefined: it may. Public holidays are no weekdays. */
export const whyNotCalled = ({ programme: id, date, fromHour, toHour }: Call): NotSettled | undefined => {
  const programme = EVENT_PROGRAMMES.find((one) => one.id === id);
  if (!programme) return notSettled('unknown-rule', `${id} pays for no events`);
  const version = versionFor(programme, date, date);
  if ('status' in version) return version;
  const { calls } = version.rule;
  if (!calls) return undefined;
  const kind = dayKind(date);
  if (kind === undefined)
    return notSettled(
      'holiday-table-ends',
      `${id} calls on weekdays, and the public holidays of ${date} are not known`,
    );
  if (kind !== 'weekday') return notSettled('not-in-force', `${id} calls on weekdays; ${date} is a ${kind}`);
  if (fromHour < calls.fromHour || calls.toHour < toHour)
    return notSettled(
      'not-in-force',
      `${id} calls from ${calls.fromHour} to ${calls.toHour} h, not ${fromHour} to ${toHour} h`,
    );
  return undefined;
};
