import fc from 'fast-check';
import { expect, test } from 'vitest';
import { candidateDays } from '../baseline/candidate-days.ts';
import { estimateOf, outcomeOf } from './event-worth.ts';
import { freezeEventUse, planEvent, rulingOf } from './event-inputs.ts';
import type { EventInputs } from './inputs.ts';
import type { SavingEvent } from './saving-event.ts';
import { settleInputs } from './settle.ts';

const DATE = '2026-11-25';
const PROGRAMMES = ['national-dr', 'apartment-mission', 'per-home-dr-target'] as const;
const { dates } = candidateDays({ eventDate: DATE, earlierEventDates: new Set() }, 10);

/** What a home used in each of two hours, on the ten days before and in the event. */
const lives = fc.record({
  programme: fc.constantFrom(...PROGRAMMES),
  past: fc.array(fc.tuple(fc.nat(5000), fc.nat(5000)), { minLength: 10, maxLength: 10 }),
  used: fc.tuple(fc.nat(8000), fc.nat(8000)),
});

const inputsOf = ({ programme, past, used }: typeof lives extends fc.Arbitrary<infer T> ? T : never): EventInputs => {
  const event: SavingEvent = { eventId: 'e-1', programme, date: DATE, fromHour: 18, toHour: 20 };
  const ruling = rulingOf(event, undefined);
  if ('status' in ruling) throw new Error(ruling.detail);
  const use = freezeEventUse(planEvent(event, ruling, new Set()), (date, hour) => {
    const wh = date === DATE ? used[hour - 18] : past[dates.indexOf(date)]?.[hour - 18];
    return wh === undefined ? undefined : { wh, quality: 'good' };
  });
  if (programme === 'apartment-mission') return { programme, ...use, successesBefore: 0 };
  return programme === 'national-dr' ? { programme, ...use } : { programme, ...use, points: 500 };
};

test('what an event came to is what its settlement pays, is never below nothing, and adds up', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const inputs = inputsOf(life);
      const outcome = outcomeOf(inputs, 1);
      const settled = settleInputs(inputs);
      if (outcome.status !== 'known' || !('reward' in settled) || settled.reward.status !== 'reward')
        throw new Error('neither is known');
      expect(outcome.amount).toBe(settled.reward.amount);
      expect(outcome.amount).toBeGreaterThanOrEqual(0);
      expect(outcome.savedWh).toBe(outcome.baselineWh - outcome.importWh);
      expect(outcome.importWh).toBe(life.used[0] + life.used[1]);
    }),
  );
});

test('a home that cuts as much as the estimate asks earns at least its lower figure, and nothing of the event is looked at before', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const estimate = estimateOf(inputsOf(life));
      if (estimate.status !== 'known') throw new Error('the home has a past');
      expect(estimateOf(inputsOf({ ...life, used: [0, 0] }))).toEqual(estimate);
      expect(estimate.low).toBeLessThanOrEqual(estimate.high);
      const nothingUsed = outcomeOf(inputsOf({ ...life, used: [0, 0] }), 1);
      if (nothingUsed.status !== 'known' || nothingUsed.baselineWh <= (estimate.targetWh ?? 0)) return;
      expect(nothingUsed.amount).toBeGreaterThanOrEqual(estimate.low);
    }),
  );
});
