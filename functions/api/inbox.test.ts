import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { NOTICE_KINDS } from '@hems/models/notices/kinds';
import { notice, type NoticeSettings } from '@hems/shared/api/inbox';
import type { Identity } from '../ports/identity.ts';
import { clock, keys, push, table } from '../runtime/ports.ts';
import { aNoticeWorld, type NoticeWorld } from '../testing/notice-world.ts';
import { HOME, NOON } from '../testing/world.ts';
import { endSessions } from '../use-cases/account/account.ts';
import { unsubscribeToken } from '../use-cases/notices/unsubscribe.ts';
import { memberEnd, putMember } from '../use-cases/stores/households.ts';
import { noticeIdOf, noticePut, readSettings } from '../use-cases/stores/notices.ts';
import { readPushTargets } from '../use-cases/stores/push-targets.ts';
import { handler } from './inbox.ts';

let world: NoticeWorld;
beforeEach(async () => {
  world = await aNoticeWorld();
  await world.addPerson('owner');
  clock.use(world.clock);
  table.use(world.table);
  keys.use(world.keys);
  push.use(world.deps.push);
});

type Asked = {
  readonly body?: unknown;
  readonly query?: Record<string, string>;
  readonly token?: string;
  readonly form?: string;
};
const call = async (sub: string, routeKey: string, { body, query, token, form }: Asked = {}) => {
  const event = {
    routeKey,
    rawPath: routeKey.split(' ')[1],
    headers: form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' },
    pathParameters: token === undefined ? {} : { token },
    ...(query && { queryStringParameters: query }),
    requestContext: sub === '' ? {} : { authorizer: { jwt: { claims: { sub, token_use: 'access', auth_time: '1' } } } },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(form !== undefined && { body: form }),
  };
  const answer = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '') };
};
const UNUSUAL = { date: '2026-11-22', toHour: 12, usedWh: 6400, usualWh: 1200 };
const tellMany = async (sub: string, count: number, householdId: string | null = HOME.householdId): Promise<void> => {
  const put = (i: number) => ({
    put: noticePut(sub, {
      noticeId: noticeIdOf(NOON + i * 1000, `id${i}`),
      kind: householdId === null ? ('security' as const) : ('unusual-use' as const),
      householdId,
      atMs: NOON + i * 1000,
      readMs: null,
      facts: householdId === null ? { what: 'x' } : UNUSUAL,
      path: '/inbox',
    }),
  });
  for (let i = 0; i < count; i += 100)
    await world.table.transact(Array.from({ length: Math.min(100, count - i) }, (_, j) => put(i + j)));
};

describe('the inbox of a person', () => {
  test('comes in pages of a hundred, newest first, with the number of unread ones of all pages', async () => {
    await tellMany('owner', 230);
    const sizes: number[] = [];
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const { status, body } = await call('owner', 'GET /v1/inbox', cursor === null ? {} : { query: { cursor } });
      expect(status).toBe(200);
      for (const one of body.notices) expect(notice.safeParse(one).success).toBe(true);
      expect(body.unread).toBe(230);
      sizes.push(body.notices.length);
      seen.push(...body.notices.map(({ atMs }: { atMs: number }) => atMs));
      cursor = body.cursor;
    } while (cursor !== null);
    expect(sizes).toEqual([100, 100, 30]);
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
    expect(new Set(seen).size).toBe(230);
  });

  test('holds nothing of another person, and marking theirs as read changes nothing', async () => {
    await tellMany('owner', 2);
    const { body } = await call('owner', 'GET /v1/inbox');
    const noticeIds = body.notices.map(({ noticeId }: { noticeId: string }) => noticeId);
    expect((await call('other', 'GET /v1/inbox')).body).toEqual({ notices: [], unread: 0, cursor: null });
    expect((await call('other', 'POST /v1/inbox/reads', { body: { noticeIds } })).body).toEqual({ unread: 0 });
    expect((await call('owner', 'GET /v1/inbox')).body.unread).toBe(2);
  });

  test('counts what is read once, and the first reading stands', async () => {
    await tellMany('owner', 3);
    const [first] = (await call('owner', 'GET /v1/inbox')).body.notices;
    const read = () =>
      call('owner', 'POST /v1/inbox/reads', { body: { noticeIds: [first.noticeId, first.noticeId, 'no-such'] } });
    expect((await read()).body).toEqual({ unread: 2 });
    world.clock.set(NOON + 60_000);
    expect((await read()).body).toEqual({ unread: 2 });
    expect((await call('owner', 'GET /v1/inbox')).body.notices[0].readMs).toBe(NOON);
  });

  test('shows nothing of a home that the person has left, and still what concerns the person', async () => {
    await putMember(world.table, { householdId: HOME.householdId, sub: 'guest', role: 'member' });
    await tellMany('guest', 2);
    await tellMany('guest', 1, null);
    await world.table.put(memberEnd({ householdId: HOME.householdId, sub: 'guest', role: 'member' }, NOON));
    const { body } = await call('guest', 'GET /v1/inbox');
    expect(body).toMatchObject({ unread: 1, cursor: null });
    expect(body.notices).toMatchObject([{ householdId: null }]);
  });

  test('forgets after 90 days', async () => {
    await tellMany('owner', 1);
    world.clock.set(NOON + 90 * 86_400_000 + 1000);
    expect((await call('owner', 'GET /v1/inbox')).body.notices).toEqual([]);
  });

  test('refuses a cursor of its own making with a sentence', async () => {
    await tellMany('owner', 1);
    expect(await call('owner', 'GET /v1/inbox', { query: { cursor: 'x' } })).toMatchObject({ status: 400 });
  });
});

describe('the settings of a person', () => {
  const read = async (): Promise<NoticeSettings> => (await call('new', 'GET /v1/notice-settings')).body.settings;
  const choose = (settings: unknown, sub = 'owner') => call(sub, 'PUT /v1/notice-settings', { body: settings });

  test('are sensible before anything is chosen: quiet at night, five messages a week, no advertising beyond the inbox', async () => {
    const settings = await read();
    expect(settings).toMatchObject({ quiet: { fromHour: 21, toHour: 8 }, weeklyCap: 5, budgetWon: {} });
    expect(Object.keys(settings.kinds).toSorted()).toEqual([...NOTICE_KINDS].toSorted());
    expect(settings.kinds.marketing).toEqual({ inbox: true, push: false, email: false });
    expect(settings.kinds.security).toEqual({ inbox: true, push: true, email: true });
  });

  test('keep security in the inbox, hours that begin and end apart, and budgets of homes of one’s own', async () => {
    const settings = await readSettings(world.table, 'owner');
    const off = { inbox: false, push: false, email: false };
    expect(await choose({ ...settings, kinds: { ...settings.kinds, security: off } })).toMatchObject({ status: 400 });
    expect(await choose({ ...settings, quiet: { fromHour: 8, toHour: 8 } })).toMatchObject({ status: 400 });
    expect(await choose({ ...settings, budgetWon: { 'h-2': 50_000 } })).toMatchObject({ status: 400 });
    const { marketing: _, ...without } = settings.kinds;
    expect(await choose({ ...settings, kinds: without })).toMatchObject({ status: 400 });
    const chosen = { ...settings, quiet: null, budgetWon: { [HOME.householdId]: 50_000 } };
    expect((await choose(chosen)).body.settings).toEqual(chosen);
    expect(await readSettings(world.table, 'owner')).toEqual(chosen);
  });

  test('tell the key by which a browser subscribes, and how many did; ten at most are kept, the newest', async () => {
    const target = (i: number) => ({
      endpoint: `https://push.example.com/${i}`,
      p256dh: 'p'.repeat(87),
      auth: 'a'.repeat(22),
    });
    for (let i = 0; i < 12; i += 1) {
      world.clock.set(NOON + i);
      await call('new', 'POST /v1/push-targets', { body: target(i) });
    }
    const { body } = await call('new', 'POST /v1/push-targets', { body: target(11) });
    expect(body).toMatchObject({ pushKey: 'key', pushTargets: 10 });
    const kept = await readPushTargets(world.deps, 'new');
    expect(kept.map(({ endpoint }) => Number(endpoint.split('/').at(-1))).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 10 }, (_, i) => i + 2),
    );
  });

  const BROWSER = { endpoint: 'https://push.example.com/shared', p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) };
  const wokenAt = async (sub: string) => (await readPushTargets(world.deps, sub)).map(({ endpoint }) => endpoint);

  test('let a browser wake the person who subscribed last, and no other who sat at it before', async () => {
    for (const sub of ['first', 'second']) await call(sub, 'POST /v1/push-targets', { body: BROWSER });
    expect([await wokenAt('first'), await wokenAt('second')]).toEqual([[], [BROWSER.endpoint]]);
  });

  test('let a browser be left, by its own person alone, and again', async () => {
    await call('first', 'POST /v1/push-targets', { body: BROWSER });
    const body = { endpoint: BROWSER.endpoint };
    await call('second', 'DELETE /v1/push-targets', { body });
    expect(await wokenAt('first')).toEqual([BROWSER.endpoint]);
    for (let i = 0; i < 2; i += 1)
      expect(await call('first', 'DELETE /v1/push-targets', { body })).toMatchObject({
        status: 200,
        body: { pushTargets: 0 },
      });
    expect(await wokenAt('first')).toEqual([]);
  });

  test('wake nobody who has signed out everywhere', async () => {
    await call('first', 'POST /v1/push-targets', { body: BROWSER });
    const identity = { signOut: async () => undefined } as unknown as Identity;
    await endSessions({ ...world, identity }, { sub: 'first', authTime: 0 });
    expect(await wokenAt('first')).toEqual([]);
  });

  test.each(['http://push.example.com/1', 'ftp://x', 'no address', `https://push.example.com/${'x'.repeat(1000)}`])(
    'do not take a browser at %s',
    async (endpoint) => {
      const body = { endpoint, p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) };
      expect(await call('owner', 'POST /v1/push-targets', { body })).toMatchObject({ status: 400 });
    },
  );

  test('say so where push is not set up', async () => {
    push.use({ ...world.deps.push, publicKey: async () => null });
    const body = { endpoint: 'https://push.example.com/1', p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) };
    expect(await call('owner', 'POST /v1/push-targets', { body })).toMatchObject({
      status: 409,
      body: { code: 'no-push' },
    });
  });
});

describe('the way out of advertising', () => {
  test('opens without a sign-in, by the form that a mail program posts and by the link of the mail', async () => {
    const token = await unsubscribeToken(world.keys, 'owner');
    const answer = await call('', 'POST /v1/unsubscribes/{token}', { token, form: 'List-Unsubscribe=One-Click' });
    expect(answer).toEqual({ status: 200, body: { marketing: 'off' } });
    expect((await readSettings(world.table, 'owner')).kinds.marketing).toEqual({
      inbox: false,
      push: false,
      email: false,
    });
    expect(await call('', 'POST /v1/unsubscribes/{token}', { token })).toMatchObject({ status: 200 });
  });

  test('is closed to a token that we did not make, and says nothing of whether the person is known', async () => {
    const token = (await unsubscribeToken(world.keys, 'owner')).replace(/\..*/, `.${'x'.repeat(43)}`);
    const known = await call('', 'POST /v1/unsubscribes/{token}', { token });
    const unknown = await call('', 'POST /v1/unsubscribes/{token}', { token: `bm9ib2R5.${'x'.repeat(43)}` });
    expect(known).toMatchObject({ status: 404 });
    expect(unknown.body.detail).toBe(known.body.detail);
  });
});
