import { beforeAll, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS, localDate } from '@hems/models/calendar/seoul';
import { HOME_TARGET } from '@hems/models/incentive/rows/events';
import { devicesOf } from '@hems/models/testing/home';
import { aWorld, NOON, type World } from '../../testing/world.ts';
import { readHouseholdEvents } from '../../use-cases/saving-events/read-events.ts';
import { enrol } from '../../use-cases/programmes/enrol.ts';
import { putDevice, putProfile } from '../../use-cases/stores/households.ts';
import { NO_PROOF, proofPut } from '../../use-cases/stores/proofs.ts';
import { DEMO_HOUSEHOLDS, idsOf, subOf } from './households.ts';
import { clockOn } from './neighbours.ts';
import { bringSavingEvents } from './saving-events.ts';

const FLAT = DEMO_HOUSEHOLDS[0]!;
const { householdId, telemetryId, gateway } = idsOf(FLAT.home.seed);
const OWNER = { householdId, sub: subOf('demo1@example.com'), role: 'owner' } as const;
const TODAY = localDate(NOON);

let world: World;
const told = () => readHouseholdEvents(world, householdId);

beforeAll(async () => {
  world = await aWorld();
  const { building: buildingType, seed } = FLAT.home;
  await putProfile(world.table, { householdId, telemetryId, buildingType, origin: { type: 'simulated', seed } });
  for (const { deviceId, kind } of devicesOf(FLAT.home))
    await putDevice(world.table, householdId, { deviceId, kind, name: kind, gateway, status: 'active' });
  await world.table.put(proofPut(householdId, { ...NO_PROOF, state: 'proven', by: 'operator', atMs: NOON }, 0));
});

test('nobody is called who does not take part', async () => {
  await bringSavingEvents(world);
  expect((await told()).events).toEqual([]);
});

test('the flat has an event of tomorrow to answer and one that is over, whether or not its readings tell what it came to', async () => {
  const deps = { ...world, clock: clockOn(addDays(TODAY, -30)) };
  await enrol(deps, OWNER, { programme: HOME_TARGET.id, answers: {} });
  await bringSavingEvents(world);
  const { events } = await told();
  expect(events).toMatchObject([
    { date: addDays(TODAY, 1), state: 'invited' },
    { date: addDays(TODAY, -2), state: 'joined', provisional: { status: 'unknown' }, final: { status: 'unknown' } },
  ]);
});

test('brought again they are the same, and the next one comes when the last is over', async () => {
  const before = await told();
  await bringSavingEvents(world);
  expect(await told()).toEqual(before);
  world.clock.set(dayStart(addDays(TODAY, 1)) + 22 * HOUR_MS);
  await bringSavingEvents(world);
  const { events } = await told();
  expect(events.map(({ date }) => date)).toEqual([2, 1, -2].map((days) => addDays(TODAY, days)));
});
