import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readRun, startRun } from '@hems/shared/api/runs';
import { problem } from '@hems/shared/api/problem';
import type { RunStatus } from '../ports/runs.ts';
import { log } from '../runtime/log.ts';
import { clock, runs, table } from '../runtime/ports.ts';
import { aWorld, type World } from '../testing/world.ts';
import { handler } from './runs.ts';

let world: World;
const executions = new Map<string, RunStatus>();
beforeEach(async () => {
  world = await aWorld();
  executions.clear();
  clock.use(world.clock);
  table.use(world.table);
  runs.use({
    start: async (name) => {
      if (executions.has(name)) return false;
      executions.set(name, 'running');
      return true;
    },
    status: async (name) => executions.get(name),
  });
});
afterEach(async () => await world.database.close());

const OPERATOR = { sub: 'op', token_use: 'access', auth_time: 1, 'cognito:groups': ['operator'] };
const RESIDENT = { sub: 'owner', token_use: 'access', auth_time: '1' };

const call = async (method: 'GET' | 'POST', date: string, claims: Record<string, unknown> = OPERATOR) => {
  const event = {
    routeKey: `${method} ${startRun.path}`,
    rawPath: `/v1/runs/${date}`,
    pathParameters: { date },
    requestContext: { authorizer: { jwt: { claims } } },
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, {} as Context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '{}') as unknown };
};
const detailOf = async (...args: Parameters<typeof call>): Promise<string> => {
  const { status, body } = await call(...args);
  return `${status} ${problem.parse(body).detail ?? ''}`;
};

it.each(['GET', 'POST'] as const)('%s of a run is closed to residents', async (method) => {
  expect(await detailOf(method, '2026-11-21', RESIDENT)).toBe('403 this route is for the operator');
  expect(executions.size).toBe(0);
});

it('an operator starts the run of yesterday over all shards, and is told that it is in progress', async () => {
  const { status, body } = await call('POST', '2026-11-21');
  expect([status, startRun.answer.parse(body)]).toEqual([200, { date: '2026-11-21', attempt: 1, shards: 1000 }]);
  expect([...executions]).toEqual([['daily-2026-11-21-a1', 'running']]);
  expect(await detailOf('POST', '2026-11-21')).toMatch(/^409 .*in progress, attempt 1/);
  const told = readRun.answer.parse((await call('GET', '2026-11-21')).body);
  expect(told).toMatchObject({ state: 'running', endedMs: null, shards: { open: 1000, failed: 0 } });
});

it('who starts a run finds by its log the id that all steps of the run share', async () => {
  const said = vi.spyOn(log, 'info').mockReturnValue();
  await call('POST', '2026-11-21');
  expect(said.mock.calls).toEqual([
    ['run started', expect.objectContaining({ run_correlation_id: 'run-2026-11-21-1', shards: 1000 })],
  ]);
  said.mockRestore();
});

it('a run whose execution was cut off is told as failed, and the next attempt may start', async () => {
  await call('POST', '2026-11-21');
  executions.set('daily-2026-11-21-a1', 'failed');
  expect(readRun.answer.parse((await call('GET', '2026-11-21')).body).state).toBe('failed');
  expect((await call('POST', '2026-11-21')).body).toEqual({ date: '2026-11-21', attempt: 2, shards: 1000 });
});

it('a day that is not over or long gone, a day without a run and a date that does not exist are refused with the reason', async () => {
  expect(await detailOf('POST', '2026-11-22')).toMatch(/^409 2026-11-22 is not over yet/);
  expect(await detailOf('POST', '2020-01-01')).toMatch(/^409 the readings of 2020-01-01 are not kept any more/);
  expect(await detailOf('GET', '2026-11-20')).toMatch(/^404 there was no run of 2026-11-20/);
  expect((await call('POST', '2026-02-30')).status).toBe(400);
  expect(executions.size).toBe(0);
});
