import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { aWorld, NOON, type World } from '../../testing/world.ts';
import { householdOf, membersOf, membershipsOf, readProfile } from '../stores/households.ts';
import { A_DAY_MAX, ALL_MAX, openHousehold, type Opened } from './open-household.ts';

const asked = (requestId: string, over: Partial<Opened> = {}): Opened => ({
  requestId,
  kind: 'own',
  name: '우리 집',
  buildingType: 'apartment',
  ...over,
});
const request = (number: number): string => `request-${number}`;

let world: World;
beforeEach(async () => {
  world = await aWorld();
});
const homes = async (sub: string) => (await membershipsOf(world.table, sub)).map(({ householdId }) => householdId);

describe('opening a household', () => {
  test('makes whoever does its owner, under a telemetry id of its own, with every step open', async () => {
    const opened = await openHousehold(world, 'ada', asked('request-1'));
    expect(opened).toEqual({
      householdId: expect.any(String),
      kind: 'own',
      place: null,
      supply: null,
      supplyConfirmed: false,
      proof: { state: 'none', by: null, attemptsLeft: 10, locked: false, reason: null },
      historyDays: 0,
      devices: 0,
      next: 'place',
    });
    const { householdId } = opened;
    expect(await membersOf(world.table, householdId)).toMatchObject([{ sub: 'ada', role: 'owner' }]);
    const profile = await readProfile(world.table, householdId);
    expect(profile?.telemetryId).not.toBe(householdId);
    expect(await householdOf(world.table, profile?.telemetryId ?? '')).toBe(householdId);
  });

  test('by the same request is done once, however often and however much at once it is sent', async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => openHousehold(world, 'ada', asked('request-1'))));
    const again = await openHousehold(world, 'ada', asked('request-1', { name: 'another name' }));
    expect(new Set([...opened, again].map(({ householdId }) => householdId)).size).toBe(1);
    expect(await homes('ada')).toEqual([again.householdId]);
  });

  test('by the request id of somebody else is another household', async () => {
    const ada = await openHousehold(world, 'ada', asked('request-1'));
    const ben = await openHousehold(world, 'ben', asked('request-1'));
    expect(ben.householdId).not.toBe(ada.householdId);
    expect(await homes('ben')).toEqual([ben.householdId]);
  });

  test('is nothing at all when its write fails', async () => {
    const rows = () => world.database.prepare('SELECT pk, sk FROM homes UNION SELECT pk, sk FROM people').all();
    const before = rows();
    const table = { ...world.table, transact: () => Promise.reject(new Error('the store is away')) };
    await expect(openHousehold({ ...world, table }, 'ada', asked('request-1'))).rejects.toThrow('the store is away');
    expect(rows()).toEqual(before);
    expect(await openHousehold(world, 'ada', asked('request-1'))).toMatchObject({ next: 'place' });
  });
});

describe('a person opens', () => {
  const openDay = async (day: number): Promise<void> => {
    world.clock.set(NOON + day * DAY_MS);
    for (let i = 0; i < A_DAY_MAX; i += 1) await openHousehold(world, 'ada', asked(request(100 * day + i)));
  };

  test('five households a day at most, also at once', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) => openHousehold(world, 'ada', asked(request(i)))),
    );
    const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(refused).toHaveLength(7);
    for (const one of refused) expect(one).toMatchObject({ kind: 'too-many', code: 'households-today' });
    expect(await homes('ada')).toHaveLength(A_DAY_MAX);
    await expect(openHousehold(world, 'ben', asked('request-1'))).resolves.toBeDefined();
  });

  test('ten in all, and a request that was carried out is answered all the same', async () => {
    await openDay(0);
    await openDay(1);
    world.clock.set(NOON + 2 * DAY_MS);
    await expect(openHousehold(world, 'ada', asked('request-x'))).rejects.toMatchObject({
      kind: 'too-many',
      code: 'households-all',
    });
    expect(await homes('ada')).toHaveLength(ALL_MAX);
    expect(await openHousehold(world, 'ada', asked(request(3)))).toMatchObject({ next: 'place' });
  });
});
