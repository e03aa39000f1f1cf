import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, dayStart, HOUR_MS, localDate, localTime } from '../calendar/seoul.ts';
import { decide, WEEK_MS, type Asked } from './decide.ts';
import { KINDS, MESSAGE_CHANNELS, NOTICE_KINDS } from './kinds.ts';
import { firstOutside } from './quiet.ts';

const MONDAY = dayStart('2026-11-23');
const instant = fc.integer({ min: 0, max: 21 * 24 * 60 - 1 }).map((minute) => MONDAY + minute * 60_000);
const hours = fc.record({ fromHour: fc.integer({ min: 0, max: 23 }), toHour: fc.integer({ min: 0, max: 23 }) });
const kind = fc.constantFrom(...NOTICE_KINDS);
const channel = fc.constantFrom(...MESSAGE_CHANNELS);
const ALL_ON = { inbox: true, push: true, email: true } as const;

const anAsked = (over: Partial<Asked> = {}): Asked => ({
  kind: 'unusual-use',
  channel: 'push',
  preferences: { channels: ALL_ON, quiet: { fromHour: 21, toHour: 8 }, weeklyCap: 5 },
  nowMs: MONDAY + 12 * HOUR_MS,
  toldMs: MONDAY + 12 * HOUR_MS,
  sentMs: [],
  pushedMs: [],
  consent: true,
  ...over,
});
const hourOf = (ms: number): number => Number(localTime(ms).slice(0, 2));

describe('quiet hours', () => {
  test.each([
    ['an evening waits over midnight', '2026-11-23', 22.5, '2026-11-24', 8],
    ['a night after midnight waits for the same morning', '2026-11-24', 2, '2026-11-24', 8],
    ['the last minute of them waits a minute', '2026-11-24', 7 + 59 / 60, '2026-11-24', 8],
    ['their end is over', '2026-11-24', 8, '2026-11-24', 8],
    ['the minute before them is free', '2026-11-23', 20 + 59 / 60, '2026-11-23', 20 + 59 / 60],
  ])('of 21 to 8 in Seoul: %s', (_, date, hour, endDate, endHour) => {
    const [ms, end] = [dayStart(date) + hour * HOUR_MS, dayStart(endDate) + endHour * HOUR_MS];
    expect(firstOutside([{ fromHour: 21, toHour: 8 }], ms)).toBe(end);
  });

  test('whatever hours are quiet, a message goes at the first minute that is not, and never within them', () => {
    fc.assert(
      fc.property(fc.array(hours, { maxLength: 3 }), instant, (quiet, ms) => {
        const isQuiet = (at: number): boolean =>
          quiet.some(({ fromHour: a, toHour: b }) => {
            const hour = hourOf(at);
            return a <= b ? a <= hour && hour < b : hour >= a || hour < b;
          });
        const minutes = Array.from({ length: 24 * 60 + 1 }, (_, i) => ms + i * 60_000);
        expect(firstOutside(quiet, ms)).toBe(minutes.find((at) => !isQuiet(at)));
      }),
    );
  });

  test('security waits for nothing and counts into nothing', () => {
    const sentMs = [1, 2, 3, 4, 5].map((i) => MONDAY - i);
    const night = MONDAY + 2 * HOUR_MS;
    expect(decide(anAsked({ kind: 'security', nowMs: night, toldMs: night, sentMs }))).toMatchObject({ when: 'now' });
  });

  test('an invitation to an event that begins before they end is not sent after it', () => {
    const nowMs = MONDAY + 22 * HOUR_MS;
    const untilMs = MONDAY + DAY_MS + 7 * HOUR_MS;
    const asked = anAsked({ kind: 'event-invitation', nowMs, toldMs: nowMs, untilMs });
    expect(decide(asked)).toEqual({ when: 'never', why: 'too-late' });
    expect(decide({ ...asked, untilMs: untilMs + 2 * HOUR_MS })).toMatchObject({ when: 'at' });
  });
});

describe('advertising', () => {
  test('goes only with consent and only between 8 and 21, whatever hours the person calls quiet', () => {
    fc.assert(
      fc.property(instant, fc.option(hours), fc.boolean(), channel, (nowMs, quiet, consent, by) => {
        const preferences = { channels: ALL_ON, quiet, weeklyCap: 50 };
        const decision = decide(
          anAsked({ kind: 'marketing', channel: by, nowMs, toldMs: nowMs, preferences, consent }),
        );
        if (!consent) expect(decision).toEqual({ when: 'never', why: 'no-consent' });
        if (decision.when === 'never') return;
        const hour = hourOf(decision.when === 'now' ? nowMs : decision.atMs);
        expect(hour).toBeGreaterThanOrEqual(8);
        expect(hour).toBeLessThan(21);
      }),
    );
  });
});

/** A person who is told of things in some order: each message goes as `decide` says, those that wait when their time has come. */
const live = (
  told: readonly Asked[],
  preferences: Asked['preferences'],
): { kind: Asked['kind']; channel: Asked['channel']; ms: number }[] => {
  const sent: { kind: Asked['kind']; channel: Asked['channel']; ms: number }[] = [];
  const waiting: { asked: Asked; ms: number }[] = told.map((asked) => ({ asked, ms: asked.toldMs }));
  while (waiting.length > 0) {
    waiting.sort((a, b) => a.ms - b.ms);
    const [next] = waiting.splice(0, 1);
    if (!next) break;
    const counted = sent.filter((one) => KINDS[one.kind].countsToCap);
    const sentMs = counted.map(({ ms }) => ms);
    const pushedMs = counted.filter((one) => one.channel === 'push').map(({ ms }) => ms);
    const decision = decide({ ...next.asked, nowMs: next.ms, sentMs, pushedMs, preferences });
    if (decision.when === 'now') sent.push({ kind: next.asked.kind, channel: next.asked.channel, ms: next.ms });
    if (decision.when === 'at') waiting.push({ ...next, ms: decision.atMs });
  }
  return sent;
};
const history = fc.array(
  fc
    .record({ kind, channel, toldMs: instant })
    .map(({ toldMs, ...rest }) => anAsked({ ...rest, toldMs, nowMs: toldMs })),
  { maxLength: 40 },
);
const preferences = fc.record({
  channels: fc.record({ inbox: fc.constant(true), push: fc.boolean(), email: fc.boolean() }),
  quiet: fc.option(hours),
  weeklyCap: fc.integer({ min: 0, max: 8 }),
});

describe('the weekly cap', () => {
  test('holds in every seven days, whatever waited and whatever came at once', () => {
    fc.assert(
      fc.property(history, preferences, (told, chosen) => {
        const counted = live(told, chosen).filter((one) => KINDS[one.kind].countsToCap);
        for (const { ms } of counted) {
          const inWeek = counted.filter((one) => one.ms > ms - WEEK_MS && one.ms <= ms).length;
          expect(inWeek).toBeLessThanOrEqual(chosen.weeklyCap);
        }
      }),
    );
  });

  test('lets security and the events that a home has joined through when it is reached, and nothing else', () => {
    const full = anAsked({ sentMs: [1, 2, 3, 4, 5].map((i) => MONDAY - i * HOUR_MS) });
    for (const one of NOTICE_KINDS)
      expect(decide({ ...full, kind: one })).toMatchObject(
        one === 'security' || one === 'event-invitation' ? { when: 'now' } : { when: 'never', why: 'weekly-cap' },
      );
    expect(decide({ ...full, nowMs: MONDAY + 7 * DAY_MS, toldMs: MONDAY + 7 * DAY_MS }).when).not.toBe('now');
    const later = MONDAY + 7 * DAY_MS + 9 * HOUR_MS;
    expect(decide({ ...full, nowMs: later, toldMs: later })).toMatchObject({ when: 'now' });
  });
});

test('of everyday pushes one goes on each date of Seoul, whatever waited; an invitation to an event that was joined comes beside it', () => {
  fc.assert(
    fc.property(history, preferences, (told, chosen) => {
      const pushed = live(told, chosen).filter((one) => one.channel === 'push' && KINDS[one.kind].countsToCap);
      expect(new Set(pushed.map(({ ms }) => localDate(ms))).size).toBe(pushed.length);
    }),
  );
  const full = anAsked({ sentMs: [MONDAY + 9 * HOUR_MS], pushedMs: [MONDAY + 9 * HOUR_MS] });
  expect(decide(full)).toEqual({ when: 'never', why: 'daily-cap' });
  expect(decide({ ...full, channel: 'email' })).toMatchObject({ when: 'now' });
  expect(decide({ ...full, kind: 'event-invitation' })).toMatchObject({ when: 'now' });
});

describe('a message that goes now is worth carrying', () => {
  const until = (over: Partial<Asked>) => {
    const decision = decide(anAsked(over));
    return decision.when === 'now' ? (decision.untilMs - MONDAY) / HOUR_MS : decision.when;
  };
  const at = (hour: number) => ({ nowMs: MONDAY + hour * HOUR_MS, toldMs: MONDAY + hour * HOUR_MS });
  const loud = { channels: ALL_ON, quiet: null, weeklyCap: 5 };
  test.each<[string, Partial<Asked>, number]>([
    ['until the quiet hours of the evening', at(12), 21],
    ['until it is no news, where that is sooner', at(8), 20],
    ['until the event begins', { ...at(12), kind: 'event-invitation', untilMs: MONDAY + 18 * HOUR_MS }, 18],
    [
      'until the night of advertising, though the person calls nothing quiet',
      { ...at(20), kind: 'marketing', preferences: loud },
      21,
    ],
    ['through the night where it is security', { ...at(20), kind: 'security' }, 20 + 72],
  ])('%s', (_, over, hour) => {
    expect(until(over)).toBe(hour);
  });
});

test('a channel that is switched off carries nothing of that kind', () => {
  fc.assert(
    fc.property(kind, channel, instant, (one, by, nowMs) => {
      const channels = { ...ALL_ON, [by]: false };
      const asked = anAsked({ kind: one, channel: by, nowMs, toldMs: nowMs });
      expect(decide({ ...asked, preferences: { ...asked.preferences, channels } })).toEqual({
        when: 'never',
        why: 'switched-off',
      });
    }),
  );
});
