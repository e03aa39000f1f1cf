import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { addDays, localDate } from '@hems/models/calendar/seoul';
import { listDevices } from '@hems/shared/api/devices';
import { readSession } from '@hems/shared/api/session';
import { topicOf } from '@hems/shared/events/topics';
import { openDatabase } from '../adapters/embedded/database.ts';
import { sqliteQueue } from '../adapters/embedded/queue.ts';
import { aRuleEvent } from '../testing/world.ts';
import { systemClock } from './clock.ts';
import { certificateAuthorityPem, demoGateway } from './testing/demo-gateway.ts';
import { run, startedHost, type Ended } from './testing/host-process.ts';

let folder: string;
let host: Awaited<ReturnType<typeof startedHost>>;
let token: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-host-'));
  host = await startedHost(folder);
}, 20_000);
afterAll(async () => {
  await host.signal('SIGKILL');
  await rm(folder, { recursive: true });
});

const hems = async (...args: string[]): Promise<Ended> =>
  await run('commands/hems.ts', args, { PORT: host.port }).ended;
const households = async (): Promise<string[]> => {
  const answer = await fetch(`${host.origin}/v1/session`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  return readSession.answer.parse(await answer.json()).households.map(({ householdId }) => householdId);
};

test('npm start says where it serves, who can sign in, and that the homes are simulated', async () => {
  const lines = host.out().split('\n');
  expect(lines.filter((line) => line.startsWith('ready '))).toEqual([`ready ${host.origin}`]);
  // the welcome is written after the line that the address was waited for
  await expect.poll(() => host.out()).toMatch(/sign in {2}demo1@example\.com +\S+/);
  await expect.poll(() => host.out()).toContain('Everything is simulated');
});

test('hems token prints a token that opens the API for the resident named', async () => {
  const first = await hems('token', '--as', 'demo1@example.com');
  const third = await hems('token', '--as', 'demo3@example.com');
  token = third.out.trim();
  const ofThird = await households();
  token = first.out.trim();
  expect(await households()).toHaveLength(2);
  expect(ofThird).toHaveLength(1);
  expect(await hems('token', '--as', 'nobody@example.com')).toMatchObject({
    code: 1,
    out: expect.stringContaining('Known: demo1@example.com') as string,
  });
}, 10_000);

test('a device that sends nonsense is acknowledged, and the operator finds the message and lets it through again', async () => {
  const { address, credentials } = await demoGateway(folder);
  const device = await mqtt.connectAsync(`mqtts://127.0.0.1:${host.mqttPort}`, {
    reconnectPeriod: 0,
    clientId: address.gateway,
    ca: await readFile(certificateAuthorityPem(folder)),
    key: credentials.privateKeyPem,
    cert: credentials.certificatePem,
  });
  await device.publishAsync(topicOf(address, 'reading'), '{"v":1,', { qos: 1 });
  await device.endAsync();
  const { out } = await hems('quarantine', 'list');
  expect(out.trim().split('\n')).toHaveLength(1);
  const [id = '', state] = out.split('\t');
  expect([state, out.includes(address.gateway)]).toEqual(['held', true]);
  expect(await hems('quarantine', 'replay', id)).toMatchObject({
    code: 1,
    out: `${id}\t0 accepted, 1 kept out again\n`,
  });
}, 10_000);

test('a meter of your own is heard after hems gateway add, and shut out after hems gateway revoke', async () => {
  const [householdId = ''] = await households();
  const { out } = await hems('gateway', 'add', '--household', householdId, '--data', folder);
  const found = (pattern: RegExp): string => pattern.exec(out)?.[1] ?? '';
  const deviceId = found(/^device +(\S+),/m);
  const file = async (name: string) => await readFile(join(found(/^files +(\S+):/m), name));
  const [ca, cert, key] = [await file('ca.pem'), await file('certificate.pem'), await file('key.pem')];
  const dial = async () =>
    await mqtt.connectAsync(
      `mqtts://127.0.0.1:${host.mqttPort}`,
      { reconnectPeriod: 0, clientId: found(/^gateway +(\S+),/m), ca, cert, key },
      false,
    );
  const device = await dial();
  const lastSeen = async (): Promise<number | null | undefined> => {
    const path = listDevices.path.replace('{householdId}', householdId);
    const answer = await fetch(`${host.origin}${path}`, { headers: { authorization: `Bearer ${token}` } });
    const { devices } = listDevices.answer.parse(await answer.json());
    return devices.find((one) => one.deviceId === deviceId)?.lastSeenMs;
  };
  const seconds = String(Math.floor(Date.now() / 1000));
  const message = found(/-m '(\{.*\})'$/m).replace("'$(date +%s)'", seconds);
  const sendUntilSeen = async () => {
    await device.publishAsync(found(/^topic +(\S+)$/m), message, { qos: 1 });
    return await lastSeen();
  };
  await expect.poll(sendUntilSeen, { timeout: 5_000, interval: 200 }).toBe(Number(seconds) * 1000);

  const closed = new Promise<void>((resolve) => device.once('close', () => resolve()));
  device.on('error', () => undefined);
  const sinceMs = performance.now();
  const revoked = await hems('gateway', 'revoke', found(/^gateway +(\S+),/m), '--household', householdId);
  expect(revoked).toMatchObject({ code: 0 });
  await closed;
  // the command's own start and sign-in included; the promise is a minute
  expect(performance.now() - sinceMs).toBeLessThan(10_000);
  await expect(dial()).rejects.toThrow(/refused|closed|reset/i);
}, 25_000);

test('hems run-day carries out the run of a day that is over, says what came of it, and refuses a day that is not', async () => {
  const today = localDate(Date.now());
  const { code, out } = await hems('run-day', addDays(today, -3));
  expect(out).toMatch(/^daily run of [-\d]+, attempt 1, over 1000 shards …$/m);
  expect(out).toMatch(/^succeeded, attempt 1 in [\d.]+ s: 1000 of 1000 shards done/m);
  expect(code).toBe(0);
  expect(await hems('run-day', today)).toMatchObject({
    code: 1,
    out: expect.stringContaining('is not over yet') as string,
  });
  expect(await hems('run-day', '2026-02-30')).toMatchObject({
    code: 1,
    out: expect.stringContaining('is not a date of the calendar') as string,
  });
  expect(await run('commands/hems.ts', ['run-day', '2026-11-20'], { PORT: '1' }).ended).toMatchObject({
    code: 1,
    out: expect.stringContaining('No local host answers at http://127.0.0.1:1') as string,
  });
}, 30_000);

test('hems doctor finds a running host well, and hems backup copies it while it runs, to be restored elsewhere', async () => {
  const ports = { PORT: host.port, MQTT_PORT: host.mqttPort };
  const found = await run('commands/hems.ts', ['doctor', '--data', folder], ports).ended;
  expect(found).toMatchObject({ code: 0, out: expect.stringMatching(/^ok +host: answers at/m) as string });
  expect(found.out).toMatch(/^ok +broker: answers at/m);
  const to = await mkdtemp(join(tmpdir(), 'hems-host-backups-'));
  onTestFinished(async () => await rm(to, { recursive: true }));
  const made = await hems('backup', '--to', to, '--data', folder);
  expect(made).toMatchObject({ code: 0, out: expect.stringContaining('It holds keys') as string });
  const [backup = ''] = made.out.split('\n');
  const restored = await hems('restore', backup, '--data', join(folder, 'restored'), '--newer', folder);
  expect(restored).toMatchObject({
    code: 0,
    out: expect.stringMatching(/erased again: 0 of \d+ homes .*, 0 of \d+ accounts/) as string,
  });
  expect(await hems('restore', backup, '--data', folder)).toMatchObject({
    code: 1,
    out: expect.stringContaining('is not empty') as string,
  });
  expect((await hems('doctor', '--data', folder)).out).toMatch(/^ok +backup: the last is \d min old/m);
}, 30_000);

test('the operator’s boards of a running host show what its devices sent', async () => {
  const points = async (): Promise<string> => await (await fetch(`${host.origin}/ops/energy`)).text();
  expect(await points()).toContain('Points taken in');
  expect((await fetch(`${host.origin}/ops/style.css`)).headers.get('content-type')).toContain('text/css');
});

test('hems gateway says what is in its way', async () => {
  const refused = async (...args: string[]) => await hems('gateway', ...args);
  const noData = await refused('add', '--household', 'h', '--data', join(folder, 'nowhere'));
  expect(noData).toMatchObject({ code: 1, out: expect.stringContaining('holds no data of a local host') as string });
  const noHome = await refused('add', '--household', 'nobody', '--data', folder);
  expect(noHome).toMatchObject({ code: 1, out: expect.stringContaining('There is no household nobody') as string });
  const [householdId = ''] = await households();
  const noGateway = await refused('revoke', 'abc', '--household', householdId);
  expect(noGateway).toMatchObject({ code: 1, out: expect.stringContaining('no gateway abc') as string });
  const noResident = await refused('revoke', 'abc', '--household', householdId, '--as', 'nobody@example.com');
  expect(noResident).toMatchObject({ code: 1, out: expect.stringContaining('Known: demo1@example.com') as string });
}, 10_000);

test('a second host is told what is in its way', async () => {
  const same = await run('main.ts', ['--data', folder], { PORT: '0', MQTT_PORT: '0' }).ended;
  expect(same).toMatchObject({
    code: 1,
    out: expect.stringContaining(`Another local host is using ${folder}`) as string,
  });
  const taken = await run('main.ts', ['--data', join(folder, 'other')], { PORT: host.port }).ended;
  expect(taken).toMatchObject({
    code: 1,
    out: expect.stringContaining(`Port ${host.port} on 127.0.0.1 is taken`) as string,
  });
  expect(taken.out).toContain('PORT=');
}, 10_000);

test('what the host could not store is handed in at its next start', async () => {
  await host.signal('SIGKILL');
  const database = openDatabase(join(folder, 'hems.sqlite'));
  const letters = sqliteQueue(
    { database, clock: systemClock },
    { name: 'ingest-dead-letters', visibilitySeconds: 30, attempts: 1000 },
  );
  await letters.send(JSON.stringify(aRuleEvent('reading', 'not JSON', { received: Date.now() })));
  await database.close();
  const { port: PORT, mqttPort: MQTT_PORT } = host;
  host = await startedHost(folder, { PORT, MQTT_PORT });
  expect(host.out()).toContain('dead letters: 1 of 1 were taken in now');
}, 20_000);

test.each<NodeJS.Signals>(['SIGINT', 'SIGKILL'])(
  'after %s the next start goes on with the same data and the same sign-ins',
  async (signal) => {
    const before = await households();
    const { port: PORT, mqttPort: MQTT_PORT } = host;
    const since = performance.now();
    const { code } = await host.signal(signal);
    const stoppedAfterMs = performance.now() - since;
    host = await startedHost(folder, { PORT, MQTT_PORT });
    expect(await households()).toEqual(before);
    expect(code).toBe(signal === 'SIGINT' ? 0 : null);
    expect(stoppedAfterMs).toBeLessThan(3000);
  },
  20_000,
);
