import { beforeEach, expect, test } from 'vitest';
import { addDays, dayStart } from '@hems/models/calendar/seoul';
import { NO_AUTO_JOIN } from '@hems/models/incentive/auto-join';
import { endOf, EVENT, OWNER } from '../../testing/called-home.ts';
import { aWorld, type World } from '../../testing/world.ts';
import { announceEvent } from '../programmes/announce-event.ts';
import { enrol } from '../programmes/enrol.ts';
import { moveApplication } from '../programmes/move-application.ts';
import { enrolmentPut } from '../stores/enrolments.ts';
import { readingOnce } from '../stores/events.ts';
import { readParticipation } from '../stores/participations.ts';
import { setRule } from './auto-join.ts';
import { eventFigures } from './event-figures.ts';
import { readHouseholdEvents } from './read-events.ts';

const { householdId } = OWNER;
const MISSION = { ...EVENT, eventId: 'mission-1125', programme: 'apartment-mission', points: undefined };
const join = () => enrol(world, OWNER, { programme: EVENT.programme, answers: {} });
const own = async (event = EVENT) => (await readParticipation(world.table, householdId, event)).own;

let world: World;
beforeEach(async () => {
  world = await aWorld();
  world.clock.set(dayStart('2026-11-20'));
});

test('a home that joins a programme after the announcement is invited, and its rule decides', async () => {
  await announceEvent(world, EVENT);
  await setRule({ ...world, events: readingOnce(world.table) }, OWNER, { ...NO_AUTO_JOIN, isOn: true });
  await join();
  const first = await own();
  expect(first).toMatchObject({ invitedMs: dayStart('2026-11-20'), joined: { by: 'rule' } });
  expect((await eventFigures(world, EVENT.eventId)).households).toBe(1);
  world.clock.set(dayStart('2026-11-21'));
  await join();
  expect(await own()).toEqual(first);
});

/** Waits for the office since before the event was announced. */
const waiting = () =>
  world.table.put(
    enrolmentPut(
      householdId,
      {
        programme: MISSION.programme,
        state: 'under-review',
        from: '2026-11-01',
        withdrawnOn: null,
        answers: {},
        history: [
          { state: 'applied', on: '2026-11-01' },
          { state: 'under-review', on: '2026-11-02' },
        ],
      },
      0,
    ),
  );
const approve = () => moveApplication(world, { householdId, programme: MISSION.programme, to: 'approved' });

test('a home that is approved after the announcement counts among the homes of the event, where silence is a yes', async () => {
  await waiting();
  await announceEvent(world, MISSION);
  await approve();
  expect((await own(MISSION)).invitedMs).toBe(dayStart('2026-11-20'));
  expect((await eventFigures(world, MISSION.eventId)).households).toBe(1);
});

test('nobody is invited to an event that is over', async () => {
  await waiting();
  await announceEvent(world, MISSION);
  world.clock.set(endOf(MISSION));
  await approve();
  expect((await own(MISSION)).invitedMs).toBeNull();
});

test('an event 60 days ahead, the farthest there is, is shown to the home that it invites', async () => {
  await announceEvent(world, { ...EVENT, date: addDays('2026-11-20', 60) });
  await join();
  expect((await readHouseholdEvents(world, householdId)).events).toMatchObject([{ eventId: EVENT.eventId }]);
});
