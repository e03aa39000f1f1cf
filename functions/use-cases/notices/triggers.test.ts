import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import * as z from 'zod/mini';
import { busEventType, happening } from '@hems/shared/events/bus';
import { NOTICE_FACTS } from '@hems/shared/events/notice-facts';
import { aDay, liveMonths } from '../../testing/past-use.ts';
import { aWorld, HOME, NOON, type World } from '../../testing/world.ts';
import { dispatchPayouts } from '../dispatch-payouts.ts';
import { announceEvent } from '../programmes/announce-event.ts';
import { putDays } from '../stores/days.ts';
import { enrolmentPut } from '../stores/enrolments.ts';
import { putProfile } from '../stores/households.ts';
import { putSettings, readSettings } from '../stores/notices.ts';
import { payoutPut } from '../stores/payouts.ts';
import { invite } from './invite.ts';
import { tellAhead } from './tell-ahead.ts';

const { householdId } = HOME;
const TODAY = '2026-11-23';

let world: World;
beforeEach(async () => {
  world = await aWorld();
  world.clock.set(dayStart(TODAY) + 20 * 60_000);
});
const told = (type: string) => world.said.filter((event) => event.type === type).map(({ detail }) => detail);
const run = (date = addDays(TODAY, -1)) => tellAhead(world, { householdId, date });
/** Grid use of each day of the last year, and of this month so far. */
const live = async (kwhAMonth: number): Promise<void> => {
  const months = Array.from({ length: 13 }, (_, i) => {
    const number = 2025 * 12 + 9 + i;
    return [`${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`, kwhAMonth] as const;
  });
  await liveMonths(world, Object.fromEntries(months));
  const days = Array.from({ length: 22 }, (_, i) =>
    aDay(addDays('2026-11-01', i), Math.round((kwhAMonth * 1000) / 30)),
  );
  await putDays(world.table, householdId, days);
};

describe('the run of a day that is over', () => {
  test('tells of the tier that the bill heads for, days ahead, under the same key each day of the period', async () => {
    // 410 kWh in a month pass the 400 of tier 3 in its last days
    await live(430);
    await run();
    await run();
    const [first, second] = told('bill.tier-ahead');
    expect(first).toMatchObject({ householdId, key: '2026-11-01#3', facts: { intoTier: '3', atKwh: 400 } });
    expect(second).toMatchObject({ key: first?.['key'] });
    const { crossesOn } = z.parse(z.object({ facts: NOTICE_FACTS['tier-ahead'] }), first).facts;
    expect(crossesOn >= addDays(TODAY, 3)).toBe(true);
  });

  test('tells nothing of tiers to a home that stays where it is', async () => {
    await live(150);
    await run();
    expect(told('bill.tier-ahead')).toEqual([]);
  });

  test('tells of a budget to the person whose budget it is, and again when it is another one', async () => {
    await live(430);
    const budget = async (won: number): Promise<void> =>
      putSettings(world.table, 'owner', {
        ...(await readSettings(world.table, 'owner')),
        budgetWon: { [householdId]: won },
      });
    await run();
    expect(told('bill.over-budget')).toEqual([]);
    for (const won of [1000, 1000, 2000, 10_000_000]) {
      await budget(won);
      await run();
    }
    expect(told('bill.over-budget').map(({ personId, key }) => [personId, key])).toEqual([
      ['owner', '2026-11-01#1000'],
      ['owner', '2026-11-01#1000'],
      ['owner', '2026-11-01#2000'],
    ]);
  });

  test('sums up the week when the day was a Sunday, with the week before it', async () => {
    await live(300);
    await run();
    expect(told('week.ended')).toMatchObject([
      { key: '2026-11-22', facts: { from: '2026-11-16', to: '2026-11-22', importWh: 70_000, beforeImportWh: 70_000 } },
    ]);
    world.said.length = 0;
    world.clock.set(dayStart('2026-11-24') + 20 * 60_000);
    await run('2026-11-23');
    expect(told('week.ended')).toEqual([]);
  });

  test('says nothing of a week with a day that is known in part, and compares with whole weeks alone', async () => {
    await live(300);
    const inPart = (date: string) => ({ ...aDay(date, 2000), missingSlots: 76, missingImportSlots: 76 });
    await putDays(world.table, householdId, [inPart('2026-11-10')]);
    await run();
    expect(told('week.ended')).toMatchObject([{ facts: { importWh: 70_000 } }]);
    expect(told('week.ended')[0]).not.toHaveProperty('facts.beforeImportWh');
    world.said.length = 0;
    await putDays(world.table, householdId, [inPart('2026-11-18')]);
    await run();
    expect(told('week.ended')).toEqual([]);
  });

  test('run again for an older day says nothing of what is ahead', async () => {
    await live(430);
    await run('2026-11-15');
    expect(world.said).toEqual([]);
  });

  test('says what every listener can read', async () => {
    await live(430);
    await run();
    for (const { type, detail } of world.said) {
      expect(busEventType.safeParse(type).success).toBe(true);
      expect(happening.safeParse(detail).success).toBe(true);
    }
  });
});

describe('a saving event', () => {
  const EVENT = { eventId: 'event-1', programme: 'national-dr', date: '2026-11-25', fromHour: 18, toHour: 19 };
  const enrol = (id: string, from: string, withdrawnOn: string | null = null) =>
    world.table.put(
      enrolmentPut(
        id,
        {
          programme: 'national-dr',
          state: withdrawnOn ? 'withdrawn' : 'approved',
          from,
          withdrawnOn,
          answers: {},
          history: [
            { state: 'applied', on: from },
            { state: 'approved', on: from },
            ...(withdrawnOn ? [{ state: 'withdrawn' as const, on: withdrawnOn }] : []),
          ],
        },
        0,
      ),
    );

  test('that is announced invites the homes that take part on its day, and no other', async () => {
    for (const id of ['in', 'left', 'never'])
      await putProfile(world.table, { householdId: id, telemetryId: `t-${id}`, buildingType: 'apartment' });
    await enrol('in', '2026-01-05');
    await enrol('left', '2026-01-05', '2026-11-20');
    await announceEvent(world, EVENT);
    const [announced] = world.said.splice(0);
    expect(announced).toMatchObject({ type: 'event.announced', detail: { key: 'event-1' } });
    expect(await invite(world, announced!)).toEqual({ invited: 1 });
    const startsMs = dayStart('2026-11-25') + 18 * HOUR_MS;
    expect(told('event.invited')).toMatchObject([{ householdId: 'in', key: 'event-1', facts: { ...EVENT, startsMs } }]);
  });

  test('that is announced again is carried again, and one that has begun is not', async () => {
    await enrol(householdId, '2026-01-05');
    await announceEvent(world, EVENT);
    await announceEvent(world, EVENT);
    expect(told('event.announced')).toHaveLength(2);
    const [announced] = world.said;
    world.clock.set(dayStart('2026-11-25') + 18 * HOUR_MS);
    expect(await invite(world, announced!)).toEqual({ invited: 0 });
  });
});

test('a payout that was paid while the bus was away is told by the next sweep, and then no more', async () => {
  const approved = {
    householdId,
    unit: 'won',
    amount: 5000,
    state: 'approved',
    askedMs: NOON,
    changedMs: NOON,
  } as const;
  await world.table.put(payoutPut({ ...approved, payoutId: 'paid' }, 0));
  const payments = {
    pay: async () => 'paid' as const,
    find: async () => 'never-heard' as const,
    payments: async () => [],
  };
  const bus = { publish: async () => Promise.reject(new Error('the bus is away')) };
  await expect(dispatchPayouts({ ...world, bus, payments })).rejects.toThrow('1 of 1 payouts');
  expect(told('reward.paid')).toEqual([]);
  for (let sweeps = 0; sweeps < 3; sweeps += 1) await dispatchPayouts({ ...world, payments });
  expect(told('reward.paid')).toMatchObject([{ facts: { amount: 5000 } }]);
});

test('a payout is told when the rail has paid it, once, and not when it declines', async () => {
  const payout = {
    householdId,
    unit: 'won',
    amount: 5000,
    state: 'approved',
    askedMs: NOON,
    changedMs: NOON,
    attempt: 0,
  } as const;
  for (const payoutId of ['paid', 'declined']) await world.table.put(payoutPut({ ...payout, payoutId }, 0));
  const payments = {
    pay: async ({ key }: { key: string }) => (key.includes('paid') ? ('paid' as const) : ('declined' as const)),
    find: async () => 'never-heard' as const,
    payments: async () => [],
  };
  await dispatchPayouts({ ...world, payments });
  await dispatchPayouts({ ...world, payments });
  const said = { householdId, atMs: world.clock.now(), facts: { unit: 'won', amount: 5000 } };
  expect(told('reward.paid')).toEqual([{ ...said, key: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  expect(JSON.stringify(told('reward.paid'))).not.toContain('"paid"');
});
