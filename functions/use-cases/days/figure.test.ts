import { expect, test } from 'vitest';
import { addDays } from '@hems/models/calendar/seoul';
import { factsOf, type DayFacts } from '@hems/models/day/derive-day';
import { datesBetween } from '@hems/models/day/open-days';
import { ASSUMED_SUPPLY } from '@hems/models/household/supply';
import { aDay } from '../../testing/past-use.ts';
import type { StoredDay } from '../stores/days.ts';
import { changedDays, fingerprints } from './figure.ts';

const [YESTERDAY, TODAY] = ['2026-11-19', '2026-11-20'];
const home = {
  supplies: [{ from: '2025-01-01', supply: { ...ASSUMED_SUPPLY, netMetering: true } }],
  isDemo: false,
  hasMeter: true,
};
const basisOn = fingerprints(home);
const nothing = new Map<string, StoredDay>();
const byDate = (days: readonly StoredDay[]) => new Map(days.map((one) => [one.day.date, one]));

test('a day that was derived again and says the same keeps its saving and credit for the day after it', () => {
  const past = datesBetween('2026-09-01', YESTERDAY);
  const items = past.map((date, i) => aDay(date, i % 2 === 0 ? 9000 : 14_000, { exportWh: 9900, loadWh: 9000 }));
  const facts = new Map(items.map((day): [string, DayFacts] => [day.date, factsOf(day)]));
  const stored = byDate(changedDays({ home, basisOn, stored: nothing, facts, wanted: past }));
  expect(stored.get(YESTERDAY)?.day.saving).toMatchObject({ status: 'saved', savedWh: expect.any(Number) });
  const today: [string, DayFacts] = [TODAY, factsOf(aDay(TODAY, 8000, { exportWh: 100, loadWh: 8000 }))];
  const after = (again: readonly string[]) => {
    const derived = again.map((date): [string, DayFacts] => [date, factsOf(stored.get(date)?.day ?? aDay(date, 0))]);
    return changedDays({ home, basisOn, stored, facts: new Map([...derived, today]), wanted: [TODAY] });
  };
  const alone = after([]);
  expect(alone).toHaveLength(1);
  expect(alone[0]?.day.saving).toMatchObject({ status: 'saved' });
  expect(after([YESTERDAY])).toEqual(alone);
  expect(after(datesBetween(addDays(TODAY, -30), YESTERDAY))).toEqual(alone);
  expect(after(past)).toEqual(alone);
});
