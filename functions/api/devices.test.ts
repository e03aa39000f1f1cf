import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { issueClaims, unlockClaims } from '@hems/shared/api/claims';
import {
  claimGateway,
  listDevices,
  listGateways,
  renameDevice,
  replaceDevice,
  retireDevice,
  revokeGateway,
  type Equipment,
} from '@hems/shared/api/devices';
import { readLive } from '@hems/shared/api/live';
import { problem } from '@hems/shared/api/problem';
import type { Route } from '@hems/shared/api/route';
import { everyItem } from '../adapters/embedded/every-item.ts';
import { bus, channel, clock, directory, ids, keys, registry, table, telemetry } from '../runtime/ports.ts';
import { aDevicesWorld, type DevicesWorld } from '../testing/devices-world.ts';
import { aReading, aRuleEvent, HOME, NOON } from '../testing/world.ts';
import { readAccesses } from '../use-cases/stores/access-log.ts';
import { changeGateway } from '../use-cases/stores/gateways.ts';
import { putMember } from '../use-cases/stores/households.ts';
import { handler as claims } from './claims.ts';
import { handler as devices } from './devices.ts';
import { handler as live } from './live.ts';

let world: DevicesWorld;
beforeEach(async () => {
  world = await aDevicesWorld();
  clock.use(world.clock);
  table.use(world.table);
  keys.use(world.keys);
  bus.use(world.bus);
  ids.use(world.ids);
  channel.use(world.channel);
  telemetry.use(world.telemetry);
  directory.use(world.deps.directory);
  registry.use({
    ...world.registry.registry,
    register: async () => Promise.reject(new Error('no route certifies keys')),
    gatewayOf: async () => undefined,
  });
  await putMember(world.table, { householdId: HOME.householdId, sub: 'viewer', role: 'viewer' });
});

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;
type Asked = {
  readonly sub?: string;
  readonly params?: Record<string, string>;
  readonly body?: unknown;
  readonly groups?: string;
};
const call = async (handler: Handler, route: unknown, { sub = 'owner', params = {}, body, groups }: Asked = {}) => {
  const { method, path } = route as Route;
  const event = {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    headers: {},
    isBase64Encoded: false,
    pathParameters: { householdId: HOME.householdId, deviceId: 'meter-1', gateway: HOME.gateway, ...params },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: {
      authorizer: {
        jwt: { claims: { sub, token_use: 'access', auth_time: '1', ...(groups && { 'cognito:groups': groups }) } },
      },
    },
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode, body: text = '{}' } = await handler(event, {} as Context);
  return { status: statusCode, body: JSON.parse(text) as unknown };
};
const equipment = async (): Promise<Equipment> => (await call(devices, listGateways)).body as Equipment;
const nameOf = async (deviceId: string) => (await equipment()).devices.find((one) => one.deviceId === deviceId)?.name;

describe('the gateways of a household', () => {
  test('are told with what is behind them', async () => {
    const { status, body } = await call(devices, listGateways, { sub: 'viewer' });
    expect(status).toBe(200);
    expect(listGateways.answer.parse(body)).toMatchObject({
      gateways: [{ gateway: HOME.gateway, status: 'active', presence: 'unknown', presenceMs: null, isDoubled: false }],
      devices: expect.arrayContaining([
        expect.objectContaining({ deviceId: 'meter-1', gateway: HOME.gateway }),
      ]) as unknown,
    });
  });

  test('are added by a claim code as it stands on the label, small letters and spaces around it included', async () => {
    const code = await world.label('SERIAL-1');
    const { status, body } = await call(devices, claimGateway, { body: { code: ` ${code.toLowerCase()} ` } });
    expect(status).toBe(200);
    expect(claimGateway.answer.parse(body).gateways).toHaveLength(2);
  });

  test.each([
    ['HEMS-AAAA-AAAA-AAAA', 404, 'claim-unknown'],
    ['HEMS-0OOO-1III-AAAA', 400, undefined],
    ["HEMS-AAAA'; --", 400, undefined],
  ])('are not added by %s: %i', async (code, status, refusal) => {
    const answer = await call(devices, claimGateway, { body: { code } });
    expect([answer.status, problem.parse(answer.body).code]).toEqual([status, refusal]);
  });
});

describe('the name of a device', () => {
  test.each(['안방 에어컨', 'מטבח', '👨‍👩‍👧 거실', "Robert'); DROP TABLE homes;--", '  trimmed  '])(
    'may be %s, is shown wherever the device is, and is kept where nobody else reads it',
    async (name) => {
      expect((await call(devices, renameDevice, { body: { name } })).status).toBe(200);
      expect(await nameOf('meter-1')).toBe(name.trim());
      const listed = listDevices.answer.parse((await call(devices, listDevices)).body).devices;
      expect(listed.map((device) => device.name)).toContain(name.trim());
      const shown = readLive.answer.parse((await call(live, readLive)).body).devices;
      expect(shown.map((device) => device.name)).toContain(name.trim());
      for await (const item of everyItem(world)) expect(JSON.stringify(item)).not.toContain(name.trim());
    },
  );

  test.each(['', '   ', 'a\u202egnp.exe', 'line\nbreak', 'x'.repeat(61)])('is not %j', async (name) => {
    expect((await call(devices, renameDevice, { body: { name } })).status).toBe(400);
    expect(await nameOf('meter-1')).toBe('meter-1');
  });
});

test('a device that is retired is told as retired, and what it has measured stays', async () => {
  const reading = {
    deviceId: 'meter-1',
    kind: 'smart_meter',
    ts: NOON,
    boot: 1,
    seq: 1,
    q: 0,
    quantities: { power_w: 500 },
  } as const;
  await world.take(aRuleEvent('reading', aReading(reading)));
  await call(devices, retireDevice);
  const again = await call(devices, retireDevice);
  expect(again.status).toBe(200);
  const meter = (again.body as Equipment).devices.find(({ deviceId }) => deviceId === 'meter-1');
  expect(meter).toMatchObject({ status: 'retired', lastSeenMs: NOON });
});

test('a gateway that is revoked is told as revoked and no longer as online, and its devices stay to be retired or replaced', async () => {
  const place = { householdId: HOME.householdId, gateway: HOME.gateway };
  const there = { state: 'connected', version: 1, atMs: NOON } as const;
  await changeGateway(world, place, (gateway) => ({ ...gateway, presence: there }));
  expect((await equipment()).gateways).toMatchObject([{ presence: 'online', presenceMs: NOON }]);
  const { status, body } = await call(devices, revokeGateway);
  expect(status).toBe(200);
  const told = { gateway: HOME.gateway, status: 'revoked', presence: 'offline', presenceMs: null };
  expect(body).toMatchObject({ gateways: [told] });
  expect((body as Equipment).devices.filter((device) => device.status === 'active')).toHaveLength(4);
});

test.each([
  ['claim', claimGateway, { code: 'HEMS-AAAA-AAAA-AAAA' }],
  ['revoke', revokeGateway, undefined],
  ['rename', renameDevice, { name: 'x' }],
  ['retire', retireDevice, undefined],
  ['replace', replaceDevice, { by: 'meter-2' }],
])('a viewer may look and not %s', async (_, route, body) => {
  const before = await equipment();
  const answer = await call(devices, route, { sub: 'viewer', ...(body && { body }) });
  expect([answer.status, problem.parse(answer.body).code]).toEqual([403, 'role']);
  expect(await equipment()).toEqual(before);
  expect(world.registry.asked).toEqual([]);
});

describe('the operator', () => {
  const staff = { sub: 'staff', groups: '[operator]' };
  const gateways = [{ serial: 'SERIAL-1', devices: ['smart_meter'] }];

  test('issues claims once for each serial number of a list, until a day to come', async () => {
    const issue = async (body: unknown) => (await call(claims, issueClaims, { ...staff, body })).status;
    expect(await issue({ gateways, expiresOn: '2026-12-31' })).toBe(200);
    expect(await issue({ gateways, expiresOn: '2026-11-21' })).toBe(400);
    expect(await issue({ gateways: [...gateways, ...gateways], expiresOn: '2026-12-31' })).toBe(400);
    expect(await issue({ gateways: [{ serial: '../1', devices: ['smart_meter'] }], expiresOn: '2026-12-31' })).toBe(
      400,
    );
    expect(await issue({ gateways: [{ serial: 'SERIAL-2', devices: ['toaster'] }], expiresOn: '2026-12-31' })).toBe(
      400,
    );
  });

  test('unlocks a household’s claims in view of its people', async () => {
    for (let n = 0; n < 10; n += 1) await call(devices, claimGateway, { body: { code: 'HEMS-AAAA-AAAA-AAAA' } });
    const locked = await call(devices, claimGateway, { body: { code: 'HEMS-AAAA-AAAA-AAAA' } });
    expect([locked.status, problem.parse(locked.body).code]).toEqual([429, 'claims-locked']);
    const body = { householdId: HOME.householdId, reason: 'the label was read out on the phone' };
    expect((await call(claims, unlockClaims, { ...staff, body })).status).toBe(200);
    expect(await readAccesses(world.table, HOME.householdId)).toMatchObject([
      { who: { kind: 'staff', id: 'staff' }, what: 'claims-unlocked', why: body.reason },
    ]);
    const code = await world.label('SERIAL-1');
    expect((await call(devices, claimGateway, { body: { code } })).status).toBe(200);
  });
});
