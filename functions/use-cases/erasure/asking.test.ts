import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { aFullWorld, ERASURE_ID, type ErasingWorld, type FullWorld } from '../../testing/erasing.ts';
import { OWNER } from '../../testing/full-household.ts';
import { HOME, type World } from '../../testing/world.ts';
import { membersOf, putMember } from '../stores/households.ts';
import { eraseStep } from './erase-step.ts';

const { householdId } = HOME;

let full: FullWorld;
let world: World;
let erasing: ErasingWorld;
beforeEach(async () => {
  full = await aFullWorld();
  ({ world, erasing } = full);
});

const FORFEIT = { forfeit: true };

describe('asking', () => {
  test('twice, by another id, is one erasure; also when the household is closed already', async () => {
    const first = await erasing.ask(FORFEIT);
    const again = await erasing.ask({ ...FORFEIT, erasureId: 'erasure-0000000000000002' });
    expect(again).toEqual(first);
    await eraseStep(erasing.deps, { erasureId: ERASURE_ID, step: 'close' }, () => undefined);
    expect((await erasing.ask({ erasureId: 'erasure-0000000000000003' })).erasureId).toBe(ERASURE_ID);
    await erasing.carryOut();
    expect((await erasing.ask()).state).toBe('erased');
    expect([...erasing.status.keys()]).toEqual([`erasure-${ERASURE_ID}-a1`]);
  });

  test('at once from two places is one erasure', async () => {
    const both = await Promise.all(
      ['erasure-0000000000000002', 'erasure-0000000000000003'].map((erasureId) =>
        erasing.ask({ ...FORFEIT, erasureId }),
      ),
    );
    expect(new Set(both.map(({ erasureId }) => erasureId)).size).toBe(1);
  });

  test.each([
    ['a viewer', 'guest', { kind: 'forbidden', code: 'role' }],
    ['somebody else', 'neighbour', { kind: 'forbidden', code: 'no-member' }],
  ])('is refused to %s', async (_, sub, refusal) => {
    await expect(erasing.ask({ ...FORFEIT, sub })).rejects.toMatchObject(refusal);
  });

  test('is refused while there is another owner: no owner takes the home from another', async () => {
    await putMember(world.table, { householdId, sub: 'second', role: 'owner' });
    await expect(erasing.ask(FORFEIT)).rejects.toMatchObject({ kind: 'conflict', code: 'other-owners' });
    expect(await membersOf(world.table, householdId)).toHaveLength(3);
  });

  test('by an id that stands for another erasure is refused, under way and after its end', async () => {
    await putMember(world.table, { householdId: 'h-10', sub: OWNER.sub, role: 'owner' });
    await world.table.delete({ table: 'homes', pk: 'H#h-10', sk: 'MEMBER#neighbour' });
    const used = { kind: 'conflict', code: 'erasure-id-used' };
    const others = async () => {
      await expect(erasing.ask({ ...FORFEIT, householdId: 'h-10' })).rejects.toMatchObject(used);
      await expect(erasing.askAccount('guest')).rejects.toMatchObject(used);
      await expect(erasing.askAccount(OWNER.sub, FORFEIT)).rejects.toMatchObject(used);
    };
    await erasing.ask(FORFEIT);
    await others();
    await expect(erasing.ask({ ...FORFEIT, sub: 'guest' })).rejects.toMatchObject(used);
    await erasing.carryOut();
    await others();
  });

  test('is not answered to a member who did not ask: the id of an erasure is the right to its balance', async () => {
    await erasing.ask(FORFEIT);
    const other = { ...FORFEIT, sub: 'guest', erasureId: 'erasure-0000000000000002' };
    await expect(erasing.ask(other)).rejects.toMatchObject({ kind: 'forbidden', code: 'role' });
  });

  test('too often is refused for an hour', async () => {
    for (let i = 0; i < 10; i += 1)
      await expect(erasing.ask({ sub: 'neighbour' })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(erasing.ask({ sub: 'neighbour' })).rejects.toMatchObject({ kind: 'too-many' });
    world.clock.set(world.clock.now() + 3_600_001);
    await expect(erasing.ask({ sub: 'neighbour' })).rejects.toMatchObject({ kind: 'forbidden' });
  });

  test('and never started is started by the schedule; cut off, it begins again; after a day it is late', async () => {
    await erasing.ask(FORFEIT);
    erasing.status.clear();
    await erasing.check();
    expect([...erasing.status.keys()]).toEqual([`erasure-${ERASURE_ID}-a1`]);
    erasing.endAll('failed');
    expect((await full.report()).state).toBe('failed');
    world.clock.set(world.clock.now() + DAY_MS + 1);
    expect(await erasing.check()).toEqual({ open: 1, late: 1 });
    expect([...erasing.status]).toEqual([
      [`erasure-${ERASURE_ID}-a1`, 'failed'],
      [`erasure-${ERASURE_ID}-a2`, 'running'],
    ]);
    await erasing.carryOut();
    expect(await erasing.check()).toEqual({ open: 0, late: 0 });
  });
});
