import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MqttClient } from 'mqtt';
import { SLOT_MS } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { topicOf } from '@hems/shared/events/topics';
import { problem } from '@hems/shared/api/problem';
import { embeddedRuns } from '../../adapters/embedded/runs.ts';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import { handler as inbox } from '../../api/inbox.ts';
import { StoreFull, TABLES } from '../../ports/table.ts';
import { log } from '../../runtime/log.ts';
import * as ports from '../../runtime/ports.ts';
import { readSettings } from '../../use-cases/stores/notices.ts';
import { aReading, aWorld, HOME, type World } from '../../testing/world.ts';
import { readUsage } from '../../use-cases/read-usage.ts';
import { lambdaContext } from '../lambda-context.ts';
import { aBroker, dial, ended, type TestBroker } from '../testing/broker.ts';

/** The file may not grow by a page: SQLite answers as on a disk without room. `npm run faults` does the same to a host on a real small disk. */

vi.spyOn(log, 'error').mockImplementation(() => undefined);

let world: World;
let broker: TestBroker;
let meter: MqttClient;
const address = { household: HOME.telemetryId, gateway: HOME.gateway };

const LETTERS = { name: 'dead', visibilitySeconds: 30, attempts: 5 };
const fillUp = async (put: (nth: number) => Promise<void>): Promise<never> => {
  for (let nth = 0; ; nth += 1) await put(nth);
};

/** Not a page more, and what is left of the last page of each table is taken. */
const fill = async (): Promise<void> => {
  const used = Number(world.database.prepare('PRAGMA page_count').get()?.['page_count']);
  world.database.exec(`PRAGMA max_page_count=${used + 8}`);
  const places = [
    ...TABLES.map(
      (table) => async (sk: string, data: string) => await world.table.put({ table, pk: 'BALLAST', sk, data }),
    ),
    async (_sk: string, data: string) => await sqliteQueue(world, { ...LETTERS, name: 'ballast' }).send(data),
  ];
  for (const place of places)
    for (const bytes of [3000, 300, 30, 1])
      await expect(fillUp(async (nth) => await place(`${bytes}-${nth}`, 'x'.repeat(bytes)))).rejects.toThrow(StoreFull);
};
const makeRoom = (): void => world.database.exec('PRAGMA max_page_count=1073741823');

beforeEach(async () => {
  world = await aWorld();
  ports.table.use(world.table);
  ports.clock.use(world.clock);
  ports.keys.use(world.keys);
  ports.push.use({ publicKey: async () => null, send: async () => 'taken' });
  const letters = sqliteQueue(world, LETTERS);
  broker = await aBroker({
    ingest: async (events) => await world.take(...events),
    deadLetters: async (body) => await letters.send(body),
  });
});
afterEach(async () => {
  await broker.close();
  await world.database.close();
});

const connect = async (): Promise<void> => {
  const credentials = await broker.gateway(address);
  meter = await dial(broker, credentials, { clientId: HOME.gateway });
  meter.on('error', () => undefined);
};
const readingAt = (minute: number) =>
  aReading(
    aPoint({
      ts: world.clock.now() - SLOT_MS + minute * 60_000,
      seq: minute,
      quantities: { power_w: 600, energy_import_wh: 1000 + minute * 10 },
    }),
  );
const publish = async (minute: number): Promise<unknown> =>
  await meter.publishAsync(topicOf(address, 'reading'), JSON.stringify(readingAt(minute)), { qos: 1 });

const settings = async (method: 'GET' | 'PUT', body?: unknown) => {
  const event = {
    version: '2.0',
    routeKey: `${method} /v1/notice-settings`,
    rawPath: '/v1/notice-settings',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    isBase64Encoded: false,
    requestContext: { authorizer: { jwt: { claims: { sub: 'owner', token_use: 'access', auth_time: '1' } } } },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  const answer = await inbox(event as never, lambdaContext('inbox', 10_000));
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '') as unknown };
};

test('a reading that finds no room is not acknowledged, and counts once it is sent again and there is room', async () => {
  await connect();
  await publish(1);
  await fill();
  const refused = publish(2).then(
    () => 'acknowledged',
    () => 'not acknowledged',
  );
  await ended(meter);
  meter.end(true);
  expect(await refused).toBe('not acknowledged');
  expect(broker.lanes.counters().unsaid).toBe(1);
  makeRoom();
  await connect();
  await Promise.all([publish(2), publish(3)]);
  const { items } = await world.table.query({ table: 'energy', value: `H#${HOME.householdId}`, prefix: 'S#' });
  expect(items.flatMap(({ data }) => (data as { rows: unknown[] }).rows)).toHaveLength(3);
  const asked = { householdId: HOME.householdId, grain: '15min', from: '2026-11-22', to: '2026-11-22' } as const;
  expect((await readUsage(world, asked)).intervals.some(({ importWh }) => importWh !== null)).toBe(true);
});

test('what a resident chooses is refused with what to do, reading goes on, and the choice holds when there is room', async () => {
  const before = await readSettings(world.table, 'owner');
  const wanted = { ...before, weeklyCap: 7 };
  await fill();
  const refused = await settings('PUT', wanted);
  expect(refused.status).toBe(507);
  expect(problem.parse(refused.body)).toMatchObject({
    code: 'no-room',
    detail: expect.stringMatching(/Send it again/) as string,
  });
  expect((await settings('GET')).body).toMatchObject({ settings: { weeklyCap: before.weeklyCap } });
  makeRoom();
  expect((await settings('PUT', wanted)).status).toBe(200);
  expect((await settings('GET')).body).toMatchObject({ settings: { weeklyCap: 7 } });
});

test('a daily run whose end found no room is over all the same, so that its day is not barred until a restart', async () => {
  const said: string[] = [];
  const gate = Promise.withResolvers<void>();
  const { database } = world;
  const runs = embeddedRuns({
    database,
    execute: async () => await gate.promise,
    say: (line) => said.push(line),
  });
  await runs.start('daily-2026-11-21-a1', {});
  await fill();
  // in place it could still be written: the disk fails altogether
  database.exec(
    `CREATE TEMP TRIGGER no_room BEFORE UPDATE ON executions BEGIN SELECT raise(ABORT, 'disk is full'); END`,
  );
  gate.resolve();
  await runs.idle();
  expect(said.at(-1)).toContain('could not be kept');
  expect(await runs.status('daily-2026-11-21-a1')).toBe('succeeded');
});
