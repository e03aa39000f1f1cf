import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { aJoiningWorld, DOCUMENT, FLAT, STAFF, wrongCode, type JoiningWorld } from '../../testing/joining-home.ts';
import { HOME, NOON } from '../../testing/world.ts';
import { readAccessLog } from '../privacy/audit-access.ts';
import { putMember } from '../stores/households.ts';
import { decideProof, type Decision } from './decide-proof.ts';
import { issueCodes } from './issue-codes.ts';

let world: JoiningWorld;
let home: Awaited<ReturnType<JoiningWorld['opened']>>;
beforeEach(async () => {
  world = await aJoiningWorld();
  home = await world.opened('ada');
});
const REASON = 'lease was shown';
const approve = (residence: typeof FLAT | object = DOCUMENT, householdId = home.householdId) =>
  decideProof(world, {
    decision: 'approve',
    reason: REASON,
    residence: { ...DOCUMENT, ...residence },
    householdId,
    who: STAFF,
  });
const decide = (decision: 'refuse' | 'unlock', { reason = REASON, householdId = home.householdId } = {}) =>
  decideProof(world, { decision, reason, householdId, who: STAFF });
const logged = async () =>
  (await readAccessLog(world.table, { householdId: home.householdId })).entries.map(
    ({ what, why }) => `${what}: ${why}`,
  );
const { address, unit, postalCode } = FLAT;

describe('an operator', () => {
  beforeEach(async () => {
    await home.place();
    await home.prove({ by: 'operator' });
    world.said.length = 0;
  });

  test('approves: the residents are told, see who and why, and a locked household is open', async () => {
    for (let i = 0; i < 10; i += 1) await home.code(wrongCode(i)).catch(() => undefined);
    world.said.length = 0;
    expect(await approve()).toEqual({
      state: 'proven',
      by: 'operator',
      attemptsLeft: 10,
      locked: false,
      reason: null,
    });
    expect(world.alerts()).toEqual([`${home.householdId}: residence-approved`]);
    expect(await logged()).toEqual(['residence-approved: lease was shown']);
  });

  test('approves the address of the document only; that it was held against the home’s stands in the log as that', async () => {
    await expect(approve({ unit: '101동 1204호' })).rejects.toMatchObject({ kind: 'conflict', code: 'other-address' });
    expect(await home.shown()).toMatchObject({ proof: { state: 'waiting' } });
    expect(await logged()).toEqual(['residence-compared: lease was shown']);
    expect(world.alerts()).toEqual([]);
    expect(await approve({ unit: '101-1203' })).toMatchObject({ state: 'proven' });
    expect(await logged()).toEqual(['residence-approved: lease was shown', 'residence-compared: lease was shown']);
  });

  test('approves nobody who has moved since they asked, until they ask again', async () => {
    await home.place({ unit: '101동 1204호' });
    await expect(approve()).rejects.toMatchObject({ kind: 'conflict', code: 'not-waiting' });
    await expect(approve({ unit: '101동 1204호' })).rejects.toMatchObject({ code: 'not-waiting' });
    expect(await home.shown()).toMatchObject({ proof: { state: 'none' } });
    await home.prove({ by: 'operator' });
    await expect(approve()).rejects.toMatchObject({ code: 'other-address' });
    expect(await approve({ unit: '101동 1204호' })).toMatchObject({ state: 'proven' });
  });

  test('approves nothing of a household that moves while it is approved', async () => {
    let moved = false;
    const table: typeof world.table = {
      ...world.table,
      transact: async (writes) => {
        if (!moved && writes.some((one) => 'put' in one && one.put.sk === 'PROOF')) {
          moved = true;
          await home.place({ unit: '101동 1204호' });
        }
        return world.table.transact(writes);
      },
    };
    const asked = { decision: 'approve', reason: REASON, residence: DOCUMENT, who: STAFF } as const;
    await expect(decideProof({ ...world, table }, { ...asked, householdId: home.householdId })).rejects.toMatchObject({
      code: 'not-waiting',
    });
    expect(await home.shown()).toMatchObject({ proof: { state: 'none' } });
    expect(await logged()).toEqual(['look-up: lease was shown']);
  });

  test('refuses with a reason that the residents read; they may ask again', async () => {
    expect(await decide('refuse', { reason: 'the lease has ended' })).toMatchObject({
      state: 'refused',
      reason: 'the lease has ended',
    });
    expect(await home.shown()).toMatchObject({
      proof: { state: 'refused', reason: 'the lease has ended' },
      next: 'supply',
    });
    expect(await home.prove({ by: 'operator' })).toMatchObject({ state: 'waiting', reason: null });
  });

  test('takes a proof back that was wrong', async () => {
    await approve();
    expect(await decide('refuse', { reason: 'the document was forged' })).toMatchObject({ state: 'refused' });
  });

  test('decides nothing that cannot be recorded, and records nothing that was not decided', async () => {
    const table: typeof world.table = {
      ...world.table,
      transact: (writes) =>
        writes.some((one) => 'put' in one && one.put.sk.startsWith('ACCESS'))
          ? Promise.reject(new Error('the store is away'))
          : world.table.transact(writes),
    };
    const asked = { decision: 'approve', reason: REASON, residence: DOCUMENT, who: STAFF } as const;
    const { householdId } = home;
    await expect(decideProof({ ...world, table }, { ...asked, householdId })).rejects.toThrow('the store is away');
    expect(await home.shown()).toMatchObject({ proof: { state: 'waiting' } });
    expect(await logged()).toEqual([]);
  });

  test('does not decide on a household they belong to', async () => {
    await putMember(world.table, { householdId: home.householdId, sub: STAFF.id, role: 'viewer' });
    await expect(approve()).rejects.toMatchObject({ kind: 'forbidden', code: 'own-household' });
    expect(await logged()).toEqual([]);
  });

  test.each<Decision['decision']>(['approve', 'refuse', 'unlock'])(
    '%s: of a household that is not there nothing is written',
    async (decision) => {
      const decided = decision === 'approve' ? approve({}, 'nowhere') : decide(decision, { householdId: 'nowhere' });
      await expect(decided).rejects.toMatchObject({ kind: 'not-found' });
      const rows = world.database.prepare(`SELECT sk FROM homes WHERE pk = 'H#nowhere'`).all();
      expect(rows).toEqual([]);
    },
  );

  test('does not approve a household that has not asked', async () => {
    await expect(approve({}, HOME.householdId)).rejects.toMatchObject({ code: 'not-waiting' });
  });
});

describe('codes for a building', () => {
  const issue = (over: object) =>
    issueCodes(world, { address, postalCode, units: [unit], expiresOn: '2026-12-31', ...over }, STAFF.id);

  test('say until when they hold', async () => {
    const { codes, expiresMs } = await issue({ units: ['101호', '102호'], expiresOn: '2026-11-22' });
    expect(codes.map((one) => one.unit)).toEqual(['101호', '102호']);
    expect(expiresMs).toBe(NOON + DAY_MS / 2);
  });

  test.each([
    ['yesterday', { expiresOn: '2026-11-21' }, 'expiresOn'],
    ['in a year', { expiresOn: '2027-11-22' }, 'expiresOn'],
    ['for one flat written twice', { units: ['101동 1203호', '102호', '101-1203'] }, '101-1203'],
  ])('%s are refused', async (_, over, said) => {
    await expect(issue(over)).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(said) });
  });

  test.each([
    ['와우산로29다길 5', '와우산로29라길 17'],
    ['와우산로29다길 5', '와우산로 29'],
    ['월드컵북로6안길 12', '월드컵북로6안길 40'],
    ['테헤란로 1 가동', '테헤란로 1 나동'],
  ])('of %s open nothing at %s', async (here, there) => {
    const { codes } = await issue({ address: here, units: ['101호'] });
    await home.place({ address: there, unit: '101호' });
    await expect(home.code(codes[0]?.code ?? '')).rejects.toMatchObject({ code: 'wrong-code' });
    await home.place({ address: here, unit: '101호' });
    expect(await home.code(codes[0]?.code ?? '')).toMatchObject({ state: 'proven' });
  });
});
