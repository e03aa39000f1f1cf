import { slotStart } from '@hems/models/calendar/seoul';
import { isCounted } from '@hems/models/usage/household';
import { inConflict } from '@hems/models/reading/point';
import { mergeSlots, sameSlot, slotOf, type Slot } from '@hems/models/usage/slot';
import type { Clock } from '../../ports/clock.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import type { Kept } from '../stores/quarantine.ts';
import { parseSlot, slotKey, slotPut } from '../stores/slots.ts';
import { markLate } from '../stores/late-days.ts';
import type { Arrival } from './admit.ts';
import { conflict, type DeviceArrivals } from './by-device.ts';
import { lateDateOf } from './late-date.ts';
import { mergeItems, type Addition } from './merge-items.ts';
import { hourEndedBy, type Ended } from './watch-use.ts';

type SlotAddition = Addition<Slot> & { readonly startMs: number; readonly arrivals: readonly Arrival[] };

/**
 * What one device said, as one addition per quarter hour. Of all that it said: a slot holds less than a point, so of two
 * contents under one (boot, seq) it decides by what it holds, whether they come together or apart.
 */
const additionsOf = ({ householdId, deviceId, said }: DeviceArrivals): SlotAddition[] =>
  [...Map.groupBy(said, ({ point }) => slotStart(point.ts))].flatMap(([startMs, arrivals]) => {
    const value = slotOf(arrivals.map(({ point }) => point));
    return value.length === 0 ? [] : [{ key: slotKey(householdId, deviceId, startMs), startMs, value, arrivals }];
  });

/** The stored content that contradicts an arrival, both as far as a slot holds them. */
const conflictsWith = (stored: Slot, { value, arrivals }: SlotAddition): Kept[] => {
  const byTs = new Map(stored.map((observation) => [observation.ts, observation]));
  const contradicted = new Set(value.filter((one) => inConflict(one, byTs.get(one.ts) ?? one)).map(({ ts }) => ts));
  return arrivals
    .filter(({ point }) => contradicted.has(point.ts))
    .flatMap((arrival) =>
      conflict(arrival, { ...arrival, point: { ...arrival.point, ...byTs.get(arrival.point.ts) } }),
    );
};

/**
 * Marks the days that readings came for after their end. After the slots are written, and whether or not they changed: a
 * message that comes again because this failed finds its slots as they should be, and the days still unmarked.
 */
const markLateDays = async ({ table, clock }: Deps, devices: readonly DeviceArrivals[]): Promise<void> => {
  const nowMs = clock.now();
  const late = new Map<string, { householdId: string; date: string }>();
  for (const { householdId, arrivals } of devices) {
    for (const { point } of arrivals) {
      const date = isCounted(point.kind) ? lateDateOf(point.ts, nowMs) : undefined;
      if (date !== undefined) late.set(`${householdId}#${date}`, { householdId, date });
    }
  }
  await Promise.all([...late.values()].map((day) => markLate(table, { ...day, atMs: nowMs })));
};

type Deps = { readonly table: Table; readonly pause: Pause; readonly clock: Clock };

/** The households of which a counted device has just begun an hour, and when it began. Which of them is the last to speak differs by home. */
const endedHours = (begun: readonly SlotAddition[], nowMs: number): Map<string, Ended> =>
  new Map(
    begun.flatMap(({ startMs, arrivals: [first] }) => {
      if (!first || !isCounted(first.point.kind) || !hourEndedBy(startMs, nowMs)) return [];
      const { householdId, message } = first;
      return [[householdId, { householdId, endMs: startMs, correlationId: message.event.correlation }]];
    }),
  );

/** What contradicted the stored slots, and by household the end of the hour that a device has now spoken of. */
export type SlotsReport = { readonly kept: readonly Kept[]; readonly ended: ReadonlyMap<string, Ended> };

/** Merges the arrivals into the quarter-hour items of their devices. */
export const updateSlots = async (deps: Deps, devices: readonly DeviceArrivals[]): Promise<SlotsReport> => {
  const kept: Kept[] = [];
  const begun = await mergeItems<Slot, SlotAddition>(deps, devices.flatMap(additionsOf), {
    parse: parseSlot,
    merge: (stored, addition) => {
      kept.push(...conflictsWith(stored, addition));
      return mergeSlots(stored, addition.value);
    },
    same: sameSlot,
    put: ({ key }, write) => slotPut(key, write),
  });
  await markLateDays(deps, devices);
  return { kept, ended: endedHours(begun, deps.clock.now()) };
};
