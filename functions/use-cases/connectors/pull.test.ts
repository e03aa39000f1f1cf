import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayStart, HOUR_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import { connector as connectorSchema, type Connector } from '@hems/models/connector/connector';
import { CONNECTORS } from '../../adapters/providers/connectors/all.ts';
import { enterpriseBems } from '../../adapters/providers/connectors/enterprise-bems.ts';
import { smartEnergyPlatform } from '../../adapters/providers/connectors/smart-energy-platform.ts';
import { jsonataMapper } from '../../adapters/providers/jsonata-mapper.ts';
import { fakeEnterpriseBems } from '../../local/fakes/enterprise-bems.ts';
import { httpToFakes } from '../../local/fakes/http-to-fakes.ts';
import { fakeSmartEnergyPlatform } from '../../local/fakes/smart-energy-platform.ts';
import { agree } from '../../testing/agree.ts';
import { aWorld, HOME, NOON } from '../../testing/world.ts';
import { participantOf } from '../partners/participants.ts';
import { readConnectorState } from '../stores/connector-state.ts';
import { readOutsideRewards } from '../stores/outside-rewards.ts';
import { readMeterDay } from '../stores/site-intervals.ts';
import { endpointPut } from '../stores/webhook-endpoints.ts';
import { keepReward } from './keep-reward.ts';
import { pull, type PullDeps } from './pull.ts';
import { pullDue } from './pull-due.ts';
import { replay } from './replay.ts';

const SECRET = 'constructed-secret';
const LOBBY = { partnerId: 'building', siteId: 'tower-a', meterId: 'lobby' };
const COMPLEX = { partnerId: 'building', siteId: 'hanbit', meterId: 'C-1' };

const opened = async () => {
  const world = await aWorld();
  const bems = await fakeEnterpriseBems(SECRET);
  const platform = await fakeSmartEnergyPlatform(SECRET);
  const http = httpToFakes(
    { [enterpriseBems.baseUrl]: bems.origin, [smartEnergyPlatform.baseUrl]: platform.origin },
    200,
  );
  const deps: PullDeps = {
    table: world.table,
    clock: world.clock,
    pause: world.pause,
    http,
    secret: async () => SECRET,
    mapper: jsonataMapper(),
    keepReward: keepReward(world.table),
  };
  return { world, bems, platform, deps };
};

let at: Awaited<ReturnType<typeof opened>>;
beforeEach(async () => {
  at = await opened();
});
afterEach(async () => {
  await Promise.all([at.bems.close(), at.platform.close()]);
  await at.world.database.close();
});

const lobbyOn = async (date: string) => (await readMeterDay(at.world.table, LOBBY, date)).intervals;

describe('the enterprise BEMS', () => {
  it('is asked page by page, and its kWh of the day before are ours to the Wh', async () => {
    const run = await pull(at.deps, enterpriseBems);
    expect(run).toMatchObject({ outcome: 'done', refused: {}, reason: null });
    expect(run?.pages).toBe(3);
    const start = dayStart('2026-11-22');
    const morning = await lobbyOn('2026-11-22');
    expect(morning).toHaveLength(48);
    for (const { fromMs, importWh, quality } of morning) {
      expect(importWh).toBe(Math.round(at.bems.kwhAt('lobby', fromMs) * 1000));
      expect(quality).toBe('good');
    }
    expect(morning[0]?.fromMs).toBe(start);
  });

  it('is asked a quarter of an hour later for little more, and nothing counts twice', async () => {
    const first = await pull(at.deps, enterpriseBems);
    at.world.clock.set(NOON + SLOT_MS);
    const second = await pull(at.deps, enterpriseBems);
    expect(second?.fromMs).toBe((first?.toMs ?? 0) - 2 * HOUR_MS);
    expect(second).toMatchObject({ taken: 2, readings: 18 });
  });

  it('corrects a quarter hour within its overlap, and the corrected one counts', async () => {
    await pull(at.deps, enterpriseBems);
    at.bems.correct('lobby', NOON - HOUR_MS, 99.5);
    at.world.clock.set(NOON + SLOT_MS);
    await pull(at.deps, enterpriseBems);
    const found = (await lobbyOn('2026-11-22')).find(({ fromMs }) => fromMs === NOON - HOUR_MS);
    expect(found).toMatchObject({ importWh: 99_500, quality: 'estimated', revision: 1 });
  });

  it('corrects last week: asked for again, all of it comes and the watermark stays where it is', async () => {
    await pull(at.deps, enterpriseBems);
    const before = await readConnectorState(at.world.table, enterpriseBems);
    const longAgo = NOON - 80 * HOUR_MS;
    await replay({ ...at.world }, enterpriseBems, longAgo);
    const runs = [];
    for (let turn = 0; turn < 8; turn += 1) runs.push(await pull(at.deps, enterpriseBems));
    // what is new is asked for in between
    expect(runs.map((run) => run?.kind)).toEqual([
      'replay',
      'live',
      'replay',
      'live',
      'replay',
      'live',
      'replay',
      'live',
    ]);
    expect(runs[0]?.fromMs).toBe(longAgo);
    expect(runs[6]?.toMs).toBe(before.watermarkMs);
    expect(await lobbyOn('2026-11-20')).toHaveLength(96);
    const after = await readConnectorState(at.world.table, enterpriseBems);
    expect(after).toMatchObject({ replay: null, watermarkMs: before.watermarkMs });
  });
});

describe('asking again', () => {
  it('reaches as far back as readings are taken, is refused further, and can be ended', async () => {
    await pull(at.deps, enterpriseBems);
    await expect(replay(at.world, enterpriseBems, 0)).rejects.toThrow('400 days');
    await expect(replay(at.world, enterpriseBems, NOON + HOUR_MS)).rejects.toThrow('next turn');
    await replay(at.world, enterpriseBems, NOON - 100 * HOUR_MS);
    await replay(at.world, enterpriseBems, null);
    expect((await readConnectorState(at.world.table, enterpriseBems)).replay).toBeNull();
  });
});

describe('a system that is slow', () => {
  it('is asked for less at a time until it keeps up, and for more again when it does', async () => {
    const { world, deps } = at;
    let perCallMs = 100_000;
    const slow: PullDeps = {
      ...deps,
      http: {
        call: async (call) => {
          world.clock.set(world.clock.now() + perCallMs);
          return deps.http.call(call);
        },
      },
    };
    const first = await pull(slow, enterpriseBems);
    expect(first).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('less is asked for') as string });
    const asked = async () => (await readConnectorState(world.table, enterpriseBems)).windowMinutes;
    expect(await asked()).toBe(720);
    await pull(slow, enterpriseBems);
    expect(await asked()).toBe(360);
    perCallMs = 10;
    await pull(slow, enterpriseBems);
    expect(await asked()).toBe(720);
    await pull(slow, enterpriseBems);
    expect(await asked()).toBeNull();
  });
});

describe('one system', () => {
  it('whose secret is missing, or that names a page nobody can write, leaves the others their turn', async () => {
    const { world, deps } = at;
    const strange: Connector = {
      ...smartEnergyPlatform,
      id: 'strange',
      sources: [{ path: '/api/usage?since={from}&until={to}&cursor={cursor}', next: '"\\ud800"' }],
    };
    const secretOf = (one: Connector) => async () => {
      if (one.id === 'enterprise-bems') throw new Error('the secret is not there');
      return SECRET;
    };
    const webhooks = { send: async () => undefined };
    const report = await pullDue({ ...deps, secretOf, webhooks }, [enterpriseBems, strange, smartEnergyPlatform]);
    expect(report).toMatchObject({ done: 1, failed: 2 });
    expect((await readConnectorState(world.table, enterpriseBems)).runs[0]?.reason).toContain('secret');
    expect((await readConnectorState(world.table, strange)).breaker.failures).toBe(1);
  });
});

describe('a system that fails', () => {
  it.each(['down', 'busy', 'slow', 'no-json'] as const)(
    '(%s) loses nothing: what it could not tell is asked for when it is back',
    async (fault) => {
      at.bems.fail(fault);
      const failed = await pull(at.deps, enterpriseBems);
      expect(failed?.outcome).toBe('failed');
      expect(failed?.reason).toBeTruthy();
      expect((await readConnectorState(at.world.table, enterpriseBems)).watermarkMs).toBeNull();
      at.bems.fail(undefined);
      at.world.clock.set(NOON + SLOT_MS);
      expect(await pull(at.deps, enterpriseBems)).toMatchObject({ outcome: 'done' });
      expect((await lobbyOn('2026-11-22')).length).toBe(49);
    },
  );

  it('is tried three times at a turn, and after three turns only once in a while', async () => {
    at.bems.fail('busy');
    for (let turn = 0; turn < 3; turn += 1) await pull(at.deps, enterpriseBems);
    expect(at.bems.requests()).toBe(9);
    expect(await pull(at.deps, enterpriseBems)).toBeUndefined();
    expect(at.bems.requests()).toBe(9);
    at.world.clock.set(NOON + SLOT_MS);
    expect(await pull(at.deps, enterpriseBems)).toMatchObject({ outcome: 'failed' });
    expect(await pull(at.deps, enterpriseBems)).toBeUndefined();
    at.bems.fail(undefined);
    at.world.clock.set(NOON + HOUR_MS);
    expect(await pull(at.deps, enterpriseBems)).toMatchObject({ outcome: 'done' });
    expect((await readConnectorState(at.world.table, enterpriseBems)).breaker.failures).toBe(0);
  });

  it('catches up window by window after a week of silence', async () => {
    await pull(at.deps, enterpriseBems);
    at.world.clock.set(NOON + 5 * 24 * HOUR_MS);
    let turns = 0;
    for (let run = await pull(at.deps, enterpriseBems); run && run.toMs < NOON + 5 * 24 * HOUR_MS; turns += 1)
      run = await pull(at.deps, enterpriseBems);
    expect(turns).toBeLessThan(8);
    for (const date of ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'])
      expect(await lobbyOn(date), date).toHaveLength(96);
  });

  it('is not asked without end when it names a page after every page', async () => {
    const endless: Connector = {
      ...enterpriseBems,
      sources: [{ path: '/api/measurements?start={from}&end={to}', next: '"again"' }],
    };
    expect(await pull(at.deps, endless)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('without an end'),
    });
  });

  it('is not asked with the secret of another: a wrong one is told', async () => {
    const run = await pull({ ...at.deps, secret: async () => 'wrong' }, enterpriseBems);
    expect(run).toMatchObject({ outcome: 'failed', reason: 'it answers 401' });
  });
});

describe('the smart energy platform', () => {
  it('tells hours of its complex, counted as hours', async () => {
    await pull(at.deps, smartEnergyPlatform);
    const { intervals } = await readMeterDay(at.world.table, COMPLEX, '2026-11-21');
    expect(intervals).toHaveLength(24);
    for (const { fromMs, minutes, importWh } of intervals)
      expect([minutes, importWh]).toEqual([60, at.platform.usageAt(fromMs)]);
  });

  it('tells a household of the reward it gave, once, and only where the household agrees', async () => {
    const { world } = at;
    const participant = await participantOf(world, 'building', HOME.householdId);
    const reward = { rewardId: 'R-1', memberKey: participant, point: 300, reason: '11월 절약', date: '20261120' };
    at.platform.give(reward);
    expect((await pull(at.deps, smartEnergyPlatform))?.refused).toEqual({ 'no-consent': 1 });
    await agree(world.table, HOME.householdId, 'bems');
    at.platform.give({ ...reward, rewardId: 'R-2', memberKey: 'nobody-of-ours' });
    expect(await pull(at.deps, smartEnergyPlatform)).toMatchObject({
      rewards: 1,
      refused: { 'unknown-participant': 1 },
    });
    await pull(at.deps, smartEnergyPlatform);
    expect(await readOutsideRewards(world.table, HOME.householdId)).toEqual([
      { system: 'Smart energy platform', amount: 300, unit: 'points', earnedOn: '2026-11-20', label: '11월 절약' },
    ]);
  });
});

describe('what a system says', () => {
  it('and is no reading is counted by reason, and the rest is taken', async () => {
    const broken: Connector = {
      ...enterpriseBems,
      sources: [
        {
          path: '/api/measurements?start={from}&end={to}',
          readings: `[measurements.{"siteId": $$.building, "meterId": point, "fromMs": $toMillis(ts), "minutes": 15, "importWh": point = "lobby" ? -5 : 10,
            "exportWh": null, "quality": "good", "revision": 0}]`,
        },
      ],
    };
    const run = await pull(at.deps, broken);
    expect(run).toMatchObject({ outcome: 'done', refused: { 'not-a-reading': 50 }, readings: 50 });
  });

  it('cannot make a mapping run for ever, or eat the memory', async () => {
    const mapper = jsonataMapper({ timeout: 100, stack: 50 });
    await expect(mapper.map('($f := function($n) { $f($n + 1) + 1 }; $f(0))', {})).rejects.toThrow(/stack|depth/i);
    await expect(mapper.map('$sum([1..9000000].($ * $))', {})).rejects.toThrow(/time|sequence/i);
  });
});

describe('every connector', () => {
  it.each(CONNECTORS.map((one) => [one.id, one]))('%s is described as a connector is', (_id, one) => {
    expect(connectorSchema.parse(one)).toEqual(one);
  });

  it('has a name of its own', () => {
    expect(new Set(CONNECTORS.map(({ id }) => id)).size).toBe(CONNECTORS.length);
  });
});

describe('a partner whose system keeps failing', () => {
  it('is told once that it is let alone, and again only when it failed anew after it was back', async () => {
    const { world, bems, deps } = at;
    const { partnerId } = enterpriseBems;
    const endpoint = {
      endpointId: 'hook-1',
      url: 'https://building.example/hook',
      types: ['connector.failed' as const],
      status: 'active' as const,
      why: null,
      createdAtMs: NOON,
      statusAtMs: NOON,
      secrets: [{ secret: { v: 1 as const, iv: '', text: '', tag: '' }, fromMs: NOON, untilMs: null }],
      deadInARow: 0,
    };
    await world.table.put(endpointPut({ partnerId, endpoint, version: 0 }));
    const webhooks = { send: async () => undefined };
    const turn = async (hour: number) => {
      world.clock.set(NOON + hour * HOUR_MS);
      await pullDue({ ...deps, secretOf: () => async () => SECRET, webhooks }, [enterpriseBems]);
      const { items } = await world.table.query({
        table: 'operations',
        value: `PARTNER#${partnerId}`,
        prefix: 'DELIVERY#',
      });
      return items.length;
    };
    bems.fail('busy');
    expect([await turn(0), await turn(1)]).toEqual([0, 0]);
    expect([await turn(2), await turn(3), await turn(9)]).toEqual([1, 1, 1]);
    bems.fail(undefined);
    await turn(20);
    bems.fail('busy');
    expect([await turn(21), await turn(22), await turn(23)]).toEqual([1, 1, 2]);
  });
});
