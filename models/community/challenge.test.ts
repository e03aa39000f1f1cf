import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/seoul.ts';
import { close, join, leave, progressOf, type Challenge, type Participant, type Roster } from './challenge.ts';
import { standingOf, type MemberDay } from './standing.ts';

const CHALLENGE: Challenge = {
  id: 'november-evenings',
  from: '2026-11-01',
  to: '2026-11-30',
  goalBasisPoints: 500,
  reward: { unit: 'points', amount: 1000 },
};
const who = (member: string, date = '2026-10-30') => ({ member, meter: `meter of ${member}`, date });
const roster = (answer: ReturnType<typeof join>): Roster => {
  if (answer.status === 'refused') throw new Error(answer.detail);
  return answer;
};
const joined = (...members: string[]): readonly Participant[] =>
  members.reduce<readonly Participant[]>((all, one) => roster(join(CHALLENGE, all, who(one))).participants, []);
/** 30 days of a baseline of 10 kWh, of which so much was used. */
const month = (usedWh: (day: number) => number | undefined): MemberDay[] =>
  Array.from({ length: 30 }, (_, i) => {
    const wh = usedWh(i);
    return {
      date: addDays(CHALLENGE.from, i),
      expectedWh: 10_000,
      actual: wh === undefined ? undefined : { wh, quality: 'good' },
    };
  });

describe('joining and leaving a challenge', () => {
  test('ends the day before it begins', () => {
    expect(join(CHALLENGE, [], who('a', '2026-10-31'))).toMatchObject({ status: 'roster' });
    expect(join(CHALLENGE, [], who('a', '2026-11-01'))).toMatchObject({ code: 'already-started' });
  });

  test('twice is refused; a second account on the same meter too', () => {
    expect(join(CHALLENGE, joined('a'), who('a'))).toMatchObject({ code: 'already-in' });
    expect(join(CHALLENGE, joined('a'), { ...who('b'), meter: 'meter of a' })).toMatchObject({
      code: 'meter-already-in',
    });
  });

  test('anyone may leave until the last day, and come back until the first', () => {
    const left = roster(leave(CHALLENGE, joined('a', 'b'), { member: 'a', date: '2026-10-30' })).participants;
    expect(left.map(({ leftOn }) => leftOn)).toEqual(['2026-10-30', null]);
    expect(leave(CHALLENGE, left, { member: 'a', date: '2026-11-02' })).toMatchObject({ code: 'not-in' });
    expect(roster(join(CHALLENGE, left, who('a', '2026-10-31'))).participants).toHaveLength(2);
    expect(leave(CHALLENGE, joined('a'), { member: 'a', date: '2026-11-30' })).toMatchObject({ status: 'roster' });
    expect(leave(CHALLENGE, joined('a'), { member: 'a', date: '2026-12-01' })).toMatchObject({ code: 'over' });
  });
});

describe('progress', () => {
  test('ten days in: saved 300 of every 10,000 Wh, 2,000 Wh short of the goal', () => {
    const { standing, missingWh } = progressOf(
      CHALLENGE,
      month(() => 9700),
      '2026-11-10',
    );
    expect(standing).toMatchObject({ savedBasisPoints: 300, expectedWh: 100_000, knownDays: 10 });
    expect(missingWh).toBe(2000);
  });

  test('days outside the challenge count for nothing', () => {
    const before: MemberDay = { date: '2026-10-31', expectedWh: 10_000, actual: { wh: 6000, quality: 'good' } };
    expect(progressOf(CHALLENGE, [before, ...month(() => 10_000)], '2026-11-30').missingWh).toBe(15_000);
  });
});

describe('closing', () => {
  const days: Record<string, MemberDay[]> = {
    saver: month(() => 9500),
    almost: month((day) => (day === 0 ? 9501 : 9500)),
    away: month(() => 4000),
    silent: month((day) => (day < 4 ? undefined : 9000)),
    gone: month(() => 9000),
  };
  const daysOf = (member: string) => days[member] ?? [];

  test('is not possible while it runs', () => {
    expect(close(CHALLENGE, joined('saver'), { date: '2026-11-30', daysOf })).toMatchObject({ code: 'still-running' });
  });

  test('rewards who reached the goal to the Wh, not who was away, silent, or left', () => {
    const all = roster(leave(CHALLENGE, joined(...Object.keys(days)), { member: 'gone', date: '2026-11-29' }));
    const closed = close(CHALLENGE, all.participants, { date: '2026-12-01', daysOf });
    if (closed.status === 'refused') throw new Error(closed.detail);
    expect(closed.results.map(({ member, amount }) => [member, amount])).toEqual([
      ['saver', 1000],
      ['almost', 0],
      ['away', 0],
      ['silent', 0],
    ]);
    expect(closed.results.map(({ progress }) => progress.missingWh)).toEqual([0, 1, null, null]);
    expect(closed.results.slice(2).map(({ progress: { standing } }) => standing)).toMatchObject([
      { code: 'looks-absent' },
      { code: 'too-few-days' },
    ]);
  });

  test('the figures of the group are shown from 20 on', () => {
    const shown = (count: number) =>
      close(CHALLENGE, joined(...Array.from({ length: count }, (_, i) => `m${i}`)), { date: '2026-12-01', daysOf });
    expect([shown(19), shown(20)]).toMatchObject([{ isShown: false }, { isShown: true }]);
  });
});

describe('a standing', () => {
  const day = fc.record({ expectedWh: fc.integer({ min: 1, max: 20_000 }), wh: fc.integer({ min: 0, max: 20_000 }) });
  const member = (list: { expectedWh: number; wh: number }[], hidden: (i: number) => boolean): MemberDay[] =>
    list.map(({ expectedWh, wh }, i) => ({
      date: addDays(CHALLENGE.from, i),
      expectedWh,
      actual: hidden(i) ? undefined : { wh, quality: 'good' },
    }));

  test('hiding a day on which something was saved never raises it', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 10, maxLength: 30 }), fc.nat(29), (list, at) => {
        const hidden = at % list.length;
        const open = standingOf(member(list, () => false));
        const shut = standingOf(member(list, (i) => i === hidden));
        if (open.status === 'refused' || shut.status === 'refused') return;
        if (list[hidden]!.wh > list[hidden]!.expectedWh) return;
        expect(shut.savedBasisPoints).toBeLessThanOrEqual(open.savedBasisPoints);
      }),
    );
  });

  test('does not depend on the size of the home', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 30 }), fc.integer({ min: 2, max: 9 }), (list, k) => {
        const large = list.map(({ expectedWh, wh }) => ({ expectedWh: expectedWh * k, wh: wh * k }));
        const [one, other] = [list, large].map((all) => standingOf(member(all, () => false)));
        expect('savedBasisPoints' in one! ? one.savedBasisPoints : one!.code).toBe(
          'savedBasisPoints' in other! ? other.savedBasisPoints : other!.code,
        );
      }),
    );
  });

  test('exactly half of the baseline is still a saving', () => {
    expect(standingOf(month(() => 5000))).toMatchObject({ savedBasisPoints: 5000 });
    expect(standingOf(month(() => 4999))).toMatchObject({ code: 'looks-absent' });
    expect(standingOf([])).toMatchObject({ code: 'too-few-days' });
  });
});
