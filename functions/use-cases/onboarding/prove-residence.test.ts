import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { ConditionFailed } from '../../ports/table.ts';
import { aJoiningWorld, FLAT, STAFF, wrongCode, type JoiningWorld } from '../../testing/joining-home.ts';
import { NOON } from '../../testing/world.ts';
import { readAccessLog } from '../privacy/audit-access.ts';
import { putMember } from '../stores/households.ts';
import { confirmSupply, guessSupply } from './confirm-supply.ts';
import { decideProof } from './decide-proof.ts';
import { issueCodes } from './issue-codes.ts';
import { proveResidence } from './prove-residence.ts';

let world: JoiningWorld;
let home: Awaited<ReturnType<JoiningWorld['opened']>>;
beforeEach(async () => {
  world = await aJoiningWorld();
  home = await world.opened('ada');
  await home.place();
});
const guess = async (count: number, one = home): Promise<void> => {
  for (let i = 0; i < count; i += 1) await one.code(wrongCode(i)).catch(() => undefined);
};
const unlock = () =>
  decideProof(world, { decision: 'unlock', reason: 'the resident called', householdId: home.householdId, who: STAFF });

describe('the code of the building', () => {
  test('proves the residence of its own flat, and tells nobody', async () => {
    const [code = ''] = await world.codes();
    expect(await home.code(code)).toEqual({
      state: 'proven',
      by: 'invitation',
      attemptsLeft: 10,
      locked: false,
      reason: null,
    });
    expect(await home.shown()).toMatchObject({ proof: { state: 'proven' } });
    expect(world.alerts()).toEqual([]);
  });

  test('sent again by who is in already changes nothing and counts for nothing', async () => {
    const [code = ''] = await world.codes();
    await home.code(code);
    expect(await home.code(code)).toMatchObject({ state: 'proven', attemptsLeft: 10 });
    expect(await home.code(wrongCode(1))).toMatchObject({ state: 'proven', attemptsLeft: 10 });
  });

  test('is of 60 bits, has no signs that look alike, and stands nowhere in the store', async () => {
    const codes = await world.codes(Array.from({ length: 200 }, (_, i) => `${i + 1}호`));
    expect(new Set(codes).size).toBe(200);
    for (const code of codes) expect(code).toMatch(/^(?:[A-HJ-NP-Z2-9]{4}-){2}[A-HJ-NP-Z2-9]{4}$/);
    const seen = new Set(codes.join('').replaceAll('-', ''));
    expect(seen.size).toBe(32);
    const text = JSON.stringify(world.database.prepare('SELECT * FROM homes').all());
    expect(codes.filter((code) => text.includes(code))).toEqual([]);
  });

  test.each([
    ['that nobody issued', () => Promise.resolve(wrongCode(1))],
    ['of the flat next door', async () => (await world.codes(['101동 1204호']))[0] ?? ''],
    [
      'that the neighbour has used',
      async () => {
        const [code = ''] = await world.codes();
        const neighbour = await world.opened('ben');
        await neighbour.place();
        await neighbour.code(code);
        return code;
      },
    ],
    [
      'of the flat next door that has expired',
      async () => {
        const [code = ''] = await world.codes(['101동 1204호'], '2026-11-23');
        world.clock.set(NOON + 3 * DAY_MS);
        return code;
      },
    ],
  ])('%s is wrong, in the same words', async (_, make) => {
    const code = await make();
    await expect(home.code(code)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'wrong-code',
      message: 'this is not a code of your home; 9 more may be tried',
    });
    expect(await home.shown()).toMatchObject({ proof: { state: 'none', attemptsLeft: 9 } });
  });

  test('that has expired says so to the flat it is of, until 90 days later, and counts', async () => {
    const [code = ''] = await world.codes([FLAT.unit], '2026-11-23');
    world.clock.set(NOON + 2 * DAY_MS);
    await expect(home.code(code)).rejects.toMatchObject({ code: 'code-expired' });
    expect(await home.shown()).toMatchObject({ proof: { attemptsLeft: 9 } });
    world.clock.set(NOON + 100 * DAY_MS);
    await expect(home.code(code)).rejects.toMatchObject({ code: 'wrong-code' });
  });

  test('holds to the end of its last day in Korea', async () => {
    const [one = '', other = ''] = await Promise.all([
      world.codes([FLAT.unit], '2026-11-22'),
      world.codes([FLAT.unit], '2026-11-22'),
    ]).then((all) => all.flat());
    const neighbour = await world.opened('ben');
    await neighbour.place();
    world.clock.set(NOON + DAY_MS / 2 - 1);
    expect(await home.code(one)).toMatchObject({ state: 'proven' });
    world.clock.set(NOON + DAY_MS / 2);
    await expect(neighbour.code(other)).rejects.toMatchObject({ code: 'code-expired' });
  });

  test('that the household used before it moved away and back says so', async () => {
    const [code = ''] = await world.codes();
    await home.code(code);
    await home.place({ unit: '101동 1204호' });
    await home.place();
    await expect(home.code(code)).rejects.toMatchObject({ code: 'code-used' });
  });

  test('sent by two households of the flat at the same time opens one of them', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [code = ''] = await world.codes();
      const two = [await world.opened(`ben-${round}`), await world.opened(`cho-${round}`)];
      for (const one of two) await one.place();
      const sent = await Promise.allSettled(two.map((one) => one.code(code)));
      expect(sent.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(sent.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'wrong-code' } });
      const states = await Promise.all(two.map(async (one) => (await one.shown()).proof.state));
      expect(states.toSorted()).toEqual(['none', 'proven']);
    }
  });

  test('sent by one household many times at once opens it', async () => {
    const [code = ''] = await world.codes();
    const sent = await Promise.all(Array.from({ length: 8 }, () => home.code(code)));
    expect(sent.every(({ state }) => state === 'proven')).toBe(true);
    expect(await home.shown()).toMatchObject({ proof: { state: 'proven', attemptsLeft: 10, locked: false } });
  });

  test('needs an address first, and a member who may', async () => {
    const other = await world.opened('ben');
    const [code = ''] = await world.codes();
    await expect(other.code(code)).rejects.toMatchObject({ kind: 'conflict', code: 'no-place' });
    expect(await other.shown()).toMatchObject({ proof: { attemptsLeft: 10 } });
    await expect(world.at({ ...home.member, role: 'viewer' }).code(code)).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('wrong codes', () => {
  test('the tenth locks; a right one opens nothing any more, and who tries and who lives there are told once', async () => {
    const neighbour = await world.opened('ben');
    await neighbour.place();
    const [own = '', code = ''] = [...(await world.codes()), ...(await world.codes())];
    await neighbour.code(own);
    world.said.length = 0;
    await guess(9);
    expect(await home.shown()).toMatchObject({ proof: { attemptsLeft: 1, locked: false } });
    await expect(home.code(wrongCode(9))).rejects.toMatchObject({ kind: 'too-many', code: 'locked' });
    await expect(home.code(code)).rejects.toMatchObject({ kind: 'too-many', code: 'locked' });
    expect(await home.shown()).toMatchObject({ proof: { state: 'none', attemptsLeft: 0, locked: true } });
    expect(world.alerts()).toEqual([
      `${home.householdId}: residence-locked`,
      `${neighbour.householdId}: residence-guessed`,
    ]);
    const toNeighbour = world.said.filter(({ detail }) => detail['householdId'] === neighbour.householdId);
    expect(JSON.stringify(toNeighbour)).not.toContain(home.householdId);
  });

  test('an operator unlocks, the resident sees who and why, and ten more may be tried', async () => {
    await guess(10);
    expect(await unlock()).toMatchObject({ state: 'none', attemptsLeft: 10, locked: false });
    const { entries } = await readAccessLog(world.table, { householdId: home.householdId });
    expect(entries).toMatchObject([{ who: STAFF, what: 'residence-unlocked', why: 'the resident called' }]);
    const [code = ''] = await world.codes();
    expect(await home.code(code)).toMatchObject({ state: 'proven', attemptsLeft: 10 });
  });

  test('do not lock out who asks an operator', async () => {
    await guess(10);
    expect(await home.prove({ by: 'operator' })).toMatchObject({ state: 'waiting', locked: true });
  });

  test('of 50 at the same time at most ten are looked at, and the right one among the rest stays unseen', async () => {
    const looked: string[] = [];
    const table: typeof world.table = {
      ...world.table,
      get: async (key) => {
        if (key.pk.startsWith('CODE#')) looked.push(key.pk);
        return world.table.get(key);
      },
    };
    const [right = ''] = await world.codes();
    const busy = { ...world, table };
    const codes = [...Array.from({ length: 49 }, (_, i) => wrongCode(i)), right];
    const sent = await Promise.allSettled(
      codes.map((code) => proveResidence(busy, home.member, { by: 'invitation', code })),
    );
    expect(new Set(looked).size).toBe(10);
    const refused = sent.map((one) => (one.status === 'rejected' ? (one.reason as { code?: string }).code : 'opened'));
    expect(refused.filter((code) => code === 'wrong-code')).toHaveLength(9);
    expect(refused.filter((code) => code === 'locked')).toHaveLength(41);
    expect(sent.some((one) => one.status === 'rejected' && one.reason instanceof ConditionFailed)).toBe(false);
    expect(await home.shown()).toMatchObject({ proof: { state: 'none', locked: true } });
  });
});

describe('one person with many households', () => {
  const many = async (count: number) => {
    const homes = [home];
    for (let i = 1; i < count; i += 1) {
      const one = await world.opened('ada', `request-${i + 1}`);
      await one.place();
      homes.push(one);
    }
    return homes;
  };
  const codeOf = async (attempt: Promise<unknown>): Promise<unknown> =>
    attempt.then(
      () => 'opened',
      (error: unknown) => (error as { code?: string }).code,
    );

  test('has ten wrong codes in all, whichever household they are tried in', async () => {
    const homes = await many(5);
    const answers: unknown[] = [];
    for (const [i, one] of homes.entries())
      for (let j = 0; j < 3; j += 1) answers.push(await codeOf(one.code(wrongCode(10 * i + j))));
    expect(answers.filter((code) => code === 'wrong-code')).toHaveLength(9);
    expect(answers.slice(9)).toEqual(Array.from({ length: 6 }, () => 'locked'));
    const [right = ''] = await world.codes();
    expect(await codeOf((homes[4] ?? home).code(right))).toBe('locked');
    const other = await world.opened('ben');
    await other.place();
    expect(await codeOf(other.code(right))).toBe('opened');
  });

  test('at the same time as well, and what a provider denies counts with them', async () => {
    const homes = await many(4);
    world.provider('does-not');
    const tries = homes.flatMap((one, i) => [
      ...Array.from({ length: 4 }, (_, j) => one.code(wrongCode(10 * i + j))),
      one.prove({ by: 'provider' }),
    ]);
    const answers = await Promise.all(tries.map(codeOf));
    expect(answers.filter((code) => code === 'wrong-code')).toHaveLength(9);
    expect(answers.filter((code) => code === 'locked')).toHaveLength(11);
  });

  test('buys no further guesses with a code of their own flat', async () => {
    const [first, second, third] = await many(3);
    const [own = ''] = await world.codes();
    for (let i = 0; i < 8; i += 1) await codeOf((first ?? home).code(wrongCode(i)));
    expect(await codeOf((second ?? home).code(own))).toBe('opened');
    expect(await codeOf((third ?? home).code(wrongCode(20)))).toBe('wrong-code');
    expect(await codeOf((third ?? home).code(wrongCode(21)))).toBe('locked');
  });

  test('is unlocked with any of their households, and forgotten a month after the last wrong one', async () => {
    const [first, second] = await many(2);
    for (let i = 0; i < 5; i += 1) {
      await codeOf((first ?? home).code(wrongCode(i)));
      await codeOf((second ?? home).code(wrongCode(10 + i)));
    }
    expect(await codeOf((second ?? home).code(wrongCode(30)))).toBe('locked');
    await unlock();
    expect(await codeOf((second ?? home).code(wrongCode(31)))).toBe('wrong-code');
    world.clock.set(NOON + 31 * DAY_MS);
    for (let i = 0; i < 9; i += 1) expect(await codeOf((first ?? home).code(wrongCode(40 + i)))).toBe('wrong-code');
  });
});

describe('the lock', () => {
  const dead = () => ({ ...world, bus: { publish: () => Promise.reject(new Error('the bus is away')) } });

  test('is told at the next attempt when the telling failed, and then once', async () => {
    await guess(9);
    const tenth = proveResidence(dead(), home.member, { by: 'invitation', code: wrongCode(9) });
    await expect(tenth).rejects.toThrow('the bus is away');
    expect(world.alerts()).toEqual([]);
    await guess(5);
    expect(world.alerts()).toEqual([`${home.householdId}: residence-locked`]);
  });

  test('is told anew on the same day once it was unlocked and locked again', async () => {
    await guess(10);
    world.clock.set(NOON + 1000);
    await unlock();
    await guess(10);
    const locks = world.said.filter(({ detail }) => JSON.stringify(detail).includes('residence-locked'));
    expect(new Set(locks.map(({ detail }) => detail['key'])).size).toBe(2);
  });
});

describe('who makes codes', () => {
  test('stands in the access log of the household that a code has proved', async () => {
    const [code = ''] = await world.codes();
    await home.code(code);
    const { entries } = await readAccessLog(world.table, { householdId: home.householdId });
    expect(entries).toMatchObject([{ who: STAFF, what: 'residence-proven-by-code' }]);
    expect(world.said.map(({ type }) => type)).toEqual(['access.recorded']);
  });

  test('proves nothing of a household they belong to; another operator’s code does, and nothing was counted', async () => {
    await putMember(world.table, { householdId: home.householdId, sub: STAFF.id, role: 'viewer' });
    const [code = ''] = await world.codes();
    await expect(home.code(code)).rejects.toMatchObject({ kind: 'forbidden', code: 'own-household' });
    expect(await home.shown()).toMatchObject({ proof: { state: 'none', attemptsLeft: 10 } });
    const { address, postalCode, unit } = FLAT;
    const issued = await issueCodes(
      world,
      { address, postalCode, units: [unit], expiresOn: '2026-12-31' },
      'operator-2',
    );
    expect(await home.code(issued.codes[0]?.code ?? '')).toMatchObject({ state: 'proven' });
  });

  test('is not proven when it cannot be recorded', async () => {
    const [code = ''] = await world.codes();
    const table: typeof world.table = {
      ...world.table,
      transact: (writes) =>
        writes.some((one) => 'put' in one && one.put.sk.startsWith('ACCESS'))
          ? Promise.reject(new Error('the store is away'))
          : world.table.transact(writes),
    };
    const proving = proveResidence({ ...world, table }, home.member, { by: 'invitation', code });
    await expect(proving).rejects.toThrow('the store is away');
    expect(await home.shown()).toMatchObject({ proof: { state: 'none' } });
  });
});

describe('a provider', () => {
  test('that says they live there proves it', async () => {
    world.provider('lives-there');
    expect(await home.prove({ by: 'provider' })).toMatchObject({ state: 'proven', by: 'provider' });
  });

  test('that cannot say proves nothing, counts nothing, and the resident is led to the other ways', async () => {
    world.provider('unknown');
    await expect(home.prove({ by: 'provider' })).rejects.toMatchObject({ kind: 'conflict', code: 'provider-unknown' });
    expect(await home.shown()).toMatchObject({ proof: { state: 'none', attemptsLeft: 10 } });
  });

  test('that says no is counted like a wrong code, and is not asked once it is locked', async () => {
    world.provider('does-not');
    await expect(home.prove({ by: 'provider' })).rejects.toMatchObject({ code: 'wrong-code' });
    await guess(9);
    world.provider('lives-there');
    await expect(home.prove({ by: 'provider' })).rejects.toMatchObject({ code: 'locked' });
    expect(await home.shown()).toMatchObject({ proof: { state: 'none' } });
  });
});

describe('what opens nothing', () => {
  const BILL = { from: '2026-10-01', to: '2026-10-31', importWh: 350_000, billWon: 70_640 };

  test('a bill typed in, right to the won, with the address and the customer number on it', async () => {
    const [best] = (await guessSupply(world, home.householdId, BILL)).guesses;
    if (!best) throw new Error('no contract was found');
    await confirmSupply(world, home.member, { supply: best.supply, lastBill: BILL });
    expect(await home.shown()).toMatchObject({
      place: { address: FLAT.address },
      supplyConfirmed: true,
      proof: { state: 'none' },
      next: 'proof',
    });
  });

  test('the address of a home that has proved it', async () => {
    const [code = ''] = await world.codes();
    await home.code(code);
    const other = await world.opened('ben');
    await other.place();
    expect(await other.shown()).toMatchObject({ proof: { state: 'none' } });
  });
});
