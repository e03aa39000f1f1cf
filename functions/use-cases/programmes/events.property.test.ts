import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayStart } from '@hems/models/calendar/seoul';
import type { SavingEvent } from '@hems/shared/api/events';
import { aWorld } from '../../testing/world.ts';
import { readEvents } from '../stores/events.ts';
import { announceEvent } from './announce-event.ts';

const EVENT: SavingEvent = {
  eventId: 'event',
  programme: 'apartment-mission',
  date: '2026-06-02',
  fromHour: 18,
  toHour: 20,
};

test('however they are announced at once, no two events of a programme share an hour, and none is half written', async () => {
  const asked = fc.array(fc.tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 3 })), { maxLength: 6 });
  const world = await aWorld();
  world.clock.set(dayStart(EVENT.date) - 1);
  let { date } = EVENT;
  await fc.assert(
    fc.asyncProperty(asked, async (windows) => {
      date = addDays(date, 1);
      const events = windows.map(([fromHour, width], i): SavingEvent => {
        return { ...EVENT, date, eventId: `event-${date}-${i}`, fromHour, toHour: Math.min(24, fromHour + width) };
      });
      const told = await Promise.allSettled(events.map((event) => announceEvent(world, event)));
      const kept = await readEvents(world.table, [date, date]);
      expect(kept).toHaveLength(told.filter(({ status }) => status === 'fulfilled').length);
      const hours = kept.flatMap(({ fromHour, toHour }) =>
        Array.from({ length: toHour - fromHour }, (_, i) => fromHour + i),
      );
      expect(new Set(hours).size).toBe(hours.length);
    }),
  );
  await world.database.close();
});
