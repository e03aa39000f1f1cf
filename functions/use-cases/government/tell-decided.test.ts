import { afterEach, beforeEach, expect, test } from 'vitest';
import { aPartner } from '../../testing/partner-call.ts';
import { anOfficeWorld, CASHBACK, SHARING, UTILITY, type OfficeWorld } from '../../testing/office-world.ts';
import { participantOf } from '../partners/participants.ts';
import { moveApplication } from '../programmes/move-application.ts';
import type { Tell } from '../webhooks/tell-partner.ts';
import { tellDecided } from './tell-decided.ts';

let world: OfficeWorld;
let told: Tell[];
beforeEach(async () => {
  world = await anOfficeWorld();
  told = [];
  await world.addHome('home-a', 'applied');
});
afterEach(() => world.close());

const decide = async (by?: string): Promise<void> => {
  const enrolment = await moveApplication(world, { householdId: 'home-a', programme: CASHBACK, to: 'under-review' });
  const deps = { ...world, tell: async (tell: Tell) => void told.push(tell) };
  await tellDecided(deps, {
    householdId: 'home-a',
    enrolment,
    ...(by !== undefined && { by: aPartner({ partnerId: by }) }),
  });
};

test('a decision of the operator is told to each office of the programme, by what it calls the household', async () => {
  await decide();
  expect(told.map(({ partnerId }) => partnerId)).toEqual([SHARING, UTILITY]);
  for (const { partnerId, data } of told)
    expect(data).toEqual({
      participant: await participantOf(world, partnerId, 'home-a'),
      programme: CASHBACK,
      state: 'under-review',
    });
});

test('a decision of an office is told to the others and not to itself', async () => {
  await decide(UTILITY);
  expect(told.map(({ partnerId }) => partnerId)).toEqual([SHARING]);
});

test('of a household that does not agree to be shown nobody is told', async () => {
  await moveApplication(world, { householdId: 'home-a', programme: CASHBACK, to: 'under-review' });
  await world.say('home-a', false);
  await decide().catch(() => undefined);
  expect(told).toEqual([]);
});
