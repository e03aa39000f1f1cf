import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { aBatch, aReading, aRuleEvent, aWorld, HOME, NOON, type World } from '../../testing/world.ts';
import { ingest } from './ingest.ts';
import { readLive } from '../read-live.ts';
import { readUsage } from '../read-usage.ts';
import { replayQuarantine } from '../replay-quarantine.ts';
import { listQuarantine, type QuarantineEntry } from '../stores/quarantine.ts';
import { putDevice } from '../stores/households.ts';

const TODAY = '2026-11-22';
const point = (over: Parameters<typeof aPoint>[0] = {}) => aPoint({ ts: NOON, ...over });

let world: World;
beforeEach(async () => {
  world = await aWorld();
});

const quarantine = async (): Promise<QuarantineEntry[]> =>
  (await listQuarantine(world.table, { date: TODAY, limit: 1000 })).entries;
const reasons = async (): Promise<string[]> => (await quarantine()).map(({ reason }) => reason);
const meterPower = async () => (await readLive(world, HOME.householdId)).grid;
const history = (quantity: 'power_w' | 'energy_import_wh') =>
  world.telemetry.series({
    household: HOME.telemetryId,
    deviceId: 'meter-1',
    kind: 'smart_meter',
    quantity,
    fromMs: 0,
    toMs: NOON + DAY_MS,
  });

describe('a reading of a known meter', () => {
  test('is the live state, with its own time, as soon as it has been taken', async () => {
    expect(await world.take(aRuleEvent('reading', aReading(point())))).toMatchObject({ accepted: 1, quarantined: 0 });
    expect(await meterPower()).toEqual({ powerW: 500, ts: NOON, quality: 'good' });
    expect(await history('power_w')).toEqual([{ ts: NOON, value: 500, q: 0 }]);
  });

  test('that is late fills the history and leaves the live state as it is', async () => {
    await world.take(aRuleEvent('reading', aReading(point())));
    await world.take(aRuleEvent('reading', aReading(point({ ts: NOON - 60_000, seq: 2, quantities: { power_w: 9 } }))));
    expect(await meterPower()).toMatchObject({ powerW: 500, ts: NOON });
    expect(await history('power_w')).toHaveLength(2);
  });

  test('corrected by a higher (boot, seq) is replaced, in whichever order the two come', async () => {
    const [wrong, right] = [
      point({ seq: 7 }),
      point({ boot: 2, seq: 1, quantities: { power_w: 650, energy_import_wh: 1010 } }),
    ];
    await world.take(aRuleEvent('reading', aReading(right)));
    await world.take(aRuleEvent('reading', aReading(wrong)));
    expect(await meterPower()).toMatchObject({ powerW: 650 });
    expect(await history('energy_import_wh')).toEqual([{ ts: NOON, value: 1010, q: 0 }]);
  });

  test('by a clock a few minutes fast is live as of its arrival, and does not stand over the readings that follow', async () => {
    await world.take(aRuleEvent('reading', aReading(point({ ts: NOON + 10 * 60_000 }))));
    expect(await meterPower()).toMatchObject({ powerW: 500, ts: NOON });
    const next = point({ ts: NOON + 5000, seq: 2, quantities: { power_w: 200 } });
    await world.take(aRuleEvent('reading', aReading(next), { received: NOON + 5000 }));
    expect(await meterPower()).toMatchObject({ powerW: 200, ts: NOON + 5000 });
    expect(await reasons()).toEqual([]);
  });

  test('with the same (boot, seq) and another content is a conflict: the smaller text stands, both are kept for the operator', async () => {
    const [a, b] = [
      point({ quantities: { energy_import_wh: 1000 } }),
      point({ quantities: { energy_import_wh: 2000 } }),
    ];
    await world.take(aRuleEvent('reading', aReading(b)));
    await world.take(aRuleEvent('reading', aReading(a)));
    expect(await history('energy_import_wh')).toEqual([{ ts: NOON, value: 1000, q: 0 }]);
    expect(await reasons()).toEqual(['conflict', 'conflict']);
  });
});

describe('under a history that the rule writes', () => {
  test('a reading is left to the rule, and a batch, which no rule can take apart, is written here', async () => {
    const deps = { ...world.deps, readingHistory: 'rule-action' } as const;
    await ingest(deps, [aRuleEvent('reading', aReading(point()))]);
    expect(await history('power_w')).toEqual([]);
    await ingest(deps, [aRuleEvent('batch', aBatch([point({ ts: NOON - SLOT_MS })]))]);
    expect(await history('power_w')).toEqual([{ ts: NOON - SLOT_MS, value: 500, q: 0 }]);
    expect(await meterPower()).toMatchObject({ powerW: 500, ts: NOON });
  });
});

describe('what is impossible', () => {
  const refused: readonly (readonly [what: string, message: unknown, reason: string])[] = [
    ['text that is not JSON', '{"v":1,', 'not-json'],
    ['a bare NaN', '{"v":1,"power_w":NaN}', 'not-json'],
    ['power as text', { ...aReading(point()), power_w: '500' }, 'not-a-reading'],
    ['power as a fraction', { ...aReading(point()), power_w: 500.5 }, 'not-a-reading'],
    ['a negative register', { ...aReading(point()), energy_import_wh: -1 }, 'not-a-reading'],
    ['a quantity nobody has defined', { ...aReading(point()), power_kw: 1 }, 'not-a-reading'],
    ['no version', { ...aReading(point()), v: undefined }, 'not-a-reading'],
    ['an array', [aReading(point())], 'not-a-reading'],
    ['null', null, 'not-a-reading'],
    ['a reading from 1970', aReading(point({ ts: 1000 })), 'too-old'],
    ['a reading from 2100', aReading(point({ ts: 4_102_444_800_000 })), 'in-the-future'],
    ['a reading 16 minutes ahead', aReading(point({ ts: NOON + 16 * 60_000 })), 'in-the-future'],
    ['a device nobody has registered', aReading(point({ deviceId: 'stranger' })), 'unknown-device'],
    ['a meter that says it is a battery', aReading(point({ kind: 'battery' })), 'wrong-kind'],
  ];
  test.each(refused)('%s is kept out with its reason, whole, and can be listed', async (_what, message, reason) => {
    expect(await world.take(aRuleEvent('reading', message))).toMatchObject({ accepted: 0, quarantined: 1 });
    const [entry] = await quarantine();
    expect(entry).toMatchObject({ reason, state: 'held' });
    expect(entry?.event.payload).toBe(aRuleEvent('reading', message).payload);
    expect(await meterPower()).toMatchObject({ powerW: null, quality: 'missing' });
  });

  test('from a household that is not known is kept out', async () => {
    await world.take(aRuleEvent('reading', aReading(point()), { household: 'nobody' }));
    expect(await reasons()).toEqual(['unknown-household']);
  });

  test("from another gateway than the device's own is kept out", async () => {
    await world.take(aRuleEvent('reading', aReading(point()), { gateway: 'g-2' }));
    expect(await reasons()).toEqual(['wrong-gateway']);
  });

  test('is one entry, however often it comes', async () => {
    const event = aRuleEvent('reading', '{');
    await world.take(event, event);
    await world.take(event);
    expect(await reasons()).toEqual(['not-json']);
  });

  test('among good points of a batch does not lose the good ones', async () => {
    const good = [point({ ts: NOON - SLOT_MS, seq: 1 }), point({ seq: 3 })];
    const batch = aBatch([...good, point({ ts: 1000, seq: 4 })]);
    const points = [...(batch['points'] as unknown[]), { device_id: 'meter-1', power_w: 'x' }];
    expect(await world.take(aRuleEvent('batch', { ...batch, points }))).toMatchObject({ accepted: 2, quarantined: 2 });
    expect((await reasons()).toSorted()).toEqual(['not-a-point', 'too-old']);
    expect(await history('power_w')).toHaveLength(2);
  });

  test('replayed once its cause is gone is taken as of the time it came', async () => {
    await world.take(aRuleEvent('reading', aReading(point({ deviceId: 'late-1' }))));
    await putDevice(world.table, HOME.householdId, {
      deviceId: 'late-1',
      kind: 'smart_meter',
      name: '',
      gateway: 'g-1',
      status: 'active',
    });
    world.clock.set(NOON + DAY_MS);
    const [entry] = await quarantine();
    expect(await replayQuarantine(world.deps, entry?.id ?? '')).toMatchObject({ accepted: 1, quarantined: 0 });
    expect((await quarantine())[0]?.state).toBe('replayed');
  });

  test('replayed while its cause stands is still held', async () => {
    await world.take(aRuleEvent('reading', '{'));
    const [entry] = await quarantine();
    expect(await replayQuarantine(world.deps, entry?.id ?? '')).toMatchObject({ accepted: 0, quarantined: 1 });
    expect((await quarantine())[0]?.state).toBe('held');
  });
});

describe('more than a meter can say', () => {
  test('thousands of points in one quarter hour leave its energy exact and the surplus counted out', async () => {
    const points = Array.from({ length: 3000 }, (_, index) =>
      point({
        ts: NOON + index,
        seq: index,
        quantities: { power_w: 1, energy_import_wh: 1000 + Math.floor(index / 100) },
      }),
    );
    for (let from = 0; from < points.length; from += 500) {
      await world.take(aRuleEvent('batch', aBatch(points.slice(from, from + 500))));
    }
    await world.take(
      aRuleEvent('reading', aReading(point({ ts: NOON + 60_000, seq: 3000, quantities: { energy_import_wh: 1029 } }))),
    );
    world.clock.set(NOON + SLOT_MS);
    const usage = await readUsage(world, { householdId: HOME.householdId, grain: 'day', from: TODAY, to: TODAY });
    expect(usage.intervals[0]?.importWh).toBe(29);
    expect((await history('power_w')).length).toBe(900);
    // One entry a message, with all of its surplus in it: a flood does not become a flood of entries.
    expect(await quarantine()).toHaveLength(6);
    expect(new Set(await reasons()).size).toBe(1);
  });

  test('what the history had no room for can be replayed as the batch it was', async () => {
    const flood = Array.from({ length: 901 }, (_, index) => point({ ts: NOON + index, seq: index }));
    await world.take(aRuleEvent('batch', aBatch(flood)));
    const [entry] = await quarantine();
    expect(entry?.event.channel).toBe('batch');
    const stores = { ...world.deps, readingHistory: 'rule-action' } as const;
    expect(await replayQuarantine(stores, entry?.id ?? '')).toMatchObject({ accepted: 1, quarantined: 1 });
  });
});
