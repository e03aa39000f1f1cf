import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { NO_AUTO_JOIN, type AutoJoinRule } from '@hems/models/incentive/auto-join';
import {
  aCalledHome,
  addHome,
  endOf,
  enrolled,
  EVENT,
  OWNER,
  startOf,
  type CalledHome,
} from '../../testing/called-home.ts';
import { aPoint } from '@hems/models/testing/builders';
import type { Table } from '../../ports/table.ts';
import { agree } from '../../testing/agree.ts';
import { aReading, aRuleEvent } from '../../testing/world.ts';
import { withdraw } from '../programmes/withdraw.ts';
import { readRewards } from '../read-rewards.ts';
import { settleHousehold } from '../settle-household.ts';
import { putProgress, readEvents, readingOnce } from '../stores/events.ts';
import { readParticipation } from '../stores/participations.ts';
import { setRule } from './auto-join.ts';
import { declineEvent, joinEvent } from './decide.ts';
import { eventFigures } from './event-figures.ts';
import { sweepProvisional } from './provisional.ts';
import { readHouseholdEvent, readHouseholdEvents } from './read-events.ts';

const { householdId } = OWNER;
const MINUTE = 60_000;

let home: CalledHome;
beforeEach(async () => {
  home = await aCalledHome();
});
const join = (eventId = EVENT.eventId) => joinEvent(home, OWNER, eventId);
const decline = (eventId = EVENT.eventId) => declineEvent(home, OWNER, eventId);
const shown = async (eventId = EVENT.eventId) => (await readHouseholdEvent(home, householdId, eventId)).event;
const steps = async () => (await shown()).timeline.map(({ step, by }) => (by ? `${step} by ${by}` : step));
const settle = async (date = EVENT.date) => {
  home.clock.set(dayStart(addDays(date, 1)) + 20 * MINUTE);
  return settleHousehold(home, { householdId, date });
};
const earned = async () => (await readRewards(home, { householdId })).balances.points.earned;
const rule = (over: Partial<AutoJoinRule> = {}) =>
  setRule({ ...home, events: readingOnce(home.table) }, OWNER, { ...NO_AUTO_JOIN, isOn: true, ...over });

describe('an event that is announced', () => {
  test('invites the home, which joins, cuts 300 of 1,000 Wh, sees it within minutes and is paid by the run of the day', async () => {
    expect(await home.announced()).toEqual({ invited: 1 });
    expect(await shown()).toMatchObject({ state: 'invited', takesPart: 'joined', unit: 'points' });
    expect((await join()).own.joined).toMatchObject({ by: 'member' });
    await home.lived(700);
    home.clock.set(endOf(EVENT) + 5 * MINUTE);
    expect(await home.sweep()).toEqual({ homes: 1, missing: 0, failed: 0 });
    const result = { status: 'known', importWh: 700, baselineWh: 1000, savedWh: 300, quality: 'good', amount: 500 };
    expect(await shown()).toMatchObject({ provisional: result, final: null });
    expect(await earned()).toBe(0);
    expect(await settle()).toMatchObject([{ outcome: 'settled', amount: 500 }]);
    const { provisional, final } = await shown();
    expect(final).toEqual({ ...provisional, atMs: final?.atMs });
    expect(await earned()).toBe(500);
    expect(await steps()).toEqual(['invited', 'joined by member', 'started', 'ended', 'provisional', 'final', 'paid']);
  });

  test('and that nobody joins earns nothing, whatever the home used: silence is a no', async () => {
    await home.announced();
    await home.lived(100);
    home.clock.set(endOf(EVENT) + 5 * MINUTE);
    expect(await home.sweep()).toEqual({ homes: 0, missing: 0, failed: 0 });
    expect(await settle()).toEqual([]);
    expect(await shown()).toMatchObject({ state: 'invited', provisional: null, final: null });
    expect(await steps()).toEqual(['invited']);
  });

  test('is joined once, however often, and may be declined and joined again until it begins', async () => {
    await home.announced();
    await Promise.all([join(), join()]);
    await decline();
    expect(await shown()).toMatchObject({ state: 'declined' });
    await join();
    expect(await shown()).toMatchObject({ state: 'joined' });
    home.clock.set(startOf(EVENT));
    await decline();
    await expect(join()).rejects.toMatchObject({ kind: 'conflict', code: 'event-began' });
    home.clock.set(endOf(EVENT));
    expect(await shown()).toMatchObject({ state: 'left' });
  });

  test('left while it runs costs nothing and pays nothing, and what was earned before stays', async () => {
    await home.announced();
    await join();
    await home.lived(5000);
    home.clock.set(startOf(EVENT) + 10 * MINUTE);
    await decline();
    home.clock.set(endOf(EVENT) + 5 * MINUTE);
    await home.sweep();
    expect(await settle()).toEqual([]);
    expect(await earned()).toBe(0);
    expect(await steps()).toEqual(['invited', 'joined by member', 'started', 'left']);
  });

  test('once over, it is neither joined nor left: what it came to stays', async () => {
    await home.announced();
    await join();
    home.clock.set(endOf(EVENT));
    await expect(decline()).rejects.toMatchObject({ kind: 'conflict', code: 'event-over' });
    expect(await shown()).toMatchObject({ state: 'joined' });
  });

  test('in which more was used than usual pays nothing and takes nothing', async () => {
    await home.announced();
    await join();
    await home.lived(1400);
    home.clock.set(endOf(EVENT) + 5 * MINUTE);
    await home.sweep();
    expect(await shown()).toMatchObject({ provisional: { savedWh: -400, amount: 0 } });
    expect(await settle()).toMatchObject([{ outcome: 'settled', amount: 0 }]);
    expect(await earned()).toBe(0);
  });

  test('calls no home that is not in its programme, and is no secret of its id either', async () => {
    await home.announced({ ...EVENT, eventId: 'dr-1125', programme: 'national-dr', points: undefined });
    for (const eventId of ['dr-1125', 'nothing-1'])
      await expect(join(eventId)).rejects.toMatchObject({
        kind: 'not-found',
        message: `no event ${eventId} calls this household`,
      });
    expect((await readHouseholdEvents(home, householdId)).events).toEqual([]);
  });

  test('is not for a viewer to join, to decline or to rule on', async () => {
    await home.announced();
    const viewer = { ...OWNER, role: 'viewer' } as const;
    const deps = { ...home, events: (days: readonly [string, string]) => readEvents(home.table, days) };
    await expect(joinEvent(home, viewer, EVENT.eventId)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(declineEvent(home, viewer, EVENT.eventId)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(setRule(deps, viewer, NO_AUTO_JOIN)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  test('announced again invites again without harm: the first invitation and what was joined stand', async () => {
    await home.announced();
    await join();
    const before = await readParticipation(home.table, householdId, EVENT);
    home.clock.set(home.clock.now() + HOUR_MS);
    await home.announced();
    expect(await readParticipation(home.table, householdId, EVENT)).toEqual(before);
  });

  test('by a partner is that partner’s: the same id from another is refused', async () => {
    await home.announced(EVENT, { partnerId: 'kpx' });
    await home.announced(EVENT, { partnerId: 'kpx' });
    await expect(home.announced(EVENT, { partnerId: 'other' })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(home.announced(EVENT)).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('is no more the home’s once it withdraws from the programme', async () => {
    await home.announced();
    await join();
    await withdraw(home, OWNER, { programme: EVENT.programme });
    expect((await readHouseholdEvents(home, householdId)).events).toEqual([]);
    expect(await eventFigures(home, EVENT.eventId)).toMatchObject({ households: 0 });
  });
});

describe('a mission, which is won by its result', () => {
  const MISSION = { ...EVENT, eventId: 'mission-1125', programme: 'apartment-mission', points: undefined };
  beforeEach(async () => {
    await agree(home.table, householdId, 'government');
    await enrolled(home, householdId, 'apartment-mission');
  });

  test('takes silence for a yes', async () => {
    await home.announced(MISSION);
    expect(await shown(MISSION.eventId)).toMatchObject({ state: 'joined', takesPart: 'not-declined' });
    await home.lived(800);
    expect(await settle()).toMatchObject([{ programme: 'apartment-mission', outcome: 'settled', amount: 1000 }]);
    expect(await shown(MISSION.eventId)).toMatchObject({ final: { savedWh: 200, amount: 1000 } });
  });

  test('is not settled for a home that declined it', async () => {
    await home.announced(MISSION);
    await decline(MISSION.eventId);
    await home.lived(800);
    expect(await settle()).toEqual([]);
  });

  test('stands before one of ours in the same hours: that one can be joined when the mission is declined', async () => {
    await home.announced(MISSION);
    await home.announced();
    await expect(join()).rejects.toMatchObject({ kind: 'conflict', code: 'same-hours' });
    await decline(MISSION.eventId);
    expect((await join()).own.joined).toMatchObject({ by: 'member' });
  });
});

describe('two events of ours in the same hours', () => {
  test('joined at once are not both joined', async () => {
    const dr = { ...EVENT, eventId: 'dr-1125', programme: 'national-dr', points: undefined };
    await enrolled(home, householdId, 'national-dr');
    await home.announced();
    await home.announced(dr);
    const outcomes = await Promise.allSettled([join(), join('dr-1125')]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('the rule of a home', () => {
  test('joins for it when the event is announced, and the notice says so', async () => {
    await rule();
    await home.announced();
    expect(await shown()).toMatchObject({ state: 'joined', timeline: [{}, { step: 'joined', by: 'rule' }] });
    const invited = home.said.find(({ type }) => type === 'event.invited');
    expect(invited?.detail).toMatchObject({ facts: { joined: 'rule' } });
  });

  test('set later, decides what nobody has answered; what was declined stays declined', async () => {
    await home.announced();
    const other = { ...EVENT, eventId: 'own-1126', date: '2026-11-26' };
    await home.announced(other);
    await decline();
    await rule();
    expect(await shown()).toMatchObject({ state: 'declined' });
    expect(await shown(other.eventId)).toMatchObject({ state: 'joined' });
  });

  test.each<[string, Partial<AutoJoinRule>, string]>([
    ['a quiet weekday', { quietWeekdays: [2] }, 'quiet-day'],
    ['a quiet time of days', { quietDates: { from: '2026-11-20', to: '2026-11-25' } }, 'quiet-day'],
    ['quiet hours over midnight', { quietHours: { fromHour: 18, toHour: 7 } }, 'quiet-hour'],
    ['a minimum above its points', { minimum: { won: 0, points: 501 } }, 'below-minimum'],
  ])('leaves an event to the people: %s; and says why', async (_what, over, refusedByRule) => {
    await rule(over);
    await home.announced();
    expect(await shown()).toMatchObject({ state: 'invited', refusedByRule });
    expect((await join()).own.joined).toMatchObject({ by: 'member' });
  });

  test('with a minimum in won asks what national demand response may earn, and stays away where that is unknown', async () => {
    const dr = { ...EVENT, eventId: 'dr-1125', programme: 'national-dr', points: undefined };
    await enrolled(home, householdId, 'national-dr');
    // two fifths of 1,000 Wh at 1,300 won: 520 won at most
    await rule({ minimum: { won: 520, points: 0 } });
    await home.announced(dr);
    expect(await shown(dr.eventId)).toMatchObject({ state: 'invited', refusedByRule: 'reward-unknown' });
    await home.lived(1000);
    await rule({ minimum: { won: 521, points: 0 } });
    expect(await shown(dr.eventId)).toMatchObject({ state: 'invited', refusedByRule: 'below-minimum' });
    await rule({ minimum: { won: 520, points: 0 } });
    expect(await shown(dr.eventId)).toMatchObject({ state: 'joined', refusedByRule: null });
  });

  test('joins as many as it may in a week, also of those announced at once', async () => {
    await rule({ mostPerWeek: 2 });
    const week = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'];
    await Promise.all(week.map((date) => home.announced({ ...EVENT, eventId: `own-${date}`, date })));
    const { events } = await readHouseholdEvents(home, householdId);
    expect(events.filter(({ state }) => state === 'joined')).toHaveLength(2);
    expect(events.flatMap((one) => one.refusedByRule ?? [])).toEqual(['week-is-full', 'week-is-full']);
  });

  test('off, joins nothing; and no rule joins what has begun', async () => {
    await rule({ isOn: false });
    await home.announced();
    expect(await shown()).toMatchObject({ state: 'invited', refusedByRule: null });
    home.clock.set(startOf(EVENT));
    await rule();
    expect(await shown()).toMatchObject({ state: 'invited' });
  });
});

describe('an event seen by the home', () => {
  test('tells before it begins what it may earn: the points, for 225 of the usual 1,000 Wh', async () => {
    await home.announced();
    await home.lived(1000);
    const { estimate, running } = await readHouseholdEvent(home, householdId, EVENT.eventId);
    expect(estimate).toEqual({ status: 'known', baselineWh: 1000, targetWh: 225, unit: 'points', low: 500, high: 500 });
    expect(running).toBeNull();
  });

  test('tells why nothing can be told of a home without a past', async () => {
    await home.announced();
    const { estimate } = await readHouseholdEvent(home, householdId, EVENT.eventId);
    expect(estimate).toMatchObject({ status: 'refused', code: 'insufficient-history' });
  });

  test('tells while it runs what was drawn in the quarter hours that are over, beside the usual of the same', async () => {
    await home.announced();
    await join();
    await home.lived(600, { quarters: 2 });
    home.clock.set(startOf(EVENT) + 50 * MINUTE);
    const { estimate, running } = await readHouseholdEvent(home, householdId, EVENT.eventId);
    expect(estimate).toBeNull();
    expect(running).toEqual({
      untilMs: startOf(EVENT) + 30 * MINUTE,
      importWh: 300,
      baselineWh: 500,
      missingSlots: 1,
    });
  });
});

describe('the provisional result', () => {
  beforeEach(async () => {
    await home.announced();
    await join();
  });
  const provisional = async () => (await shown()).provisional;

  test('waits for readings that are missing, says so meanwhile, and is there within 30 minutes of their arrival', async () => {
    await home.lived(700, { quarters: 3 });
    home.clock.set(endOf(EVENT) + 5 * MINUTE);
    expect(await home.sweep()).toEqual({ homes: 1, missing: 1, failed: 0 });
    expect(await provisional()).toMatchObject({ status: 'unknown', code: 'missing-use' });
    await home.lived(700);
    let waited = 5;
    while ((await provisional())?.status !== 'known' && waited < 60) {
      waited += 1;
      home.clock.set(endOf(EVENT) + waited * MINUTE);
      await home.sweep();
    }
    expect(waited).toBeLessThanOrEqual(30);
    expect(await provisional()).toMatchObject({ importWh: 700 });
  });

  test('of an hour that the meter was not heard to the end of is not known, in the settlement either: its part would pass for a saving', async () => {
    await home.lived(1000, { quarters: 3 });
    // 1,000 Wh on each of ten days and 750 in the event, and the meter's last word ten minutes before its end
    const ts = endOf(EVENT) - 10 * MINUTE;
    const quantities = { energy_import_wh: 1_010_760, energy_export_wh: 0 };
    await home.take(aRuleEvent('reading', aReading(aPoint({ ts, seq: 1000, quantities })), { received: ts }));
    home.clock.set(endOf(EVENT) + 28 * MINUTE);
    await home.sweep();
    expect(await provisional()).toMatchObject({ status: 'unknown', code: 'missing-use' });
    expect(await settle()).toMatchObject([{ outcome: 'refused', code: 'missing-use' }]);
  });

  test('is worked out once: a sweep a minute later finds nothing to do', async () => {
    await home.lived(700);
    home.clock.set(endOf(EVENT) + 5 * MINUTE);
    await home.sweep();
    home.clock.set(endOf(EVENT) + 13 * MINUTE);
    expect(await home.sweep()).toEqual({ homes: 0, missing: 0, failed: 0 });
  });

  test('prepared while the event ran, reads nothing but its own hours then, and comes to the same', async () => {
    await home.lived(700, { quarters: 2 });
    home.clock.set(startOf(EVENT) + 30 * MINUTE);
    expect(await home.sweep()).toEqual({ homes: 1, missing: 0, failed: 0 });
    expect(await provisional()).toBeNull();
    await home.lived(700);
    home.clock.set(endOf(EVENT) + 5 * MINUTE);
    let days = 0;
    const table: Table = {
      ...home.table,
      query: async (query) => {
        if (query.table === 'energy') days += 1;
        return home.table.query(query);
      },
    };
    await sweepProvisional({ ...home, table, untilMs: Number.MAX_SAFE_INTEGER });
    // its hours and the words before and after them, of three devices: not those of twenty days
    expect(days).toBe(9);
    expect(await provisional()).toMatchObject({ importWh: 700, baselineWh: 1000, amount: 500 });
    await settle();
    const { provisional: before, final } = await shown();
    expect(final).toEqual({ ...before, atMs: final?.atMs });
  });

  const fortyMore = async (): Promise<void> => {
    for (let i = 0; i < 40; i += 1) {
      const id = `more-${i}`;
      await addHome(home, id);
      await joinEvent(home, { householdId: id, sub: 'x', role: 'owner' }, EVENT.eventId);
    }
  };

  test('is there for every home also where each sweep has time for a part of them only', async () => {
    await fortyMore();
    let sweeps = 0;
    let homes = 0;
    for (; homes < 41 && sweeps < 100; sweeps += 1) {
      let now = endOf(EVENT) + 5 * MINUTE + sweeps * 1000;
      const clock = { now: () => (now += 1) };
      homes += (await sweepProvisional({ ...home, clock, untilMs: now + 10 })).homes;
    }
    expect(homes).toBe(41);
    expect(sweeps).toBeGreaterThan(5);
    expect(await eventFigures(home, EVENT.eventId)).toMatchObject({ households: 41, stage: 'provisional' });
  });

  test('of a sweep that died is taken up again when its lease is over', async () => {
    await home.lived(700);
    const at = endOf(EVENT) + 5 * MINUTE;
    home.clock.set(at);
    const dead = { passes: 1, parts: 0, leasedMs: at + 5 * MINUTE, version: 0, nowMs: at };
    await putProgress(home.table, EVENT.eventId, dead);
    expect(await home.sweep()).toEqual({ homes: 0, missing: 0, failed: 0 });
    home.clock.set(at + 5 * MINUTE);
    expect(await home.sweep()).toEqual({ homes: 1, missing: 0, failed: 0 });
  });

  test('by two sweeps at once is there for every home', async () => {
    await fortyMore();
    home.clock.set(endOf(EVENT) + 5 * MINUTE);
    await Promise.all([home.sweep(), home.sweep()]);
    expect(await eventFigures(home, EVENT.eventId)).toMatchObject({ households: 41, quality: { missing: 41 } });
    const first = await readParticipation(home.table, 'more-7', EVENT);
    expect(first.own.provisional).toMatchObject({ status: 'unknown' });
  });

  test('of a home whose readings never come stays unknown in the settlement, and nothing is paid or owed', async () => {
    home.clock.set(endOf(EVENT) + 28 * MINUTE);
    await home.sweep();
    expect(await settle()).toMatchObject([{ outcome: 'refused' }]);
    expect(await shown()).toMatchObject({ final: { status: 'unknown' } });
    expect(await steps()).toEqual(['invited', 'joined by member', 'started', 'ended', 'provisional', 'final']);
  });
});

describe('the figures of an event', () => {
  test('add up the homes that take part: none, then provisional, then final', async () => {
    await home.announced();
    await addHome(home, 'h-2');
    await addHome(home, 'h-3');
    await join();
    await joinEvent(home, { ...OWNER, householdId: 'h-2' }, EVENT.eventId);
    const figures = () => eventFigures(home, EVENT.eventId);
    const nothing = { importWh: 0, baselineWh: 0, savedWh: 0, largestImportWh: 0, largestBaselineWh: 0 };
    expect(await figures()).toEqual({
      households: 2,
      stage: 'none',
      ...nothing,
      quality: { good: 0, estimated: 0, missing: 2 },
    });
    await home.lived(700);
    home.clock.set(endOf(EVENT) + 5 * MINUTE);
    await home.sweep();
    const largest = { largestImportWh: 700, largestBaselineWh: 1000 };
    const known = { households: 2, importWh: 700, baselineWh: 1000, savedWh: 300, ...largest };
    const quality = { good: 1, estimated: 0, missing: 1 };
    expect(await figures()).toEqual({ ...known, stage: 'provisional', quality });
    await settle();
    expect(await figures()).toMatchObject({ stage: 'provisional' });
    await settleHousehold(home, { householdId: 'h-2', date: EVENT.date });
    expect(await figures()).toEqual({ ...known, stage: 'final', quality });
  });
});
