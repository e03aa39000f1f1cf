import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, DAY_MS, dayStart, HOUR_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { recordedPayments } from '../../adapters/embedded/recorded-payments.ts';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import { embeddedRuns } from '../../adapters/embedded/runs.ts';
import { once } from '../../runtime/idempotency.ts';
import { agree } from '../../testing/agree.ts';
import { aSettling } from '../../testing/ledger.ts';
import { bothBalances } from '../../use-cases/audit-balances.ts';
import { liveMonths, monthOfDays, months } from '../../testing/past-use.ts';
import { aReading, aRuleEvent, aWorld, HOME, NOON, type World } from '../../testing/world.ts';
import { askPayout } from '../../use-cases/ask-payout.ts';
import { decidePayout } from '../../use-cases/decide-payout.ts';
import { CALL_MS, dispatchPayouts } from '../../use-cases/dispatch-payouts.ts';
import { enrol } from '../../use-cases/programmes/enrol.ts';
import { moveApplication } from '../../use-cases/programmes/move-application.ts';
import { settleHousehold } from '../../use-cases/settle-household.ts';
import { startRun } from '../../use-cases/runs/start-run.ts';
import { putDays } from '../../use-cases/stores/days.ts';
import { readPeriod, settle } from '../../use-cases/stores/ledger.ts';
import { readPayout } from '../../use-cases/stores/payouts.ts';
import { listQuarantine } from '../../use-cases/stores/quarantine.ts';
import { putRunState } from '../../use-cases/stores/runs.ts';
import { lambdaContext } from '../lambda-context.ts';

const { householdId } = HOME;
const OWNER = { householdId, sub: 'owner', role: 'owner' } as const;
const MINUTE_MS = 60_000;

let world: World;
beforeEach(async () => {
  world = await aWorld();
});
const passes = (ms: number): void => world.clock.set(world.clock.now() + ms);

describe('a device whose clock is wrong', () => {
  const readingAt = (ts: number, seq: number) =>
    aRuleEvent('reading', aReading(aPoint({ ts, seq, quantities: { power_w: 500 } })));
  const slotsNow = async () =>
    (await world.table.query({ table: 'energy', value: `H#${householdId}`, prefix: 'S#' })).items;

  test.each([
    ['in 1970', 1000, 'too-old'],
    ['400 days behind', NOON - 400 * DAY_MS, 'too-old'],
    ['16 minutes ahead', NOON + 16 * MINUTE_MS, 'in-the-future'],
    ['in 2038', 2_147_483_648_000, 'in-the-future'],
  ])(
    '%s loses nothing: its reading is kept with the reason, and counts in no quarter hour',
    async (_when, ts, reason) => {
      expect(await world.take(readingAt(ts, 1), readingAt(NOON, 2))).toMatchObject({ accepted: 1, quarantined: 1 });
      const { entries } = await listQuarantine(world.table, { date: '2026-11-22', limit: 10 });
      expect(entries.map((one) => [one.reason, one.event.payload])).toEqual([[reason, readingAt(ts, 1).payload]]);
      expect(await slotsNow()).toHaveLength(1);
    },
  );

  test('14 minutes ahead or 300 days behind is taken as it says', async () => {
    expect(await world.take(readingAt(NOON + 14 * MINUTE_MS, 1), readingAt(NOON - 300 * DAY_MS, 2))).toMatchObject({
      accepted: 2,
      quarantined: 0,
    });
    expect(await slotsNow()).toHaveLength(2);
  });

  test('that jumps back and forth under a higher seq corrects the quarter hours it names, and adds to none twice', async () => {
    const told = [0, 30, 15, -30, 15, 0].map((minutes, index) =>
      readingAt(NOON - HOUR_MS + minutes * MINUTE_MS, index + 1),
    );
    await world.take(...told);
    await world.take(...told.toReversed());
    const rows = (await slotsNow()).flatMap(({ data }) => (data as { rows: unknown[] }).rows);
    expect(rows).toHaveLength(new Set([0, 30, 15, -30]).size);
  });
});

describe('the clock of the platform', () => {
  const ANSWERS = {
    'residential-contract': true,
    'registered-at-address': true,
    'unit-use-is-submitted': true,
    'in-no-other-utility-programme': true,
  };
  const at = (date: LocalDate, ms = 20 * MINUTE_MS): void => world.clock.set(dayStart(date) + ms);
  const run = (date: LocalDate) => settleHousehold(world, { householdId, date });
  const amounts = async () =>
    (await readPeriod(world.table, { householdId, programme: 'energy-cashback', period: '2026-05' })).map(
      ({ amount }) => amount,
    );
  const earn = async (): Promise<void> => {
    await agree(world.table, householdId, 'government');
    await liveMonths(world, { ...months('2024-04', 25, 350), '2026-05': 310 });
    at('2026-05-20');
    await enrol(world, OWNER, { programme: 'energy-cashback', answers: ANSWERS });
    for (const to of ['under-review', 'approved'] as const)
      await moveApplication(world, { householdId, programme: 'energy-cashback', to });
  };

  test('that steps about midnight and the end of the month settles the month once, and not before its last day is over', async () => {
    await earn();
    const { database, table, clock } = world;
    const runs = embeddedRuns({
      database,
      execute: async () => await new Promise<void>(() => undefined),
      say: () => undefined,
    });
    const start = async () => await startRun({ table, clock, runs }, { date: '2026-05-31', again: false });
    // a second before midnight, and set back from after it
    at('2026-06-01', -1000);
    await expect(start()).rejects.toThrow('is not over yet');
    at('2026-06-01', 20 * MINUTE_MS);
    expect((await start()).run.attempt).toBe(1);
    at('2026-05-31', 12 * HOUR_MS);
    await expect(start()).rejects.toThrow('is not over yet');
    at('2026-06-01', 21 * MINUTE_MS);
    await expect(start()).rejects.toThrow('is in progress');
    await putRunState(table, '2026-05-31', {
      value: { attempt: 1, since: 1, state: 'succeeded', startedMs: 0, endedMs: 1 },
      version: 1,
    });
    await expect(start()).rejects.toThrow('has succeeded');
  });

  test.each([-DAY_MS, -HOUR_MS, -2 * MINUTE_MS, HOUR_MS, DAY_MS])(
    'that jumps by %d ms between two runs of a day writes the reward of the month once',
    async (jumpMs) => {
      await earn();
      at('2026-06-01');
      expect(await run('2026-05-31')).toMatchObject([{ outcome: 'settled', amount: 3200 }]);
      passes(jumpMs);
      expect(await run('2026-05-31')).toMatchObject([{ outcome: 'unchanged' }]);
      passes(-jumpMs);
      expect(await run('2026-05-31')).toMatchObject([{ outcome: 'unchanged' }]);
      expect(await amounts()).toEqual([3200]);
    },
  );

  test('that stood 60 days ahead for an hour makes no correction final that is still to come', async () => {
    await earn();
    at('2026-06-01');
    await run('2026-05-31');
    passes(60 * DAY_MS);
    const [first] = monthOfDays('2026-05', 310);
    await putDays(world.table, householdId, [{ ...first!, importWh: first!.importWh! - 10_000, revision: 1 }]);
    expect(await run('2026-05-31')).toMatchObject([{ outcome: 'unchanged' }]);
    at(addDays('2026-06-01', 1));
    expect(await run('2026-05-31')).toMatchObject([{ outcome: 'corrected', amount: 4000 }]);
    expect(await amounts()).toEqual([3200, 800]);
  });

  test('that jumps an hour ahead while the rail is called has the payout paid once', async () => {
    const { table, clock, pause } = world;
    await settle({ table, clock, pause }, aSettling(), {});
    await askPayout(world, OWNER, { payoutId: 'payout-1', unit: 'won', amount: 1000 });
    await decidePayout(world, { householdId, payoutId: 'payout-1' }, { decision: 'approve', by: 'staff' });
    const rail = recordedPayments({ clock });
    const slow = Promise.withResolvers<undefined>();
    const called = dispatchPayouts({
      ...world,
      payments: {
        ...rail,
        pay: async (order) => {
          await slow.promise;
          return await rail.pay(order);
        },
      },
    });
    await expect
      .poll(async () => (await readPayout(table, { householdId, payoutId: 'payout-1' }))?.payout.state)
      .toBe('unknown');
    passes(HOUR_MS);
    await dispatchPayouts({ ...world, payments: rail });
    passes(-HOUR_MS - CALL_MS);
    slow.resolve(undefined);
    await called;
    await dispatchPayouts({ ...world, payments: rail });
    expect(rail.lines()).toHaveLength(1);
    expect((await readPayout(table, { householdId, payoutId: 'payout-1' }))?.payout.state).toBe('paid');
    const { kept, addedUp } = await bothBalances(table, householdId);
    expect(kept).toEqual(addedUp);
  });

  test.each([-DAY_MS, -HOUR_MS, HOUR_MS])(
    'that jumps by %d ms keeps the answer of an Idempotency-Key, and its one effect',
    async (jumpMs) => {
      let effects = 0;
      const send = async () =>
        await once(
          world,
          {
            partnerId: 'office',
            key: 'key-000000000001',
            request: { body: 'a' },
            context: lambdaContext('x', 20_000),
            keeps: true,
          },
          async () => ({ statusCode: 200, headers: {}, body: String((effects += 1)) }),
        );
      await send();
      passes(jumpMs);
      expect((await send()).body).toBe('1');
      expect(effects).toBe(1);
    },
  );

  test('that was a day ahead when a request was cut off does not keep it from being sent again after it is right', async () => {
    passes(DAY_MS);
    const effects: string[] = [];
    const asked = {
      partnerId: 'office',
      key: 'key-000000000001',
      request: { body: 'a' },
      context: lambdaContext('x', 20_000),
      keeps: true,
    };
    const cutOff = once(world, asked, async (effect) => {
      effects.push(effect);
      return await new Promise(() => undefined);
    });
    cutOff.catch(() => undefined);
    await expect.poll(() => effects.length).toBe(1);
    passes(-DAY_MS);
    await once(world, asked, async (effect) => {
      effects.push(effect);
      return { statusCode: 200, headers: {}, body: '' };
    });
    // carried out again under the same name: what it makes, it makes once
    expect(new Set(effects).size).toBe(1);
  });

  test('that is set back by a day holds no event back for a day', async () => {
    const queue = sqliteQueue(world, { name: 'bus', visibilitySeconds: 60, attempts: 3 });
    await queue.send('before');
    await queue.send('later', { delaySeconds: 600 });
    passes(-DAY_MS);
    await queue.send('after');
    const taken = await queue.receive(10);
    expect(taken.map(({ body }) => body).toSorted()).toEqual(['after', 'before', 'later']);
    // and nobody has one twice that another is at
    expect(await queue.receive(10)).toEqual([]);
    passes(61_000);
    expect(await queue.receive(10)).toHaveLength(3);
  });
});
