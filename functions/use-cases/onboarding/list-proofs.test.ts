import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { aJoiningWorld, DOCUMENT, FLAT, STAFF, type JoiningWorld } from '../../testing/joining-home.ts';
import { NOON } from '../../testing/world.ts';
import { readAccessLog } from '../privacy/audit-access.ts';
import { putProfile } from '../stores/households.ts';
import { NO_PROOF, proofPut } from '../stores/proofs.ts';
import { decideProof } from './decide-proof.ts';
import { listProofs } from './list-proofs.ts';

let world: JoiningWorld;
let home: Awaited<ReturnType<JoiningWorld['opened']>>;
beforeEach(async () => {
  world = await aJoiningWorld();
  home = await world.opened('ada');
});
const logged = async () =>
  (await readAccessLog(world.table, { householdId: home.householdId })).entries.map(
    ({ who, what, why }) => `${who.kind === 'staff' ? who.id : who.kind} ${what}: ${why}`,
  );
const LISTED = 'residences-listed: the residences that wait for an operator';

describe('the waiting list', () => {
  test('has who asked, the longest first, without name or address; each of them sees that it was looked at', async () => {
    const later = await world.opened('ben');
    await later.place({ buildingType: 'villa' });
    await home.place();
    await home.prove({ by: 'operator' });
    world.clock.set(NOON + 1000);
    await later.prove({ by: 'operator' });
    world.clock.set(NOON + 2000);
    await home.prove({ by: 'operator' });
    expect(await listProofs(world, STAFF)).toEqual({
      waiting: [
        { householdId: home.householdId, buildingType: 'apartment', region: FLAT.region, atMs: NOON },
        { householdId: later.householdId, buildingType: 'villa', region: FLAT.region, atMs: NOON + 1000 },
      ],
      cursor: null,
    });
    expect(await logged()).toEqual([`operator-1 ${LISTED}`]);
  });

  test('looked at all day is one entry of the day for each member of staff', async () => {
    await home.place();
    await home.prove({ by: 'operator' });
    for (let i = 0; i < 3; i += 1) await listProofs(world, STAFF);
    await listProofs(world, { kind: 'staff', id: 'operator-2' });
    expect(await logged()).toEqual([`operator-2 ${LISTED}`, `operator-1 ${LISTED}`]);
    world.clock.set(NOON + DAY_MS);
    await listProofs(world, STAFF);
    expect(await logged()).toHaveLength(3);
  });

  test('is shown to its end, page by page, also while those before leave it', async () => {
    const ids = Array.from({ length: 250 }, (_, i) => `waits-${String(i).padStart(3, '0')}`);
    for (const [i, householdId] of ids.entries()) {
      await putProfile(world.table, { householdId, telemetryId: `t-${householdId}`, buildingType: 'villa' });
      // many at the same moment: the place in the list is the household's own
      const waiting = { ...NO_PROOF, state: 'waiting', by: 'operator', atMs: NOON + Math.floor(i / 40) } as const;
      await world.table.put(proofPut(householdId, waiting, 0));
    }
    const seen: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await listProofs(world, STAFF, cursor === undefined ? {} : { cursor });
      seen.push(...page.waiting.map(({ householdId }) => householdId));
      const [first] = page.waiting;
      if (first) await world.table.put(proofPut(first.householdId, NO_PROOF, 1));
      ({ cursor } = page);
    }
    expect(seen).toEqual(ids);
  });

  test('is left by who is decided on, who has a code and who moves', async () => {
    const all = await Promise.all(['ben', 'cho', 'dan', 'eve'].map((sub) => world.opened(sub)));
    for (const one of all) {
      await one.place();
      await one.prove({ by: 'operator' });
    }
    const [ben, cho, dan, eve] = all;
    const [code = ''] = await world.codes();
    const said = { reason: 'lease was shown', who: STAFF };
    await decideProof(world, { ...said, decision: 'approve', residence: DOCUMENT, householdId: ben!.householdId });
    await decideProof(world, { ...said, decision: 'refuse', householdId: cho!.householdId });
    await dan!.code(code);
    await eve!.place({ unit: '1호' });
    expect(await listProofs(world, STAFF)).toEqual({ waiting: [], cursor: null });
  });
});
