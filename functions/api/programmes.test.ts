import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import * as events from '@hems/shared/api/events';
import { problem } from '@hems/shared/api/problem';
import * as programmes from '@hems/shared/api/programmes';
import { bus, clock, ids, keys, table } from '../runtime/ports.ts';
import { agree } from '../testing/agree.ts';
import { aWorld, HOME, type World } from '../testing/world.ts';
import { readEnrolment } from '../use-cases/stores/enrolments.ts';
import { readEvents } from '../use-cases/stores/events.ts';
import { putMember } from '../use-cases/stores/households.ts';
import { handler as eventsHandler } from './events.ts';
import { handler as programmesHandler } from './programmes.ts';

type Claims = { readonly sub: string; readonly 'cognito:groups'?: string };
type Asked = {
  readonly as?: Claims;
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
};
type Of = { readonly method: string; readonly path: string };

const OWNER: Claims = { sub: 'owner' };
const STAFF: Claims = { sub: 'staff', 'cognito:groups': '[operator]' };
const { householdId } = HOME;
const CASHBACK = { householdId, programme: 'energy-cashback' };
const ANSWERS = {
  'residential-contract': true,
  'registered-at-address': true,
  'unit-use-is-submitted': true,
  'in-no-other-utility-programme': true,
};
const EVENT = { eventId: 'dr-1123', programme: 'national-dr', date: '2026-11-23', fromHour: 18, toHour: 19 };

let world: World;
beforeEach(async () => {
  world = await aWorld();
  await agree(world.table, householdId, 'government');
  clock.use(world.clock);
  table.use(world.table);
  bus.use(world.bus);
  ids.use(world.ids);
  keys.use(world.keys);
});

const ask = async ({ method, path }: Of, { as, params, query, body }: Asked = {}) => {
  const event = {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    pathParameters: params,
    ...(query && { queryStringParameters: query }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: as ? { authorizer: { jwt: { claims: { token_use: 'access', auth_time: 1, ...as } } } } : {},
  } as unknown as APIGatewayProxyEventV2;
  const handler = path.startsWith('/v1/events') ? eventsHandler : programmesHandler;
  const answer = await handler(event, {} as Context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '{}') as unknown };
};
const enrol = (as: Claims) => ask(programmes.enrol, { as, params: CASHBACK, body: { answers: ANSWERS } });

describe('the programmes of a household', () => {
  test('are told, joined, moved by the office and left', async () => {
    const listed = await ask(programmes.listProgrammes, { as: OWNER, params: { householdId } });
    expect(listed.status).toBe(200);
    expect(programmes.listProgrammes.answer.parse(listed.body).programmes).toHaveLength(8);

    expect(await enrol(OWNER)).toMatchObject({ status: 200, body: { state: 'applied', from: '2026-11-01' } });
    const waiting = await ask(programmes.listApplications, { as: STAFF, query: { state: 'applied' } });
    expect(waiting.body).toMatchObject({ applications: [{ householdId, enrolment: { state: 'applied' } }] });
    const moved = await ask(programmes.moveApplication, { as: STAFF, params: CASHBACK, body: { to: 'under-review' } });
    expect(moved).toMatchObject({ status: 200, body: { state: 'under-review' } });
    const left = await ask(programmes.withdraw, { as: OWNER, params: CASHBACK });
    expect(left).toMatchObject({ status: 200, body: { state: 'withdrawn', withdrawnOn: '2026-11-22' } });
  });

  test('are simulated on a past that may be empty', async () => {
    const { status, body } = await ask(programmes.simulateProgramme, { as: OWNER, params: CASHBACK });
    expect([status, programmes.simulateProgramme.answer.parse(body).empty]).toEqual([200, 'no-history']);
  });

  test('that a home is not eligible for are refused with the condition', async () => {
    const answers = { ...ANSWERS, 'residential-contract': false };
    const { status, body } = await ask(programmes.enrol, { as: OWNER, params: CASHBACK, body: { answers } });
    expect([status, problem.parse(body).detail]).toEqual([
      409,
      'not eligible for energy-cashback: residential-contract is not met',
    ]);
  });

  test.each([
    [{ answers: { 'likes-cats': true } }, 'body.answers'],
    [{ answers: { 'residential-contract': 'yes' } }, 'body.answers.residential-contract'],
    [{}, 'body.answers'],
  ])('with %j for answers are a problem document that names the place', async (body, at) => {
    const answer = await ask(programmes.enrol, { as: OWNER, params: CASHBACK, body });
    expect(answer.status).toBe(400);
    expect(problem.parse(answer.body).errors?.map((error) => error.at)).toEqual([at]);
    expect((await readEnrolment(world.table, householdId, 'energy-cashback')).enrolment).toBeUndefined();
  });
});

describe('nobody who may not', () => {
  const nothingEnrolled = async () =>
    expect((await readEnrolment(world.table, householdId, 'energy-cashback')).enrolment).toBeUndefined();

  test('enrols a household: not a stranger, not a viewer, not the operator', async () => {
    await putMember(world.table, { householdId, sub: 'guest', role: 'viewer' });
    for (const as of [{ sub: 'stranger' }, { sub: 'guest' }, STAFF]) expect((await enrol(as)).status).toBe(403);
    await nothingEnrolled();
  });

  test('reads, simulates or leaves its programmes', async () => {
    const stranger = { as: { sub: 'stranger' }, params: CASHBACK };
    for (const route of [programmes.listProgrammes, programmes.simulateProgramme, programmes.withdraw])
      expect((await ask(route, stranger)).status).toBe(403);
  });

  test('lists or moves applications, its own owner included', async () => {
    await enrol(OWNER);
    const listed = await ask(programmes.listApplications, { as: OWNER, query: { state: 'applied' } });
    const moved = await ask(programmes.moveApplication, { as: OWNER, params: CASHBACK, body: { to: 'under-review' } });
    expect([listed.status, moved.status]).toEqual([403, 403]);
    expect((await readEnrolment(world.table, householdId, 'energy-cashback')).enrolment?.state).toBe('applied');
  });

  test('announces an event', async () => {
    for (const as of [OWNER, undefined]) {
      const { status } = await ask(events.announceEvent, { ...(as && { as }), body: EVENT });
      expect(status).toBe(403);
    }
    expect(await readEvents(world.table, ['2026-01-01', '2026-12-31'])).toEqual([]);
  });

  test('reads the events without signing in', async () => {
    const query = { from: '2026-11-22', to: '2026-11-30' };
    expect((await ask(events.listEvents, { query })).status).toBe(403);
    expect((await ask(events.listEvents, { as: OWNER, query })).status).toBe(200);
  });
});

describe('an event', () => {
  test('is announced by the operator, told to residents, and the same when it is announced again', async () => {
    const first = await ask(events.announceEvent, { as: STAFF, body: EVENT });
    expect(first).toEqual({ status: 200, body: EVENT });
    expect(await ask(events.announceEvent, { as: STAFF, body: EVENT })).toEqual(first);
    const query = { from: '2026-11-22', to: '2026-11-30' };
    expect((await ask(events.listEvents, { as: OWNER, query })).body).toEqual({ events: [EVENT] });
  });

  test('with other content under the same id is a conflict', async () => {
    await ask(events.announceEvent, { as: STAFF, body: EVENT });
    const { status, body } = await ask(events.announceEvent, { as: STAFF, body: { ...EVENT, toHour: 20 } });
    expect([status, problem.parse(body).detail]).toEqual([
      409,
      'dr-1123 was announced with other content; choose another eventId',
    ]);
  });

  test.each([
    [{ ...EVENT, date: '2026-02-30' }, 'body.date'],
    [{ ...EVENT, fromHour: 24 }, 'body.fromHour'],
    [{ ...EVENT, toHour: 18.5 }, 'body.toHour'],
    [{ ...EVENT, eventId: 'a b' }, 'body.eventId'],
  ])('like %j is a problem document that names the place', async (body, at) => {
    const answer = await ask(events.announceEvent, { as: STAFF, body });
    expect(answer.status).toBe(400);
    expect(problem.parse(answer.body).errors?.map((error) => error.at)).toEqual([at]);
  });
});
