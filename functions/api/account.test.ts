import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Account } from '../ports/identity.ts';
import { log } from '../runtime/log.ts';
import { clock, identity, keys, table } from '../runtime/ports.ts';
import { aWorld, NOON, type World } from '../testing/world.ts';
import { rememberPerson } from '../use-cases/members/people.ts';
import { handler as account } from './account.ts';
import { handler as session } from './session.ts';

const NOON_S = NOON / 1000;
const NAME = '김하나 👩‍👩‍👧 שרה';

let world: World;
let known: Map<string, Account>;
let signedOut: string[];
const provider = {
  read: async (sub: string) => known.get(sub),
  signOut: async (sub: string) => void signedOut.push(sub),
  delete: async (sub: string) => void known.delete(sub),
};
beforeEach(async () => {
  world = await aWorld();
  known = new Map([['ada', { sub: 'ada', email: 'ada@example.com', emailVerified: true, name: 'Ada' }]]);
  signedOut = [];
  clock.use(world.clock);
  table.use(world.table);
  keys.use(world.keys);
  identity.use(provider);
});

type Claims = { readonly sub?: string; readonly authTime?: number; readonly groups?: string };
const call = async (
  routeKey: string,
  body: unknown = {},
  { sub = 'ada', authTime = NOON_S - 60, groups }: Claims = {},
) => {
  const claims = { sub, token_use: 'access', auth_time: String(authTime), ...(groups && { 'cognito:groups': groups }) };
  const event = {
    routeKey,
    rawPath: routeKey.split(' ')[1],
    requestContext: { authorizer: { jwt: { claims } } },
    body: JSON.stringify(body),
  };
  const handler = routeKey.includes('account') ? account : session;
  const answer = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '') as Record<string, unknown> };
};
const READ = 'GET /v1/account';
const CHANGE = 'PUT /v1/account';
const SIGN_OUT = 'POST /v1/account/sign-outs';

describe('an account', () => {
  test('is what the identity provider knows, copied at the first look, and the groups of the token', async () => {
    expect(await call(READ, {}, { groups: '[operator auditor]' })).toEqual({
      status: 200,
      body: {
        sub: 'ada',
        email: 'ada@example.com',
        emailVerified: true,
        name: 'Ada',
        language: 'ko',
        groups: ['operator', 'auditor'],
      },
    });
    known.clear();
    expect(await rememberPerson({ ...world, identity: provider }, 'ada')).toEqual({
      name: 'Ada',
      email: 'ada@example.com',
      language: 'ko',
    });
  });

  test('keeps the name and language that were chosen here, and follows the e-mail address of the provider', async () => {
    await call(CHANGE, { name: ` ${NAME} `, language: 'en' });
    known.set('ada', { sub: 'ada', email: 'new@example.com', emailVerified: false, name: 'Other' });
    expect((await call(READ)).body).toMatchObject({
      email: 'new@example.com',
      emailVerified: false,
      name: NAME,
      language: 'en',
    });
  });

  test('keeps the name that is chosen while the account is looked at', async () => {
    let chosen = false;
    table.use({
      ...world.table,
      put: async (put) => {
        if (put.sk === 'PERSON' && !chosen) {
          chosen = true;
          await call(CHANGE, { name: NAME, language: 'en' });
        }
        await world.table.put(put);
      },
    });
    expect((await call(READ)).body).toMatchObject({ name: NAME, language: 'en' });
    expect((await call(READ)).body).toMatchObject({ name: NAME, language: 'en' });
  });

  test.each(['over\ntwo lines', '\u202eturned', 'x'.repeat(61), ' '])(
    'takes no name %j from the identity provider that could not be chosen here',
    async (name) => {
      known.set('ada', { sub: 'ada', email: 'ada@example.com', emailVerified: true, name });
      expect((await call(READ)).body).toMatchObject({ name: '' });
    },
  );

  test('is sealed where it is kept', async () => {
    await call(CHANGE, { name: NAME, language: 'en' });
    const rows = JSON.stringify(world.database.prepare('SELECT * FROM people').all());
    expect(rows).toContain('U#ada');
    expect(rows).not.toMatch(/ada@example|김하나|שרה/);
  });

  test.each([
    ['empty', '   '],
    ['nothing one can see', '\u200b\u200d'],
    ['longer than 60', 'x'.repeat(61)],
    ['over two lines', 'Ada\nBcc: all'],
    ['over two lines of another kind', 'Ada\u2028x'],
    ['turning the text around it', 'Ada\u202e'],
    ['isolating the text around it', '\u2067Ada'],
    ['half a character', '\ud83d'],
  ])('takes no name that is %s', async (_, name) => {
    const { status, body } = await call(CHANGE, { name, language: 'ko' });
    expect(status).toBe(400);
    expect(body['errors']).toContainEqual({ at: 'body.name', message: expect.any(String) as string });
  });

  test.each(['👩‍👩‍👧', 'أمينة', 'שרה', '김', 'Nguyễn Văn A', 'O’Neill-李'])('takes the name %s', async (name) => {
    expect((await call(CHANGE, { name, language: 'ko' })).body).toMatchObject({ name });
  });

  test('that the provider has deleted is not found, and nothing of it is kept anew', async () => {
    known.clear();
    expect((await call(READ)).status).toBe(404);
    expect((await call(CHANGE, { name: 'Ada', language: 'ko' })).status).toBe(404);
    expect(world.database.prepare('SELECT * FROM people').all()).toEqual([]);
  });
});

describe('ending every session', () => {
  test('refuses each token of before, this one included, and none of the second after', async () => {
    world.clock.set(NOON + 400);
    expect(await call(SIGN_OUT)).toEqual({ status: 200, body: { endedMs: NOON + 1000 } });
    expect(signedOut).toEqual(['ada']);
    for (const authTime of [NOON_S - 60, NOON_S])
      expect(await call('GET /v1/session', {}, { authTime })).toMatchObject({
        status: 401,
        body: { code: 'session-ended' },
      });
    expect((await call('GET /v1/session', {}, { authTime: NOON_S + 1 })).status).toBe(200);
    expect((await call('GET /v1/session', {}, { sub: 'ben' })).status).toBe(200);
  });

  test('ends the asking one also where the clock of the provider is ahead of ours', async () => {
    await call(SIGN_OUT, {}, { authTime: NOON_S + 30 });
    expect((await call(READ, {}, { authTime: NOON_S + 30 })).body).toMatchObject({ code: 'session-ended' });
    expect((await call(READ, {}, { authTime: NOON_S + 31 })).status).toBe(200);
  });

  test('twice at once, or later with a clock that went back, never lets an ended one in again', async () => {
    const both = await Promise.all([call(SIGN_OUT), call(SIGN_OUT)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    world.clock.set(NOON - 3_600_000);
    await call(SIGN_OUT, {}, { authTime: NOON_S });
    expect((await call(READ, {}, { authTime: NOON_S - 1 })).status).toBe(401);
  });

  test('ends them also when the provider cannot be reached, and says that it is not known', async () => {
    vi.spyOn(log, 'error').mockReturnValue();
    identity.use({ ...provider, signOut: () => Promise.reject(new Error('away')) });
    expect((await call(SIGN_OUT)).status).toBe(500);
    expect((await call(READ)).body).toMatchObject({ code: 'session-ended' });
  });
});
