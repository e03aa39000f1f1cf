import { expect, test } from 'vitest';
import { settle } from '../local/demo/demo-home.ts';
import { simulatedHomes } from '../local/demo/simulated-homes.ts';
import { aDevicesWorld } from '../testing/devices-world.ts';
import { HOME, NOON } from '../testing/world.ts';
import { joinCommunity } from './community/membership.ts';
import { claimGateway } from './devices/claim-gateway.ts';
import { openHousehold } from './onboarding/open-household.ts';
import { requireOwnHome } from './own-home.ts';
import { listDevices, readProfile } from './stores/households.ts';

test('a real gateway is not claimed into a demo home, and no reading of it is ever shown there', async () => {
  const world = await aDevicesWorld();
  const asked = { requestId: 'request-demo', kind: 'demo', name: 'x', buildingType: 'apartment' } as const;
  const { householdId } = await openHousehold(world, 'eve', asked);
  const code = await world.label('SERIAL-1');
  const eve = { householdId, sub: 'eve', role: 'owner' } as const;
  await expect(claimGateway(world.deps, eve, code)).rejects.toMatchObject({ kind: 'conflict', code: 'demo-home' });
  expect(await listDevices(world.table, householdId)).toEqual([]);
  expect(world.registry.asked).toEqual([]);
  await expect(requireOwnHome(world.table, HOME.householdId)).resolves.toBeUndefined();
});

test('the demo homes that a local host begins with are its operator’s: visitors compare them and try programmes', async () => {
  const world = await aDevicesWorld();
  const homes = simulatedHomes(NOON, 1);
  for (const home of homes) await settle(world, home);
  for (const { householdId, members } of homes) {
    expect((await readProfile(world.table, householdId))?.origin).toMatchObject({ type: 'simulated' });
    await requireOwnHome(world.table, householdId);
    const member = { householdId, sub: members[0]?.sub ?? '', role: 'owner' } as const;
    expect(await joinCommunity(world, member, { textVersion: 1 })).toMatchObject({ leftOn: null });
  }
});
