import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { dayStart, localDate } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { handler as live } from '../api/live.ts';
import { handler as quarantine } from '../api/quarantine.ts';
import { handler as ingest } from '../events/ingest.ts';
import { handler as notify } from '../events/notify.ts';
import { log } from '../runtime/log.ts';
import * as ports from '../runtime/ports.ts';
import { directory } from '../use-cases/directory.ts';
import { listNotices } from '../use-cases/stores/notices.ts';
import { aNoticeWorld } from '../testing/notice-world.ts';
import { aReading, aWorld, HOME, type World } from '../testing/world.ts';
import { putMember } from '../use-cases/stores/households.ts';
import { systemClock } from './clock.ts';
import { lambdaContext } from './lambda-context.ts';
import { OPERATOR } from './identity/users.ts';
import { aBroker, dial, type TestBroker } from './testing/broker.ts';
import { aFrontDoor, RESIDENT, type TestFrontDoor } from './testing/front-door.ts';
import { signIn } from './commands/sign-in.ts';

let world: World;
let broker: TestBroker;
let door: TestFrontDoor;
const tokens = { resident: '', operator: '' };
let lines: Record<string, unknown>[];

const tokenOf = async ({ email, password }: { email: string; password: string }): Promise<string> =>
  (await signIn({ origin: door.origin, email, password })).access_token;

beforeAll(async () => {
  world = await aWorld();
  await putMember(world.table, { householdId: HOME.householdId, sub: RESIDENT.sub, role: 'owner' });
  ports.table.use(world.table);
  ports.keys.use(world.keys);
  ports.telemetry.use(world.telemetry);
  ports.channel.use(world.channel);
  ports.ids.use(world.ids);
  ports.bus.use(world.bus);
  ports.clock.use(systemClock);
  ports.directory.use(directory(world.table, systemClock));
  broker = await aBroker({
    ingest: async (events) => await ingest(events, lambdaContext('ingest', 10_000)),
    table: world.table,
  });
  door = await aFrontDoor({ handlers: { live, quarantine } });
  tokens.resident = await tokenOf(RESIDENT);
  tokens.operator = await tokenOf(OPERATOR);
}, 20_000);
afterAll(async () => {
  await door.close();
  await broker.close();
});

beforeEach(() => {
  log.setLogLevel('DEBUG');
  lines = [];
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      const text = String(chunk);
      if (text.startsWith('{')) lines.push(JSON.parse(text));
      return true;
    });
});
afterEach(() => {
  vi.restoreAllMocks();
  log.setLogLevel('INFO');
});

const publish = async (message: unknown): Promise<string> => {
  const gateway = { household: HOME.telemetryId, gateway: HOME.gateway };
  const client = await dial(broker, await broker.gateway(gateway), { clientId: HOME.gateway });
  const topic = `hems/v1/${HOME.telemetryId}/${HOME.gateway}/reading`;
  await client.publishAsync(topic, JSON.stringify(message), { qos: 1 });
  await client.endAsync();
  return broker.taken.at(-1)?.correlation ?? '';
};
const answered = async (path: string, token: string, headers = {}) => {
  const answer = await door.get(path, { headers: { authorization: `Bearer ${token}`, ...headers } });
  return { answer, body: (await answer.json()) as { devices?: unknown[]; entries?: unknown[] } };
};
const linesOf = (id: string) => lines.filter((line) => line['correlation_id'] === id).map(({ message }) => message);

describe('a message that a gateway publishes', () => {
  test('is found by one id in the log and beside its device in the answer of live', async () => {
    const id = await publish(aReading(aPoint({ ts: Date.now(), boot: 9 })));
    expect(id).toMatch(/^[\da-f-]{36}$/);
    expect(linesOf(id)).toEqual(['a message was taken in']);
    const { body } = await answered(`/v1/households/${HOME.householdId}/live`, tokens.resident);
    expect(body.devices).toContainEqual(expect.objectContaining({ deviceId: 'meter-1', correlationId: id }));
  });

  test('and is kept out is found by one id in the log, with the reason, and in the quarantine', async () => {
    const id = await publish(aReading(aPoint({ ts: Date.now(), deviceId: 'nobody-knows-it' })));
    expect(linesOf(id)).toContain('a message was kept out');
    expect(lines).toContainEqual(expect.objectContaining({ correlation_id: id, reason: 'unknown-device' }));
    const date = localDate(Date.now());
    const { body } = await answered(`/v1/quarantine?date=${date}`, tokens.operator);
    expect(body.entries).toContainEqual(expect.objectContaining({ correlationId: id, reason: 'unknown-device' }));
  });
});

describe('an answer', () => {
  const path = `/v1/households/${HOME.householdId}/live`;

  test('carries the id that the request brought, also where it is refused', async () => {
    const asked = { 'x-correlation-id': 'asked-by-a-test' };
    expect((await answered(path, tokens.resident, asked)).answer.headers.get('x-correlation-id')).toBe(
      'asked-by-a-test',
    );
    const refused = await answered('/v1/households/h-2/live', tokens.resident, asked);
    expect([refused.answer.status, refused.answer.headers.get('x-correlation-id')]).toEqual([403, 'asked-by-a-test']);
  });

  test('carries one of its own where the request brought none, or something else', async () => {
    for (const headers of [{}, { 'x-correlation-id': '<script>' }]) {
      const { answer } = await answered(path, tokens.resident, headers);
      expect(answer.headers.get('x-correlation-id')).toMatch(/^[\w-]{8,64}$/);
    }
  });
});

test('a notice of what a message brought about carries its id, in the inbox and in the log', async () => {
  const notices = await aNoticeWorld();
  await notices.addPerson('owner');
  ports.table.use(notices.table);
  ports.keys.use(notices.keys);
  ports.ids.use(notices.ids);
  ports.clock.use(notices.clock);
  ports.mailer.use(notices.deps.mailer);
  ports.push.use(notices.deps.push);
  ports.letterhead.use(notices.deps.letterhead);
  const facts = { date: '2026-11-22', toHour: 12, usedWh: 6400, usualWh: 1200 };
  const atMs = dayStart('2026-11-22');
  const detail = { householdId: HOME.householdId, correlationId: 'of-a-reading', atMs, key: 'once', facts };
  await notify({ 'detail-type': 'usage.unusual', detail }, lambdaContext('notify', 10_000));
  expect((await listNotices(notices.table, 'owner')).notices).toMatchObject([{ correlationId: 'of-a-reading' }]);
  expect(linesOf('of-a-reading')).toContain('people told');
});
