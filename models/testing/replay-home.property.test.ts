import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS, SLOT_MS } from '../calendar/seoul.ts';
import { originDateOf } from '../household/origin-date.ts';
import type { RecordedHome, RecordedHour } from './recorded-home.ts';
import { newReplay, replayPoints, replaying, stepReplay, type Replay, type ReplayState } from './replay-home.ts';

const kwh = fc.double({ min: 0, max: 9, noNaN: true }).map((value) => Math.round(value * 10_000) / 10_000);
const anyHour = fc.option(fc.record({ loadKwh: kwh, pvKwh: kwh }), { nil: undefined, freq: 8 });
const anyDay = fc.array(anyHour, { minLength: 24, maxLength: 24 });

const FIRST = '2015-03-02';
const SHIFT_DAYS = 7 * 600;
const recordedOf = (days: (RecordedHour | undefined)[][], hasPv: boolean): RecordedHome => ({
  firstDate: FIRST,
  lastDate: addDays(FIRST, days.length - 1),
  hasPv,
  days: new Map(
    days.map((hours, index) => [
      addDays(FIRST, index),
      hours.map((hour) => hour && { ...hour, pvKwh: hasPv ? hour.pvKwh : 0 }),
    ]),
  ),
});
const anyReplay = fc
  .record({
    days: fc.array(anyDay, { minLength: 2, maxLength: 4 }),
    hasPv: fc.boolean(),
    scale: fc.constantFrom(1, 0.46, 1.35),
    pvScale: fc.constantFrom(1, 0.6),
  })
  .map(({ days, hasPv, scale, pvScale }): Replay => {
    const recorded = recordedOf(days, hasPv);
    const { firstDate, lastDate } = recorded;
    return { name: 'home1', recorded, origin: { shiftDays: SHIFT_DAYS, firstDate, lastDate, scale, pvScale } };
  });

const START = addDays(FIRST, SHIFT_DAYS);
const loadOf = (from: ReplayState, to: ReplayState): number =>
  to.importWh - from.importWh - (to.exportWh - from.exportWh) + to.solarWh - from.solarWh;

test('each recorded day lives again with its energy to 1 Wh, and import − export = load − pv in whole Wh', () => {
  fc.assert(
    fc.property(anyReplay, (replay) => {
      const home = replaying(replay);
      let state = newReplay(dayStart(START));
      for (const date of [...replay.recorded.days.keys()].map((_, index) => addDays(START, index))) {
        const next = stepReplay(home, state, dayStart(addDays(date, 1)));
        const hours = replay.recorded.days.get(originDateOf(replay.origin, date))!;
        const kwhOf = (side: 'loadKwh' | 'pvKwh'): number => hours.reduce((sum, hour) => sum + (hour?.[side] ?? 0), 0);
        expect(
          Math.abs(loadOf(state, next) - Math.round(1000 * replay.origin.scale * kwhOf('loadKwh'))),
        ).toBeLessThanOrEqual(1);
        expect(
          Math.abs(next.solarWh - state.solarWh - Math.round(1000 * replay.origin.pvScale * kwhOf('pvKwh'))),
        ).toBeLessThanOrEqual(1);
        state = next;
      }
    }),
  );
});

test('the minutes of an hour add up to it exactly, rounding never adds up over days, and registers never fall', () => {
  fc.assert(
    fc.property(anyReplay, (replay) => {
      const home = replaying(replay);
      let state = newReplay(dayStart(START));
      const begin = state;
      let kwhSoFar = 0;
      for (let hour = 0; hour < replay.recorded.days.size * 24; hour++) {
        const recorded = [...replay.recorded.days.values()][Math.floor(hour / 24)]![hour % 24];
        kwhSoFar += (recorded?.loadKwh ?? 0) * 1000 * replay.origin.scale;
        for (let slot = 1; slot <= 4; slot++) {
          const next = stepReplay(home, state, state.atMs + SLOT_MS);
          expect(next.importWh).toBeGreaterThanOrEqual(state.importWh);
          expect(next.exportWh).toBeGreaterThanOrEqual(state.exportWh);
          state = next;
        }
        expect(loadOf(begin, state)).toBe(Math.round(kwhSoFar));
      }
    }),
  );
});

test('a missing hour is silent but for its first instant, which closes the hour before it', () => {
  fc.assert(
    fc.property(anyReplay, fc.nat(2 * 24 - 2), fc.nat(59), (replay, hour, minute) => {
      const home = replaying(replay);
      const hours = [...replay.recorded.days.values()].flat();
      const atMs = dayStart(START) + (hour + 1) * HOUR_MS + minute * 60_000;
      const shown = replayPoints(home, stepReplay(home, newReplay(dayStart(START)), atMs));
      const closes = minute === 0 && hours[hour] !== undefined;
      expect(shown.length > 0).toBe(hours[hour + 1] !== undefined || closes);
      expect(new Set(shown.map(({ q }) => q)).size).toBeLessThanOrEqual(1);
      for (const { q } of shown) expect(q).toBe(2);
    }),
  );
});

test('a replay that is stopped and woken goes on as if it had never stopped', () => {
  fc.assert(
    fc.property(anyReplay, fc.nat(2879), (replay, minutes) => {
      const begin = newReplay(dayStart(START));
      const endMs = begin.atMs + 2880 * 60_000;
      const paused = stepReplay(replaying(replay), begin, begin.atMs + minutes * 60_000);
      expect(stepReplay(replaying(replay), paused, endMs)).toEqual(stepReplay(replaying(replay), begin, endMs));
    }),
  );
});
