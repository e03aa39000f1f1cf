import { beforeEach, describe, expect, test } from 'vitest';
import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import type { SavingEvent } from '@hems/shared/api/events';
import { aWorld, type World } from '../../testing/world.ts';
import { readEvents } from '../stores/events.ts';
import { announceEvent } from './announce-event.ts';
import { listEvents } from './list-events.ts';

const EVENT: SavingEvent = {
  eventId: 'dr-0602-18',
  programme: 'national-dr',
  date: '2026-06-02',
  fromHour: 18,
  toHour: 20,
};

let world: World;
beforeEach(async () => {
  world = await aWorld();
  world.clock.set(dayStart('2026-06-01'));
});
const announce = (over: Partial<SavingEvent> = {}) => announceEvent(world, { ...EVENT, ...over });
const all = () => readEvents(world.table, ['2026-01-01', '2026-12-31']);

describe('announcing an event', () => {
  test('tells it to everyone who asks for its days', async () => {
    expect(await announce()).toEqual(EVENT);
    await announce({ eventId: 'dr-0604-18', date: '2026-06-04' });
    const on = async (from: string, to: string) =>
      (await listEvents(world, { from, to })).map(({ eventId }) => eventId);
    expect(await on('2026-06-02', '2026-06-02')).toEqual(['dr-0602-18']);
    expect(await on('2026-06-02', '2026-06-04')).toEqual(['dr-0602-18', 'dr-0604-18']);
    expect(await on('2026-06-05', '2026-06-30')).toEqual([]);
  });

  test('again with the same content is the same event, also when it is over', async () => {
    await Promise.all([announce(), announce()]);
    world.clock.set(dayStart('2026-06-10'));
    expect(await announce()).toEqual(EVENT);
    expect(await all()).toEqual([EVENT]);
  });

  test.each([{ date: '2026-06-03' }, { toHour: 19 }, { programme: 'apartment-mission' }])(
    'again with %j is refused, and the first stands',
    async (over) => {
      await announce();
      await expect(announce(over)).rejects.toMatchObject({ kind: 'conflict' });
      expect(await all()).toEqual([EVENT]);
    },
  );

  test('for hours that the programme has called already is refused with the event that holds them', async () => {
    await announce();
    await expect(announce({ eventId: 'dr-other', fromHour: 19, toHour: 21 })).rejects.toMatchObject({
      kind: 'conflict',
      message: 'national-dr has dr-0602-18 on 2026-06-02 in these hours; choose others',
    });
    await announce({ eventId: 'dr-after', fromHour: 20, toHour: 21 });
    await announce({ eventId: 'mission', programme: 'apartment-mission' });
    expect((await all()).map(({ eventId }) => eventId).toSorted()).toEqual(['dr-0602-18', 'dr-after', 'mission']);
  });

  test.each([
    ['a day that is past', { date: '2026-05-31' }, 'date'],
    ['no hours', { fromHour: 18, toHour: 18 }, 'toHour'],
    ['hours that run backwards', { fromHour: 20, toHour: 18 }, 'toHour'],
    ['a programme that there is not', { programme: 'nothing' }, 'programme'],
    ['a programme that pays by month', { programme: 'energy-cashback' }, 'programme'],
    ['points for a programme that says itself what it pays', { points: 100 }, 'points'],
    ['no points for one of our own', { programme: 'per-home-dr-target' }, 'points'],
    ['a whole Saturday of a programme of weekdays', { date: '2026-06-06', fromHour: 0, toHour: 24 }, 'date and hours'],
    ['the day of an election, which is a public holiday', { date: '2026-06-03' }, 'date and hours'],
    ['an hour after the last that the programme may call', { fromHour: 20, toHour: 22 }, 'date and hours'],
    ['a day 61 days ahead, which nobody would look at in time', { date: '2026-08-03' }, 'date'],
    ['a year whose holidays are not known', { date: '2028-06-01' }, 'date and hours'],
  ] as const)('for %s is refused, and nothing is written', async (_what, over, at) => {
    await expect(announce(over)).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(`^${at}: `) as string,
    });
    expect(await all()).toEqual([]);
  });

  test('for a day 60 days ahead is taken: who takes part is shown it', async () => {
    expect(await announce({ date: '2026-07-31' })).toMatchObject({ date: '2026-07-31' });
  });

  test('at any time is for programmes whose rule names no days and hours', async () => {
    const night = { date: '2026-06-06', fromHour: 22, toHour: 24 };
    await announce({ ...night, eventId: 'mission-0606', programme: 'apartment-mission' });
    await announce({ ...night, eventId: 'own-0606', programme: 'per-home-dr-target', points: 100 });
    expect(await all()).toHaveLength(2);
  });

  test('for an hour that has begun is refused; for the next one it is not too late', async () => {
    world.clock.set(dayStart(EVENT.date) + 18 * HOUR_MS);
    await expect(announce()).rejects.toMatchObject({ kind: 'invalid' });
    expect(await announce({ fromHour: 19 })).toMatchObject({ fromHour: 19 });
  });
});

test.each([
  ['2026-06-02', '2026-06-01', 'from (2026-06-02) is after to (2026-06-01)'],
  ['2025-01-01', '2026-06-01', '517 days; at most 400'],
])('a list from %s to %s is refused', async (from, to, message) => {
  await expect(listEvents(world, { from, to })).rejects.toMatchObject({ kind: 'invalid', message });
});
