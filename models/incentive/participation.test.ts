import { describe, expect, test } from 'vitest';
import { NOT_ASKED, overlap, startsMsOf, stateOf, takesPart, takesPartOf } from './participation.ts';
import type { SavingEvent } from './saving-event.ts';

const EVENT: SavingEvent = {
  eventId: 'own-1125',
  programme: 'per-home-dr-target',
  date: '2026-11-25',
  fromHour: 18,
  toHour: 20,
  points: 500,
};
const MISSION: SavingEvent = { ...EVENT, programme: 'apartment-mission' };
const joined = { ...NOT_ASKED, joined: { atMs: 1, by: 'member' } } as const;

describe('silence', () => {
  test('is a no to events that are joined, from the day on which their programmes say so', () => {
    for (const programme of ['per-home-dr-target', 'national-dr']) {
      expect(takesPartOf({ ...EVENT, programme })).toBe('joined');
      expect(takesPart({ ...EVENT, programme }, undefined)).toBe(false);
      expect(takesPart({ ...EVENT, programme, date: '2026-11-20' }, undefined)).toBe(true);
    }
  });

  test('is a yes to a mission, which is won by its result', () => {
    expect(takesPart(MISSION, undefined)).toBe(true);
    expect(stateOf(MISSION, NOT_ASKED)).toBe('joined');
  });

  test('of a programme without a rule for the day takes nobody in', () => {
    expect(takesPartOf({ ...EVENT, programme: 'energy-cashback' })).toBeUndefined();
    expect(takesPart({ ...EVENT, programme: 'energy-cashback' }, NOT_ASKED)).toBe(false);
  });
});

test('a no stands before a yes: what was declined is not taken part in, whatever the programme', () => {
  for (const event of [EVENT, MISSION]) {
    const declined = { ...joined, declinedMs: startsMsOf(event) - 1 };
    expect(takesPart(event, declined)).toBe(false);
    expect(stateOf(event, declined)).toBe('declined');
    expect(stateOf(event, { ...joined, declinedMs: startsMsOf(event) })).toBe('left');
    expect(stateOf(event, joined)).toBe('joined');
  }
});

test.each([
  ['the same hours', {}, true],
  ['the hour before', { fromHour: 17, toHour: 18 }, false],
  ['an hour that begins within', { fromHour: 19, toHour: 21 }, true],
  ['the hour after', { fromHour: 20, toHour: 21 }, false],
  ['another day', { date: '2026-11-26' }, false],
] as const)('two events overlap in %s: %j', (_what, over, answer) => {
  expect(overlap(EVENT, { ...EVENT, ...over })).toBe(answer);
  expect(overlap({ ...EVENT, ...over }, EVENT)).toBe(answer);
});
