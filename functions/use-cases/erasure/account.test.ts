import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { aFullWorld, ERASURE_ID, type ErasingWorld, type FullWorld } from '../../testing/erasing.ts';
import { LEAVER, OWNER } from '../../testing/full-household.ts';
import { anInvitation } from '../../testing/invitation.ts';
import { HOME, type World } from '../../testing/world.ts';
import type { Table } from '../../ports/table.ts';
import { askPayout } from '../ask-payout.ts';
import { decidePayout } from '../decide-payout.ts';
import { endMembership } from '../members/change-members.ts';
import { openHousehold } from '../onboarding/open-household.ts';
import { membershipsOf, membersOf, putMember, putProfile } from '../stores/households.ts';
import { readUser } from '../stores/people.ts';
import { askAccount } from './ask-account.ts';

const { householdId } = HOME;

let full: FullWorld;
let world: World;
let erasing: ErasingWorld;
beforeEach(async () => {
  full = await aFullWorld();
  ({ world, erasing } = full);
});

const FORFEIT = { forfeit: true };

const leaves = (sub: string) => endMembership(world, { householdId, sub }, sub);
const cloud = () => {
  const { everyItem: _walk, ...deps } = erasing.deps;
  return deps;
};
const SECOND = 'erasure-0000000000000002';

describe('two owners', () => {
  beforeEach(async () => putMember(world.table, { householdId, sub: 'guest', role: 'owner' }));

  test('who erase their accounts one after the other leave no home without an owner: the last one takes it along', async () => {
    await erasing.askAccount(OWNER.sub, FORFEIT);
    // before anything of the first is carried out
    await erasing.askAccount('guest', { ...FORFEIT, erasureId: SECOND });
    expect(await erasing.carryOut(SECOND)).toBe('erased');
    expect(await erasing.carryOut()).toBe('erased');
    await full.sweep();
    await full.sweep();
    expect(full.traces()).toEqual([]);
  });

  test('at once: one stays long enough to take the home along', async () => {
    await Promise.all([
      erasing.askAccount(OWNER.sub, FORFEIT),
      erasing.askAccount('guest', { ...FORFEIT, erasureId: SECOND }),
    ]);
    await erasing.carryOut();
    await erasing.carryOut(SECOND);
    await erasing.check();
    await erasing.carryOut();
    await full.sweep();
    await full.sweep();
    expect(full.traces()).toEqual([]);
  });

  test('of whom one has asked for the end of the account: the other is the last owner from then on', async () => {
    await erasing.askAccount(OWNER.sub, FORFEIT);
    expect(await membersOf(world.table, householdId)).toMatchObject([{ sub: 'guest', role: 'owner' }]);
    await putMember(world.table, { householdId, sub: 'child', role: 'viewer' });
    await expect(leaves('guest')).rejects.toMatchObject({ code: 'last-owner' });
  });
});

describe('between the asking and the first step', () => {
  const open = (sub: string) =>
    openHousehold(world, sub, { requestId: 'late', kind: 'own', name: '집', buildingType: 'apartment' });

  test('sessions end, and the person opens no household that nobody could erase', async () => {
    await erasing.askAccount('guest');
    const { user } = await readUser(world.table, 'guest');
    expect(user.validAfter).toBeGreaterThan(world.clock.now() / 1000);
    await expect(open('guest')).rejects.toMatchObject({ kind: 'conflict', code: 'being-erased' });
    expect(await membershipsOf(world.table, 'guest')).toEqual([]);
  });

  test('an opening that had begun before loses against the erasure, or the home goes with the account', async () => {
    const [opened] = await Promise.allSettled([open('guest'), erasing.askAccount('guest')]);
    expect(await erasing.carryOut()).toBe('erased');
    await full.sweep();
    await full.sweep();
    expect(full.rowsOf('guest')).toEqual([]);
    const homes = opened.status === 'fulfilled' ? [opened.value.householdId] : [];
    expect(full.rowsOf(...homes)).toEqual([]);
  });

  test('nobody joins a household that goes', async () => {
    await leaves('guest');
    const join = await anInvitation(world, 'newcomer');
    await erasing.askAccount(OWNER.sub, FORFEIT);
    await expect(join()).rejects.toMatchObject({ kind: 'conflict', code: 'being-erased' });
  });

  test('nobody joins another household whose account goes', async () => {
    const join = await anInvitation(world, 'newcomer');
    await erasing.askAccount('newcomer');
    await expect(join()).rejects.toMatchObject({ kind: 'conflict', code: 'being-erased' });
  });

  test('a home of which an index tells only now goes along', async () => {
    const late = { householdId: 'h-late', telemetryId: 't-late' };
    const hidden: Table = {
      ...world.table,
      query: async (query) => {
        const page = await world.table.query(query);
        return query.by === 'i1' ? { ...page, items: page.items.filter(({ pk }) => pk !== 'H#h-late') } : page;
      },
    };
    await putProfile(world.table, { ...late, buildingType: 'apartment' });
    await putMember(world.table, { householdId: late.householdId, sub: 'guest', role: 'owner' });
    await askAccount(
      { ...erasing.asking, table: hidden },
      { sub: 'guest', groups: [] },
      { erasureId: ERASURE_ID, forfeit: false },
    );
    expect(await erasing.carryOut(ERASURE_ID, { with: cloud() })).toBe('erased');
    expect(full.rowsOf('h-late', 't-late')).toEqual([]);
  });

  test('a home that would be left without an owner by that stops it, and says so', async () => {
    await erasing.askAccount('newcomer');
    await putMember(world.table, { householdId: 'h-10', sub: 'newcomer', role: 'owner' });
    await putMember(world.table, { householdId: 'h-10', sub: 'neighbour', role: 'viewer' });
    await expect(erasing.carryOut()).rejects.toThrow(/h-10 would be left without an owner/);
  });
});

describe('an account', () => {
  test.each([
    ['walked through', () => erasing.deps],
    ['read by its keys', cloud],
  ])('of somebody who had left a household before leaves no word of theirs in it (%s)', async (_, deps) => {
    await erasing.askAccount(LEAVER);
    expect(await erasing.carryOut(ERASURE_ID, { with: deps() })).toBe('erased');
    expect(erasing.found).toEqual([]);
    await full.sweep();
    await full.sweep();
    expect(full.rowsOf(LEAVER)).toEqual([]);
    const consent = await world.table.get({ table: 'homes', pk: `H#${householdId}`, sk: 'CONSENT#marketing' });
    expect(consent?.data).toMatchObject({ history: [{ granted: true, personId: 'erased' }] });
  });

  test('of the only member takes the household with it', async () => {
    await leaves('guest');
    await erasing.askAccount(OWNER.sub, FORFEIT);
    expect(await erasing.carryOut()).toBe('erased');
    expect(erasing.identity.accounts.has(OWNER.sub)).toBe(false);
    const user = await world.table.get({ table: 'people', pk: `U#${OWNER.sub}`, sk: 'USER' });
    expect(user?.data).toEqual({ validAfter: Math.floor((world.clock.now() + DAY_MS) / 1000) });
    const { receipt } = await full.report();
    expect(receipt).toContainEqual({ store: 'account', outcome: 'deleted', count: 1, until: null, reason: null });
    expect(receipt.find(({ store }) => store === 'session')).toMatchObject({
      outcome: 'kept-until',
      reason: 'open-sessions',
    });
    await full.sweep();
    await full.sweep();
    expect(full.traces()).toEqual([]);
    expect(full.rowsOf(OWNER.sub)).toEqual([]);
  });

  test('of the last owner waits for a successor, and says of which household', async () => {
    await expect(erasing.askAccount(OWNER.sub, FORFEIT)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'last-owner',
      message: expect.stringContaining(householdId),
    });
    await putMember(world.table, { householdId, sub: 'guest', role: 'owner' });
    // an archive of theirs, and one of somebody else
    for (const [id, personId] of [
      ['export-own', OWNER.sub],
      ['export-guest', 'guest'],
    ] as const) {
      await world.table.put({ table: 'homes', pk: `H#${householdId}`, sk: `EXPORT#${id}`, data: { personId } });
      await erasing.files.put(`exports/${householdId}/${id}/archive.zip`, new Uint8Array([1]));
    }
    expect((await erasing.askAccount(OWNER.sub, FORFEIT)).subject).toBe('account');
    expect(await erasing.carryOut()).toBe('erased');
    await full.sweep();
    await full.sweep();
    expect(full.rowsOf(OWNER.sub)).toEqual([]);
    const archives = [...erasing.files.files.keys()].filter((key) => key.includes('/archive.zip'));
    expect(archives).toEqual([
      `exports/${householdId}/export-1/archive.zip`,
      `exports/${householdId}/export-guest/archive.zip`,
    ]);
    // the home stays, with its readings and its consent, said by somebody who is no more
    expect(full.rowsOf(householdId).length).toBeGreaterThan(100);
    const consent = await world.table.get({ table: 'homes', pk: `H#${householdId}`, sk: 'CONSENT#research' });
    expect(consent?.data).toMatchObject({ history: [{ granted: true, personId: 'erased' }] });
  });

  test('of a viewer leaves the household alone', async () => {
    await erasing.askAccount('guest');
    expect(await erasing.carryOut()).toBe('erased');
    await full.sweep();
    await full.sweep();
    expect(full.rowsOf('guest')).toEqual([]);
    expect(await membershipsOf(world.table, OWNER.sub)).toHaveLength(1);
  });

  test('of an owner with an open payout goes at once; the ledger waits for the payment', async () => {
    await leaves('guest');
    await askPayout(world, OWNER, { payoutId: 'payout-open', unit: 'won', amount: 2000 });
    await erasing.askAccount(OWNER.sub);
    expect(await erasing.carryOut()).toBe('waits');
    expect(erasing.identity.accounts.has(OWNER.sub)).toBe(false);
    await decidePayout(world, { householdId, payoutId: 'payout-open' }, { decision: 'reject', by: 'operator' });
    await erasing.check();
    // no account is left to ask with: who holds the id says what becomes of it
    expect(await erasing.carryOut()).toBe('waits');
    await erasing.settle('forfeit');
    expect(await erasing.carryOut()).toBe('erased');
  });

  test('with nothing is erased too; that of staff is not', async () => {
    await erasing.askAccount('nobody-yet');
    expect(await erasing.carryOut()).toBe('erased');
    const staff = { erasureId: 'erasure-0000000000000009', groups: ['operator'] };
    await expect(erasing.askAccount('operator', staff)).rejects.toMatchObject({ code: 'staff-account' });
  });
});
