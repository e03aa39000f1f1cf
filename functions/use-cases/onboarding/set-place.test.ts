import { beforeEach, describe, expect, test } from 'vitest';
import { aJoiningWorld, DOCUMENT, FLAT, STAFF, type JoiningWorld } from '../../testing/joining-home.ts';
import { joinCommunity, leaveCommunity } from '../community/membership.ts';
import { openHousehold } from './open-household.ts';
import { readHome } from '../days/household.ts';
import { currentOf, readMemberships } from '../stores/community.ts';
import { readPlace } from '../stores/places.ts';
import { decideProof } from './decide-proof.ts';
import { proveResidence } from './prove-residence.ts';
import { setPlace } from './set-place.ts';
import type { Key } from '../../ports/table.ts';

let world: JoiningWorld;
let home: Awaited<ReturnType<JoiningWorld['opened']>>;
beforeEach(async () => {
  world = await aJoiningWorld();
  home = await world.opened('ada');
});
const prove = async (one = home): Promise<void> => {
  const [code = ''] = await world.codes();
  await one.code(code);
};

describe('saying where the home is', () => {
  test('is kept as it was said, the customer number apart, and nothing of it can be read in the store', async () => {
    await home.place();
    const { customerNumber, ...shown } = FLAT;
    expect(await home.shown()).toMatchObject({ place: shown, next: 'supply' });
    expect(await readPlace(world, home.householdId)).toMatchObject({ customerNumber });
    const text = JSON.stringify(world.database.prepare('SELECT * FROM homes').all());
    for (const secret of ['월드컵북로', '1203호', '03925', '0123456789', '우리 집']) expect(text).not.toContain(secret);
  });

  test('says how large it is and where its hours of time-of-use are', async () => {
    await home.place({ region: '제주 제주시', areaM2: 59 });
    expect(await readHome(world.table, home.householdId)).toMatchObject({ home: { region: 'jeju', areaM2: 59 } });
    await home.place({ region: '서울 마포구' });
    expect(await readHome(world.table, home.householdId)).toMatchObject({ home: { region: 'mainland', areaM2: 84 } });
  });

  test('again without the customer number keeps it, and of another home forgets it', async () => {
    const { customerNumber: _, ...without } = FLAT;
    await home.place();
    await home.place({ ...without, customerNumber: undefined as never });
    expect(await readPlace(world, home.householdId)).toMatchObject({ customerNumber: FLAT.customerNumber });
    await home.place({ unit: '101동 1204호', customerNumber: undefined as never });
    expect(await readPlace(world, home.householdId)).not.toHaveProperty('customerNumber');
  });

  test.each(['👨‍👩‍👧‍👦 집 🏠', 'البيت', 'בית שלי', "'; DROP TABLE items; --"])('under the name %s', async (name) => {
    await home.place({ name });
    expect(await home.shown()).toMatchObject({ place: { name } });
  });

  test('is not for who only looks, nor for a demo home', async () => {
    const viewer = world.at({ ...home.member, role: 'viewer' });
    await expect(viewer.place()).rejects.toMatchObject({ kind: 'forbidden' });
    const { householdId } = await openHousehold(world, 'ada', {
      requestId: 'request-demo',
      kind: 'demo',
      name: 'demo',
      buildingType: 'house',
    });
    await expect(world.at({ ...home.member, householdId }).place()).rejects.toMatchObject({ code: 'demo-home' });
  });

  test('the community that the household joined goes on comparing it with where it was; joined anew, with where it is', async () => {
    await home.place();
    await joinCommunity(world, home.member, { textVersion: 1 });
    await home.place({ region: '부산 해운대구' });
    const segment = async () => currentOf(await readMemberships(world.table, home.householdId))?.segment;
    expect(await segment()).toBe('서울 마포구/apartment');
    await leaveCommunity(world, home.member);
    await joinCommunity(world, home.member, { textVersion: 1 });
    expect(await segment()).toBe('부산 해운대구/apartment');
  });
});

describe('a proof', () => {
  test.each([
    ['another name', { name: 'other' }],
    ['more people', { people: 5 }],
    ['another area', { areaM2: 59 }],
    ['the same address written otherwise', { address: '월드컵북로21', unit: '101-1203' }],
  ])('outlives %s', async (_, over) => {
    await home.place();
    await prove();
    await home.place(over);
    expect(await home.shown()).toMatchObject({ proof: { state: 'proven', by: 'invitation' } });
  });

  test.each([
    ['another flat', { unit: '101동 1204호' }],
    ['another number', { address: '월드컵북로 23' }],
    ['another postal code', { postalCode: '03926' }],
    ['another district', { region: '서울 강남구' }],
  ])('falls with %s, and so does the wait for an operator', async (_, over) => {
    await home.place();
    await prove();
    await home.place(over);
    expect(await home.shown()).toMatchObject({ proof: { state: 'none', by: null } });
    await home.prove({ by: 'operator' });
    await home.place();
    expect(await home.shown()).toMatchObject({ proof: { state: 'none' } });
  });

  /** The store, in which something else happens after the first read of an item that is looked for. */
  const meanwhile = (isRead: (key: Key) => boolean, happens: () => Promise<unknown>): typeof world.table => {
    let waits = true;
    return {
      ...world.table,
      get: async (key) => {
        const item = await world.table.get(key);
        if (waits && isRead(key)) {
          waits = false;
          await happens();
        }
        return item;
      },
    };
  };
  const NEXT_DOOR = '101동 1204호';

  test('is not made of an address that is said to be another one while the code is looked at', async () => {
    await home.place();
    const [code = ''] = await world.codes();
    const table = meanwhile(
      ({ pk }) => pk.startsWith('CODE#'),
      () => home.place({ unit: NEXT_DOOR }),
    );
    const proving = proveResidence({ ...world, table }, home.member, { by: 'invitation', code });
    await expect(proving).rejects.toMatchObject({ code: 'wrong-code' });
    expect(await home.shown()).toMatchObject({ place: { unit: NEXT_DOOR }, proof: { state: 'none' } });
  });

  test('that is made while another address is being said falls with it', async () => {
    await home.place();
    const [code = ''] = await world.codes();
    const table = meanwhile(
      ({ sk }) => sk === 'PROOF',
      () => home.code(code),
    );
    await setPlace({ ...world, table }, home.member, { ...FLAT, unit: NEXT_DOOR });
    expect(await home.shown()).toMatchObject({ place: { unit: NEXT_DOOR }, proof: { state: 'none' } });
  });

  test('is not asked for anew where the district is written otherwise', async () => {
    await home.place();
    await prove();
    await home.place({ region: '서울특별시  마포구' });
    expect(await home.shown()).toMatchObject({ place: { region: '서울 마포구' }, proof: { state: 'proven' } });
  });

  test('wrong codes stay counted when another address is said', async () => {
    await home.place();
    await expect(home.code('AAAA-AAAA-AAAA')).rejects.toMatchObject({ code: 'wrong-code' });
    await home.place({ unit: '101동 1204호' });
    expect(await home.shown()).toMatchObject({ proof: { attemptsLeft: 9 } });
  });
});

describe('two households that say the same address', () => {
  test('may both; the one that has proved it is told that somebody says so, never who', async () => {
    await home.place();
    await prove();
    const other = await world.opened('ben');
    await other.place({ address: '월드컵북로21', unit: '101-1203' });
    expect(world.alerts()).toEqual([`${home.householdId}: residence-claimed`]);
    expect(JSON.stringify(world.said)).not.toMatch(new RegExp(`ben|${other.householdId}`));
    expect(await other.shown()).toMatchObject({ proof: { state: 'none' } });
  });

  test('said again and again, it is the same happening for who is told', async () => {
    await home.place();
    await prove();
    const other = await world.opened('ben');
    for (const name of ['a', 'b', 'c']) await other.place({ name });
    const alerts = world.said.filter(({ type }) => type === 'security.alert');
    expect(new Set(alerts.map(({ detail }) => detail['key'])).size).toBe(1);
  });

  test('are both proven once each has its own code, or an operator says so', async () => {
    await home.place();
    await prove();
    const [ben, cho] = [await world.opened('ben'), await world.opened('cho')];
    await ben.place();
    await cho.place();
    await prove(ben);
    await cho.prove({ by: 'operator' });
    await decideProof(world, {
      decision: 'approve',
      reason: 'moved in together',
      residence: DOCUMENT,
      householdId: cho.householdId,
      who: STAFF,
    });
    for (const one of [home, ben, cho]) expect(await one.shown()).toMatchObject({ proof: { state: 'proven' } });
  });

  test('nobody is told while nobody has proved it', async () => {
    await home.place();
    await (await world.opened('ben')).place();
    expect(world.alerts()).toEqual([]);
  });
});
