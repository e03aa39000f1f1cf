import { beforeEach, describe, expect, test } from 'vitest';
import { CONSENT_PURPOSES, CONSENTS, type ConsentPurpose } from '@hems/models/household/consents';
import { dayStart } from '@hems/models/calendar/seoul';
import { happening } from '@hems/shared/events/bus';
import type { Put } from '../../ports/table.ts';
import { aWorld, HOME, NOON, type World } from '../../testing/world.ts';
import { enrol } from '../programmes/enrol.ts';
import { joinCommunity } from '../community/membership.ts';
import { readMemberships } from '../stores/community.ts';
import { listEnrolments } from '../stores/enrolments.ts';
import { hasConsent } from './has-consent.ts';
import { readConsents } from './read-consents.ts';
import { setConsent } from './set-consent.ts';

const { householdId } = HOME;
const member = (role: 'owner' | 'member' | 'viewer') => ({ householdId, sub: role, role });

let world: World;
beforeEach(async () => void (world = await aWorld()));

const say = (purpose: ConsentPurpose, granted: boolean, as: 'owner' | 'member' | 'viewer' = 'owner') =>
  setConsent(world, member(as), { purpose, granted, textVersion: CONSENTS[purpose].textVersion });
const row = async (purpose: ConsentPurpose) =>
  (await readConsents(world.table, { householdId, sub: 'owner' })).consents.find((one) => one.purpose === purpose);
const agreed = async (): Promise<ConsentPurpose[]> => {
  const all = await Promise.all(CONSENT_PURPOSES.map((purpose) => hasConsent(world.table, householdId, purpose)));
  return CONSENT_PURPOSES.filter((_, i) => all[i]);
};

describe('a household', () => {
  test('agrees to nothing that it was not asked, and may refuse everything', async () => {
    expect(await agreed()).toEqual([]);
    for (const purpose of CONSENT_PURPOSES) await say(purpose, false);
    expect(await agreed()).toEqual([]);
    expect((await readConsents(world.table, { householdId, sub: 'owner' })).consents).toHaveLength(
      CONSENT_PURPOSES.length,
    );
    expect(world.said).toEqual([]);
  });

  test.each(CONSENT_PURPOSES)(
    'agrees to %s alone and takes it back, as of the moment of saying so',
    async (purpose) => {
      await say(purpose, true);
      expect(await agreed()).toEqual([purpose]);
      world.clock.set(NOON + 60_000);
      await say(purpose, false);
      expect(await agreed()).toEqual([]);
      expect(await row(purpose)).toMatchObject({
        granted: false,
        saidMs: NOON + 60_000,
        history: [
          { granted: true, textVersion: CONSENTS[purpose].textVersion, atMs: NOON, personId: 'owner' },
          { granted: false, textVersion: CONSENTS[purpose].textVersion, atMs: NOON + 60_000, personId: 'owner' },
        ],
      });
    },
  );

  test('says so by its owner or a member, not by a viewer', async () => {
    await say('research', true, 'member');
    for (const purpose of CONSENT_PURPOSES)
      await expect(say(purpose, true, 'viewer'), purpose).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(say('research', false, 'viewer')).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await agreed()).toEqual(['research']);
  });

  test('agrees to the text in force only, and takes back an agreement whatever the text', async () => {
    const asked = { purpose: 'bems', granted: true, textVersion: 2 } as const;
    await expect(setConsent(world, member('owner'), asked)).rejects.toMatchObject({ code: 'text-changed' });
    await say('bems', true);
    await setConsent(world, member('owner'), { ...asked, granted: false });
    expect(await agreed()).toEqual([]);
  });

  test('has agreed to nothing any more when what it agreed to is another text now', async () => {
    await say('research', true);
    const key = { table: 'homes', pk: `H#${householdId}`, sk: 'CONSENT#research' } as const;
    const older: Put = {
      ...key,
      data: { history: [{ granted: true, textVersion: 0, atMs: NOON, personId: 'owner' }] },
    };
    await world.table.put(older);
    expect(await agreed()).toEqual([]);
    expect(await row('research')).toMatchObject({ granted: false, textVersion: 1, saidTextVersion: 0 });
  });

  test('that agreed to advertising is asked anew after two years; what else it agreed to lasts', async () => {
    await say('marketing', true);
    await say('research', true);
    world.clock.set(NOON + 730 * 86_400_000 - 1);
    expect(await agreed()).toEqual(['research', 'marketing']);
    world.clock.set(NOON + 730 * 86_400_000);
    expect(await agreed()).toEqual(['research']);
    await say('marketing', true);
    expect(await agreed()).toEqual(['research', 'marketing']);
  });

  test('that says the same twice, or twice at once, has said it once; what happened is told again under the same key', async () => {
    await Promise.all([say('research', true), say('research', true)]);
    await say('research', true);
    expect((await row('research'))?.history).toHaveLength(1);
    expect(world.said).toHaveLength(3);
    expect(new Set(world.said.map(({ detail }) => detail['key'])).size).toBe(1);
  });

  test('is told of on the bus by opaque ids, purpose and word', async () => {
    await say('research', true);
    const [event] = world.said;
    expect(event).toEqual({
      type: 'consent.changed',
      detail: {
        householdId,
        atMs: NOON,
        key: `${householdId}:research:${NOON}`,
        facts: { purpose: 'research', said: 'agreed' },
      },
    });
    expect(happening.safeParse(event?.detail).success).toBe(true);
  });

  test('changes its mind as often as it likes; the last hundred words are kept', async () => {
    for (let i = 0; i < 60; i += 1) {
      await say('research', true);
      await say('research', false);
    }
    expect((await row('research'))?.history).toHaveLength(100);
  });
});

describe('the community', () => {
  test('is one truth: to join is to agree, to withdraw is to leave', async () => {
    await joinCommunity(world, member('owner'), { textVersion: 1 });
    expect(await row('community')).toMatchObject({ granted: true, saidTextVersion: 1, saidMs: NOON });
    world.clock.set(NOON + 86_400_000);
    await say('community', false, 'member');
    const { memberships } = await readMemberships(world.table, householdId);
    expect(memberships).toMatchObject([{ leftOn: '2026-11-23', left: { personId: 'member' } }]);
    expect((await row('community'))?.history).toMatchObject([
      { granted: true, personId: 'owner' },
      { granted: false, personId: 'member' },
    ]);
  });
});

describe('a programme of the government', () => {
  const ANSWERS = {
    'residential-contract': true,
    'registered-at-address': true,
    'unit-use-is-submitted': true,
    'in-no-other-utility-programme': true,
  };
  const apply = (deps = world) => enrol(deps, member('owner'), { programme: 'energy-cashback', answers: ANSWERS });
  const states = async () => (await listEnrolments(world.table, householdId)).map(({ state }) => state);
  beforeEach(() => world.clock.set(dayStart('2026-05-20')));

  test('is told of no home that did not agree to it; one of ours asks for nothing', async () => {
    await expect(apply()).rejects.toMatchObject({ kind: 'conflict', code: 'consent-missing' });
    expect(await states()).toEqual([]);
    await enrol(world, member('owner'), { programme: 'per-home-dr-target', answers: {} });
    expect(await states()).toEqual(['enrolled']);
  });

  test('loses the application with the consent, and programmes of ours go on', async () => {
    await say('government', true);
    await apply();
    await enrol(world, member('owner'), { programme: 'per-home-dr-target', answers: {} });
    await say('government', false);
    expect(await states()).toEqual(['withdrawn', 'enrolled']);
  });

  test('gets no application that was under way when the consent was taken back', async () => {
    await say('government', true);
    let withdrawn = false;
    const table: World['table'] = {
      ...world.table,
      transact: async (writes) => {
        if (!withdrawn) {
          withdrawn = true;
          await say('government', false);
        }
        return world.table.transact(writes);
      },
    };
    await expect(apply({ ...world, table })).rejects.toMatchObject({ code: 'consent-missing' });
    expect(await states()).toEqual([]);
  });

  test('loses it at the second try when the first withdrawal was cut short after the consent', async () => {
    await say('government', true);
    await apply();
    const broken = { ...world, table: { ...world.table, query: () => Promise.reject(new Error('the store is away')) } };
    const asked = { purpose: 'government', granted: false, textVersion: CONSENTS.government.textVersion } as const;
    await expect(setConsent(broken, member('owner'), asked)).rejects.toThrow('away');
    expect(await agreed()).toEqual([]);
    expect(await states()).toEqual(['applied']);
    await setConsent(world, member('owner'), asked);
    expect(await states()).toEqual(['withdrawn']);
  });
});
