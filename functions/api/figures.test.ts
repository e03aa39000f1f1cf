import { expect, test } from 'vitest';
import { DAY_MS, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { announceChallenge, joinChallenge } from '@hems/shared/api/challenges';
import { eraseHousehold } from '@hems/shared/api/erasures';
import { proveResidence } from '@hems/shared/api/onboarding';
import { decideProof } from '@hems/shared/api/proofs';
import { readSession } from '@hems/shared/api/session';
import * as ports from '../runtime/ports.ts';
import { askApi, serve } from '../testing/ask-api.ts';
import { aCommunity } from '../testing/community-world.ts';
import { OWNER } from '../testing/full-household.ts';
import { anInvitation } from '../testing/invitation.ts';
import { aJoiningWorld, DOCUMENT } from '../testing/joining-home.ts';
import { figuresOf } from '../testing/told-figures.ts';
import { aWorld, HOME } from '../testing/world.ts';
import { putMember } from '../use-cases/stores/households.ts';
import { NO_PROOF, proofPut } from '../use-cases/stores/proofs.ts';
import { handler as challenges } from './challenges.ts';
import { handler as erasures } from './erasures.ts';
import { handler as members } from './members.ts';
import { handler as onboarding } from './onboarding.ts';
import { handler as proofs } from './proofs.ts';
import { handler as session } from './session.ts';

test('a resident is active once in a Korean day, however often the app asks; who belongs to no home is not counted', async () => {
  const world = await aWorld();
  serve(world);
  const midnight = dayStart('2026-11-24');
  const looks = (sub: string, atMs: number) => {
    world.clock.set(atMs);
    return figuresOf(() => askApi(session, readSession, { sub }));
  };
  const once = [{ metric: 'ResidentsActive', value: 1 }];
  expect(await looks('owner', midnight - DAY_MS)).toEqual(once);
  expect(await looks('owner', midnight - DAY_MS + HOUR_MS)).toEqual([]);
  expect(await looks('owner', midnight - 1)).toEqual([]);
  expect(await looks('owner', midnight)).toEqual(once);
  expect(await looks('stranger', midnight)).toEqual([]);
});

test('of three looks at one moment one is counted', async () => {
  serve(await aWorld());
  const look = () => askApi(session, readSession, { sub: 'owner' });
  expect(await figuresOf(() => Promise.all([look(), look(), look()]))).toEqual([
    { metric: 'ResidentsActive', value: 1 },
  ]);
});

test('a household has joined when its residence is proved, by a code or by an operator, and once', async () => {
  const world = await aJoiningWorld();
  serve(world);
  ports.residence.use(world.residence);
  const [code = ''] = await world.codes();
  const home = await world.opened('ada');
  await home.place();
  const prove = (householdId: string, sub: string, body: object) =>
    figuresOf(() => askApi(onboarding, proveResidence, { sub, params: { householdId }, body }));
  const joined = [{ metric: 'HouseholdsJoined', value: 1 }];
  expect(await prove(home.householdId, 'ada', { by: 'invitation', code })).toEqual(joined);
  expect(await prove(home.householdId, 'ada', { by: 'invitation', code })).toEqual([]);
  const other = await world.opened('ben');
  await other.place();
  expect(await prove(other.householdId, 'ben', { by: 'operator' })).toEqual([]);
  const decided = await figuresOf(() =>
    askApi(proofs, decideProof, {
      sub: 'staff',
      groups: '[operator]',
      params: { householdId: other.householdId },
      body: { decision: 'approve', reason: 'saw the lease of the flat', residence: DOCUMENT },
    }),
  );
  expect(decided).toEqual(joined);
});

test('a person who accepts an invitation has joined, and the same person again has not', async () => {
  const world = await aWorld();
  serve(world);
  await putMember(world.table, OWNER);
  await anInvitation(world, 'guest');
  ports.identity.use({
    read: async (sub) => ({ sub, email: `${sub}@example.com`, emailVerified: true, name: sub }),
    signOut: async () => undefined,
    delete: async () => undefined,
  });
  const token = 'token-of-guest'.padEnd(43, '_');
  const accept = () =>
    figuresOf(() =>
      askApi(members, { method: 'POST', path: '/v1/invitations/acceptances' }, { sub: 'guest', body: { token } }),
    );
  expect([await accept(), await accept()]).toEqual([[{ metric: 'ResidentsJoined', value: 1 }], []]);
});

test('a household joins a challenge once', async () => {
  const world = await aCommunity();
  serve(world);
  const member = await world.addHome('home');
  await world.table.put(proofPut('home', { ...NO_PROOF, state: 'proven', by: 'operator', atMs: 1 }, 0));
  await world.join(member, '2026-10-01');
  world.on('2026-10-25');
  const body = {
    challengeId: 'two-weeks',
    title: { ko: '2주', en: 'Two weeks' },
    from: '2026-11-02',
    to: '2026-11-15',
    goalBasisPoints: 500,
    reward: { unit: 'points', amount: 1000 },
  };
  await askApi(challenges, announceChallenge, { sub: 'staff', groups: '[operator]', body });
  const params = { householdId: 'home', challengeId: 'two-weeks' };
  const join = () => figuresOf(() => askApi(challenges, joinChallenge, { sub: member.sub, params }));
  expect([await join(), await join()]).toEqual([[{ metric: 'ChallengesJoined', value: 1 }], []]);
});

test('an erasure of a household is told as it begins, and not when it is asked for again', async () => {
  serve(await aWorld());
  const started = new Set<string>();
  ports.erasures.use({
    start: async (name) => Boolean(started.add(name)),
    status: async (name) => (started.has(name) ? 'running' : undefined),
  });
  const body = { householdId: HOME.householdId, erasureId: 'a-random-id-of-the-client', confirm: 'erase' };
  const erase = () => figuresOf(() => askApi(erasures, eraseHousehold, { sub: 'owner', body }));
  expect([await erase(), await erase()]).toEqual([[{ metric: 'HouseholdsErased', value: 1 }], []]);
});
