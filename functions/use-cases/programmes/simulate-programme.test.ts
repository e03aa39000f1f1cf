import { beforeEach, describe, expect, test } from 'vitest';
import { candidateDays } from '@hems/models/baseline/candidate-days';
import { addDays, dayStart } from '@hems/models/calendar/seoul';
import { simulateProgramme as route } from '@hems/shared/api/programmes';
import { liveHours, liveMonths, months } from '../../testing/past-use.ts';
import { aWorld, HOME, type World } from '../../testing/world.ts';
import { readEntries } from '../stores/ledger.ts';
import { announceEvent } from './announce-event.ts';
import { simulateProgramme } from './simulate-programme.ts';

const { householdId } = HOME;
let world: World;
beforeEach(async () => {
  world = await aWorld();
  world.clock.set(dayStart('2026-11-22'));
});
const simulate = async (programme: string) => {
  const answer = await simulateProgramme(world, { householdId, programme });
  const told = route.answer.parse(answer);
  // the description says that nothing else is in it
  expect(answer).toEqual(told);
  return told;
};
const told = async (programme: string) =>
  (await simulate(programme)).periods.map((one) => [
    one.period,
    one.status === 'reward' ? one.amount : one.status === 'unpriced' ? `≤ ${one.atMost}` : one.code,
  ]);

describe('what energy cashback would have paid', () => {
  test('a home of 26 months, month by month: what it could not be held against, what was paid, what has no price', async () => {
    await liveMonths(world, { ...months('2024-09', 24, 350), '2026-05': 310, '2026-09': 350, '2026-10': 310 });
    const simulation = await simulate('energy-cashback');
    expect(simulation).toMatchObject({
      unit: 'won',
      empty: null,
      assumptions: ['took-part-throughout', 'regional-mean-reached'],
      total: 3200,
      // 40 kWh at most at 120 won
      atMostBeside: 4800,
    });
    const periods = await told('energy-cashback');
    expect(periods.slice(0, 2)).toEqual([
      ['2024-11', 'no-prior-year'],
      ['2024-12', 'no-prior-year'],
    ]);
    expect(periods.slice(-6)).toEqual([
      ['2026-05', 3200],
      ['2026-06', 0],
      ['2026-07', 0],
      ['2026-08', 0],
      ['2026-09', 0],
      ['2026-10', '≤ 4800'],
    ]);
    expect(simulation.periods.find(({ period }) => period === '2026-05')).toMatchObject({
      remarks: ['region-assumed-reached'],
      baseline: { method: 'same-month-two-years', wh: 350_000, remarks: ['one-prior-year'] },
    });
  });

  test('a month with a day missing is told as such; the months before the first known one are left out', async () => {
    await liveMonths(world, { '2025-03': 350, '2026-03': 340, '2026-05': 310 });
    const periods = await told('energy-cashback');
    expect(periods[0]).toEqual(['2025-03', 'no-prior-year']);
    expect(periods).toContainEqual(['2026-04', 'missing-use']);
    expect(periods).toContainEqual(['2026-03', 0]);
  });

  test('a home without a past is told that there is nothing to simulate', async () => {
    expect(await simulate('energy-cashback')).toMatchObject({ periods: [], empty: 'no-history', total: 0 });
  });

  test('writes nothing', async () => {
    await liveMonths(world, { ...months('2024-09', 24, 350) });
    await simulate('energy-cashback');
    expect(await readEntries(world.table, householdId)).toEqual([]);
  });
});

test('what carbon points would have paid: a half-year that was won counts toward the next', async () => {
  await liveMonths(world, {
    ...months('2022-07', 24, 350),
    ...months('2024-07', 6, 308),
    ...months('2025-01', 6, 308),
    ...months('2025-07', 6, 320),
    ...months('2026-01', 6, 320),
  });
  expect(await told('carbon-points-energy')).toEqual([
    ['2024-H1', 0],
    ['2024-H2', 10_000],
    ['2025-H1', 10_000],
    // against 329 a month: 2.7 % after two wins, and after a half-year without one it is nothing
    ['2025-H2', 3000],
    ['2026-H1', 0],
  ]);
});

describe('what events would have paid', () => {
  const DATE = '2026-10-14';
  const { dates } = candidateDays({ eventDate: DATE, earlierEventDates: new Set() }, 10);

  test('the announced ones, though the home took no part', async () => {
    world.clock.set(dayStart(addDays(DATE, -1)));
    const event = { eventId: 'dr-1014', programme: 'national-dr', date: DATE, fromHour: 18, toHour: 19 };
    await announceEvent(world, event);
    await announceEvent(world, {
      ...event,
      eventId: 'mission-1',
      programme: 'apartment-mission',
      fromHour: 20,
      toHour: 21,
    });
    const profile = [1100, 1250, 950, 1400, 1050, 1600, 1150, 800, 1300, 1200];
    const hours = dates.map((date, i) => ({ date, hour: 18, wh: profile[i]! }));
    await liveHours(world, [...hours, { date: DATE, hour: 18, wh: 850 }]);
    world.clock.set(dayStart('2026-11-22'));
    expect(await told('national-dr')).toEqual([['dr-1014', 422]]);
    expect(await told('apartment-mission')).toEqual([['mission-1', 'missing-use']]);
  });

  test('none announced, none simulated, and it says so', async () => {
    expect(await simulate('national-dr')).toMatchObject({ periods: [], empty: 'no-past-events' });
  });
});

test.each([
  ['energy-cashback-evening-peak', ['2026-07', '2026-08']],
  ['energy-cashback-smart-appliance', ['2026-09', '2026-10']],
])('%s ended, and is refused month by month with the reason', async (programme, expected) => {
  expect(await told(programme)).toEqual(expected.map((month) => [month, 'not-measured']));
});

test('challenges are joined one by one, and simulated by none', async () => {
  expect(await simulate('community-challenge')).toMatchObject({ periods: [], empty: 'joined-one-by-one' });
});

test('a programme that there is not is not found', async () => {
  await expect(simulate('nothing')).rejects.toMatchObject({ kind: 'not-found' });
});
