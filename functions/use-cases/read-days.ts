import { addDays, dayNumber, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { DayItem } from '@hems/models/day/day-value';
import { firstOpenDay } from '@hems/models/day/open-days';
import type { Day, Days } from '@hems/shared/api/days';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { Refused } from './refusal.ts';
import { readDays as readItems } from './stores/days.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Asked = { readonly householdId: string; readonly from: LocalDate; readonly to: LocalDate };

const MAX_DAYS = 400;

const checkRange = ({ from, to }: Asked): void => {
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days < 1) throw new Refused('invalid', `from (${from}) is after to (${to})`);
  if (days > MAX_DAYS) throw new Refused('invalid', `${days} days: at most ${MAX_DAYS}; ask for less`);
};

const toDay = ({ basis: _ours, unheard: _steers, ...day }: DayItem, firstOpen: LocalDate): Day => ({
  ...day,
  state: day.date < firstOpen ? 'final' : 'provisional',
});

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const savedOf = (days: readonly Day[]): Days['saved'] => {
  const saved = days.flatMap(({ saving, state }) => (saving?.status === 'saved' ? [{ ...saving, state }] : []));
  if (saved.length === 0) return null;
  const won = saved.flatMap(({ savedWon }) => savedWon ?? []);
  return {
    days: saved.length,
    savedWh: sum(saved.map(({ savedWh }) => savedWh)),
    savedWon: won.length === 0 ? null : sum(won),
    savedCo2G: sum(saved.map(({ savedCo2G }) => savedCo2G)),
    provisional: saved.some(({ state }) => state === 'provisional'),
  };
};

/** The daily items of a range as the daily run left them; a day that it has not reached, or that has no device yet, is left out. */
export const readDays = async ({ table, clock }: Deps, asked: Asked): Promise<Days> => {
  checkRange(asked);
  const { householdId, from, to } = asked;
  const today = localDate(clock.now());
  const items = await readItems(table, householdId, [from, to < today ? to : addDays(today, -1)]);
  const days = items.map((day) => toDay(day, firstOpenDay(today)));
  return { householdId, days, saved: savedOf(days) };
};
