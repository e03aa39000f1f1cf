import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, localDate } from '@hems/models/calendar/seoul';
import { readDeviceSeries } from '@hems/shared/api/devices';
import { readLive } from '@hems/shared/api/live';
import { readPlan, type PlanAnswer } from '@hems/shared/api/plan';
import { idsOf } from './demo/households.ts';
import { run, startedHost } from './testing/host-process.ts';

/** The house with the battery, of which demo1 is the owner and demo6 a viewer. */
const { householdId } = idsOf(102);
let folder: string;
let host: Awaited<ReturnType<typeof startedHost>>;
let [owner, viewer]: string[] = [];

const tokenOf = async (email: string): Promise<string> =>
  (await run('commands/hems.ts', ['token', '--as', email], { PORT: host.port }).ended).out.trim();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-plan-'));
  host = await startedHost(folder, undefined, ['--days', '3']);
  [owner, viewer] = await Promise.all([tokenOf('demo1@example.com'), tokenOf('demo6@example.com')]);
}, 30_000);
afterAll(async () => {
  await host.signal('SIGKILL');
  await rm(folder, { recursive: true });
});

const call = async (
  method: string,
  path: string,
  { body, as = owner }: { body?: unknown; as?: string | undefined } = {},
) =>
  await fetch(`${host.origin}/v1/households/${householdId}/${path}`, {
    method,
    headers: { authorization: `Bearer ${as ?? ''}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const seen = async (as?: string): Promise<PlanAnswer> =>
  readPlan.answer.parse(await (await call('GET', 'plan', { as: as ?? owner })).json());
const hoursKnown = async (): Promise<number> => {
  const today = localDate(Date.now());
  const { devices } = readLive.answer.parse(await (await call('GET', 'live')).json());
  const device = devices.find(({ kind }) => kind === 'battery');
  const query = `quantity=soc_permille&grain=hour&from=${addDays(today, -3)}&to=${today}`;
  const answer = await call('GET', `devices/${device?.deviceId}/series?${query}`);
  return readDeviceSeries.answer.parse(await answer.json()).points.filter(({ value }) => value !== null).length;
};
const battery = async () => readLive.answer.parse(await (await call('GET', 'live')).json()).battery;
const WAIT = { timeout: 40_000, interval: 500 };

test('a plan is there before anybody asked for it to be carried out, with its reasons, and a viewer sees it', async () => {
  // a forecast that is asked for before the past of the home is in stands for minutes
  await expect.poll(hoursKnown, WAIT).toBeGreaterThan(60);
  await expect.poll(async () => (await seen()).why, WAIT).toBeNull();
  const { plan, automation } = await seen(viewer);
  expect(automation.isOn).toBe(true);
  expect(plan?.status).toBe('planned');
  expect(plan?.steps.length).toBeGreaterThanOrEqual(48);
  for (const step of plan?.steps ?? []) expect(step.reason).toMatch(/^[a-z-]+$/);
}, 50_000);

test('a resident switches the plan off and on again; a viewer may not', async () => {
  const off = { isOn: false, reservePermille: 100, car: null };
  expect((await call('PUT', 'plan/automation', { body: off, as: viewer })).status).toBe(403);
  expect((await call('PUT', 'plan/automation', { body: off })).status).toBe(200);
  expect((await call('PUT', 'plan/override', { body: { mode: 'rest', minutes: 30 } })).status).toBe(409);
  expect((await call('PUT', 'plan/automation', { body: { ...off, isOn: true } })).status).toBe(200);
  expect((await seen()).automation.isOn).toBe(true);
});

test('an override reaches the battery, is verified and seen in its power, and ends when it is taken back', async () => {
  expect((await call('PUT', 'plan/override', { body: { mode: 'rest', minutes: 30 } })).status).toBe(200);
  await expect.poll(async () => (await seen()).orders[0], WAIT).toMatchObject({ powerW: 0, state: 'verified' });
  const { override, orders } = await seen();
  expect([override?.mode, override?.untilMs]).toEqual(['rest', orders[0]?.untilMs]);
  await expect.poll(async () => (await battery())?.powerW, WAIT).toBe(0);

  expect((await call('DELETE', 'plan/override')).status).toBe(200);
  expect((await call('PUT', 'plan/override', { body: { mode: 'self-use', minutes: 30 } })).status).toBe(200);
  await expect.poll(async () => (await seen()).orders[0]?.state, WAIT).toBe('verified');
  const [last] = (await seen()).orders;
  // whatever stood, what stands now ends within a minute: the battery covers the home again
  expect((last?.untilMs ?? 0) - (last?.atMs ?? 0)).toBeLessThanOrEqual(60_000);
  expect((await seen()).override?.mode).toBe('self-use');
}, 60_000);
