import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Role } from '@hems/models/household/household';
import type { Account } from '../ports/identity.ts';
import type { Mail } from '../ports/mailer.ts';
import { log } from '../runtime/log.ts';
import { bus, clock, identity, ids, keys, mailer, table, webUrl } from '../runtime/ports.ts';
import { aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { invitationLetter } from '../use-cases/members/invitation-mail.ts';
import { newSealer } from '../use-cases/stores/data-keys.ts';
import { membersOf, putMember, putProfile } from '../use-cases/stores/households.ts';
import { NO_PROOF, proofPut } from '../use-cases/stores/proofs.ts';
import { handler } from './members.ts';
import { handler as session } from './session.ts';

const { householdId } = HOME;
const DAY = 86_400_000;
const ADDRESS = 'guest@example.com';

let world: World;
let known: Map<string, Account>;
let mails: Mail[];
beforeEach(async () => {
  world = await aWorld();
  known = new Map();
  mails = [];
  clock.use(world.clock);
  table.use(world.table);
  keys.use(world.keys);
  bus.use(world.bus);
  ids.use(world.ids);
  webUrl.use('https://hems.example');
  mailer.use({ send: async (_id, mail) => void mails.push(mail) });
  identity.use({
    read: async (sub) => known.get(sub),
    signOut: async () => undefined,
    delete: async () => undefined,
  });
  aPerson('owner', 'Owner');
  aPerson('guest', 'Guest');
});

afterEach(() => void vi.restoreAllMocks());

const aPerson = (sub: string, name = sub, over: Partial<Account> = {}): void => {
  known.set(sub, { sub, email: `${sub}@example.com`, emailVerified: true, name, ...over });
};
const join = async (sub: string, role: Role) => {
  aPerson(sub);
  await putMember(world.table, { householdId, sub, role });
};

type Asked = {
  readonly body?: unknown;
  readonly householdId?: string;
  readonly personId?: string;
  readonly invitationId?: string;
};
const call = async (sub: string, routeKey: string, { body, ...parameters }: Asked = {}) => {
  const event = {
    routeKey,
    rawPath: routeKey.split(' ')[1],
    pathParameters: { householdId, ...parameters },
    requestContext: { authorizer: { jwt: { claims: { sub, token_use: 'access', auth_time: '1' } } } },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  const answers = routeKey === 'GET /v1/session' ? session : handler;
  const answer = await answers(event as unknown as APIGatewayProxyEventV2, {} as Context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '') as Record<string, unknown> };
};
const HOUSEHOLD = '/v1/households/{householdId}';
const list = (sub: string) => call(sub, `GET ${HOUSEHOLD}/members`);
const invite = (sub: string, email = ADDRESS, role: Role = 'member') =>
  call(sub, `POST ${HOUSEHOLD}/invitations`, { body: { email, role } });
const withdraw = (sub: string, invitationId: string) =>
  call(sub, `DELETE ${HOUSEHOLD}/invitations/{invitationId}`, { invitationId });
const accept = (sub: string, token: string) => call(sub, 'POST /v1/invitations/acceptances', { body: { token } });
const change = (sub: string, personId: string, role: Role) =>
  call(sub, `PUT ${HOUSEHOLD}/members/{personId}`, { personId, body: { role } });
const end = (sub: string, personId: string) => call(sub, `DELETE ${HOUSEHOLD}/members/{personId}`, { personId });

const invited = async (email = ADDRESS, role: Role = 'member') => {
  const { body } = await invite('owner', email, role);
  const { invitation, token } = body as { invitation: { invitationId: string }; token: string };
  return { token, invitationId: invitation.invitationId };
};
const rolesNow = async () =>
  Object.fromEntries((await membersOf(world.table, householdId)).map(({ sub, role }) => [sub, role]));
const codeOf = ({ status, body }: { status: number | undefined; body: Record<string, unknown> }) => [
  status,
  body['code'],
];

describe('who may do what', () => {
  const TRIES = {
    'list members': (sub: string) => list(sub),
    invite: (sub: string) => invite(sub, 'other@example.com'),
    'withdraw an invitation': (sub: string) => withdraw(sub, 'id-1'),
    'change a role': (sub: string) => change(sub, 'dan', 'member'),
    'take somebody out': (sub: string) => end(sub, 'dan'),
    leave: (sub: string) => end(sub, sub),
  };
  const MAY: Record<string, readonly (keyof typeof TRIES)[]> = {
    owner: ['list members', 'invite', 'withdraw an invitation', 'change a role', 'take somebody out', 'leave'],
    ben: ['list members', 'leave'],
    cho: ['list members', 'leave'],
    stranger: [],
  };

  test.each(Object.keys(TRIES) as (keyof typeof TRIES)[])('%s', async (action) => {
    for (const [sub, may] of Object.entries(MAY)) {
      await join('second', 'owner');
      await join('owner', 'owner');
      await join('ben', 'member');
      await join('cho', 'viewer');
      await join('dan', 'viewer');
      await invited('asked@example.com');
      const { status } = await TRIES[action](sub);
      expect([sub, status]).toEqual([sub, may.includes(action) ? 200 : 403]);
    }
  });
});

describe('the list of members', () => {
  test('names everybody to everybody, and shows who is invited to owners only', async () => {
    await join('cho', 'viewer');
    aPerson('cho', '김초 👩‍👩‍👧 שרה');
    const { invitationId } = await invited();
    const members = [
      { personId: 'cho', name: '김초 👩‍👩‍👧 שרה', role: 'viewer', isSelf: false },
      { personId: 'owner', name: 'Owner', role: 'owner', isSelf: true },
    ];
    const expiresMs = NOON + 7 * DAY;
    expect((await list('owner')).body).toEqual({
      householdId,
      members,
      invitations: [{ invitationId, email: ADDRESS, role: 'member', expiresMs }],
    });
    expect((await list('cho')).body).toMatchObject({ invitations: [] });
    expect(JSON.stringify((await list('cho')).body)).not.toContain('@');
  });

  test('still lists a member whose account was deleted, without a name', async () => {
    await join('gone', 'member');
    known.delete('gone');
    expect((await list('owner')).body['members']).toContainEqual({
      personId: 'gone',
      name: '',
      role: 'member',
      isSelf: false,
    });
  });
});

describe('an invitation', () => {
  test('is mailed with its link, in the language of who invites', async () => {
    const { token } = await invited();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(mails[0]).toMatchObject({ to: ADDRESS, subject: '‘우리 집 에너지’에 초대받았어요' });
    expect(mails[0]?.text).toContain(`https://hems.example/invitations#${token}\n`);
    expect(mails[0]?.text).toContain('2026-11-29');
    expect(mails[0]?.text).toContain('Owner');
  });

  test('carries no address that the inviter put into his name', async () => {
    aPerson('owner', 'win at http://evil.example');
    await invited();
    expect(mails[0]?.text).not.toContain('evil.example');
    expect(mails[0]?.text).not.toContain('http://');
  });

  test.each([
    ['over several lines', 'HEMS\n\n귀하의 전기요금이 미납되었습니다'],
    ['over two lines of another kind', 'Ada\u2028Bcc: all'],
    ['that turns the text around it', 'Ada\u202emoc.live'],
    ['that isolates the text around it', '\u2067Ada'],
    ['of a thousand signs', '가'.repeat(1000)],
    ['that nobody can see', '\u200b'],
  ])('is signed by nobody where the identity provider took a name %s', async (_, name) => {
    aPerson('owner', name);
    await invited();
    expect(mails[0]?.text.split('\n')[0]).toMatch(/^한 입주민 님이/);
    expect((await list('owner')).body['members']).toMatchObject([{ name: '' }]);
  });

  test.each([
    ['evil\u2024example', 'evil example'],
    ['evil。example', 'evil example'],
    ['evil．example', 'evil example'],
    ['//evil', 'evil'],
    ['O’Neill-李 👩‍👩‍👧 שרה', 'O’Neill-李 👩‍👩‍👧 שרה'],
  ])('calls %s in the letter “%s”: of no name a mail program makes an address', (name, said) => {
    const { text } = invitationLetter({ name, language: 'en' }, { link: 'https://hems.example/x', expiresMs: NOON });
    expect(text.split('\n')[0]).toBe(
      `${said} invites you to a home on Home Energy, to look after its electricity together.`,
    );
  });

  test.each(['a\nb', 'a\rb', 'a\u2029b', '\u202ea', '\u2066a', '\u200fa'])(
    'has no line and no turned text of the name %j, whoever let it through',
    (name) => {
      const { text } = invitationLetter({ name, language: 'en' }, { link: 'https://hems.example/x', expiresMs: NOON });
      expect(text.startsWith('A resident invites you')).toBe(true);
    },
  );

  test('leaves neither its token nor the address readable where it is kept', async () => {
    const { token } = await invited();
    await accept('guest', token);
    const rows = JSON.stringify(
      ['homes', 'people'].map((name) => world.database.prepare(`SELECT * FROM ${name}`).all()),
    );
    expect(rows).toContain('INVITATION#');
    expect(rows).not.toContain(token);
    expect(rows).not.toContain('@example.com');
  });

  test('joins whoever has the invited address, and shows the household at once', async () => {
    const { token } = await invited(' Guest@Example.com ', 'viewer');
    expect(await accept('guest', token)).toEqual({ status: 200, body: { householdId, role: 'viewer' } });
    expect(await rolesNow()).toEqual({ guest: 'viewer', owner: 'owner' });
    expect((await list('guest')).status).toBe(200);
    expect((await call('guest', 'GET /v1/session')).body['households']).toHaveLength(1);
    expect((await list('owner')).body['invitations']).toEqual([]);
  });

  test('opened by somebody else is refused and does not say whose it is', async () => {
    aPerson('other');
    const { token } = await invited();
    const refused = await accept('other', token);
    expect(codeOf(refused)).toEqual([403, 'invitation-not-yours']);
    expect(JSON.stringify(refused.body)).not.toMatch(/guest|@|h-1/);
    expect((await accept('guest', token)).status).toBe(200);
    expect(codeOf(await accept('other', token))).toEqual([403, 'invitation-not-yours']);
  });

  test('does not take an address for somebody’s that nobody has verified', async () => {
    const { token } = await invited();
    aPerson('guest', 'Guest', { emailVerified: false });
    expect(codeOf(await accept('guest', token))).toEqual([403, 'email-unverified']);
    known.delete('guest');
    expect(codeOf(await accept('guest', token))).toEqual([403, 'email-unverified']);
    expect(await rolesNow()).toEqual({ owner: 'owner' });
  });

  test('is for once: its own member is told the same again, and nobody after they have left', async () => {
    const { token } = await invited();
    await accept('guest', token);
    await change('owner', 'guest', 'viewer');
    expect(await accept('guest', token)).toEqual({ status: 200, body: { householdId, role: 'viewer' } });
    await end('guest', 'guest');
    expect(codeOf(await accept('guest', token))).toEqual([409, 'invitation-used']);
    expect(await rolesNow()).toEqual({ owner: 'owner' });
  });

  test('accepted five times at once makes one membership', async () => {
    const { token } = await invited();
    const answers = await Promise.all(Array.from({ length: 5 }, () => accept('guest', token)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await rolesNow()).toEqual({ guest: 'member', owner: 'owner' });
  });

  test('ends after seven days, and is told so for a month', async () => {
    const { token } = await invited();
    world.clock.set(NOON + 7 * DAY);
    expect(codeOf(await accept('guest', token))).toEqual([409, 'invitation-expired']);
    expect((await list('owner')).body['invitations']).toEqual([]);
    world.clock.set(NOON + 37 * DAY + 1000);
    expect(codeOf(await accept('guest', token))).toEqual([404, 'no-invitation']);
  });

  test('that was withdrawn opens nothing; withdrawing twice is withdrawing once', async () => {
    const { token, invitationId } = await invited();
    expect((await withdraw('owner', invitationId)).body['invitations']).toEqual([]);
    expect((await withdraw('owner', invitationId)).status).toBe(200);
    expect(codeOf(await accept('guest', token))).toEqual([409, 'invitation-withdrawn']);
    expect((await withdraw('owner', 'unknown')).status).toBe(404);
  });

  test('that was accepted cannot be withdrawn', async () => {
    const { token, invitationId } = await invited();
    await accept('guest', token);
    expect(codeOf(await withdraw('owner', invitationId))).toEqual([409, 'invitation-used']);
  });

  test('that nobody made is not found', async () => {
    expect(codeOf(await accept('guest', 'x'.repeat(43)))).toEqual([404, 'no-invitation']);
    expect((await accept('guest', 'short')).status).toBe(400);
  });

  test('falls with the ownership of who made it', async () => {
    await join('second', 'owner');
    const { body } = await invite('second');
    await change('owner', 'second', 'member');
    expect((await list('owner')).body['invitations']).toEqual([]);
    expect(codeOf(await accept('guest', String(body['token'])))).toEqual([409, 'invitation-withdrawn']);
  });

  test('to a member is refused, and one accepted by a member changes no role', async () => {
    const { token } = await invited();
    await join('guest', 'owner');
    expect(codeOf(await accept('guest', token))).toEqual([409, 'already-member']);
    expect(codeOf(await invite('owner'))).toEqual([409, 'already-member']);
    expect(await rolesNow()).toMatchObject({ guest: 'owner' });
  });

  test('to the same address again replaces the one before', async () => {
    const before = await invited();
    const { token } = await invited();
    expect((await list('owner')).body['invitations']).toHaveLength(1);
    expect(codeOf(await accept('guest', before.token))).toEqual([409, 'invitation-withdrawn']);
    expect((await accept('guest', token)).status).toBe(200);
  });

  test('is one of twenty open ones at most, also when asked for at once, and one of twenty a day', async () => {
    await join('second', 'owner');
    for (let at = 0; at < 19; at += 1) await invited(`guest-${at}@example.com`);
    const last = await Promise.all([invite('owner', 'a@example.com'), invite('second', 'b@example.com')]);
    expect(last.map(({ status }) => status).toSorted()).toEqual([200, 429]);
    world.clock.set(NOON + DAY);
    expect(codeOf(await invite('owner', 'c@example.com'))).toEqual([409, 'invitations-open']);
    const [open] = (await list('owner')).body['invitations'] as { invitationId: string }[];
    await withdraw('owner', open?.invitationId ?? '');
    expect((await invite('owner', 'c@example.com')).status).toBe(200);
    expect(mails).toHaveLength(21);
  });

  test('is one of twenty a day of the person, over all their households', async () => {
    for (let at = 0; at < 20; at += 1) await invited(`guest-${at}@example.com`);
    const other = 'h-2';
    await putProfile(world.table, { householdId: other, telemetryId: 't-2', buildingType: 'apartment' });
    await world.table.put((await newSealer(world.keys, { household: other })).put);
    await world.table.put(proofPut(other, { ...NO_PROOF, state: 'proven', by: 'operator', atMs: NOON }, 0));
    await putMember(world.table, { householdId: other, sub: 'owner', role: 'owner' });
    const elsewhere = () =>
      call('owner', `POST ${HOUSEHOLD}/invitations`, {
        householdId: other,
        body: { email: 'more@example.com', role: 'member' },
      });
    expect(codeOf(await elsewhere())).toEqual([429, 'invitations-today']);
    expect(mails).toHaveLength(20);
    world.clock.set(NOON + DAY);
    expect((await elsewhere()).status).toBe(200);
  });

  test('is written to no household that is erased while it is made, and makes it no other key', async () => {
    const pk = `H#${householdId}`;
    const erased = async () => {
      for (const { table: name, sk } of (await world.table.query({ table: 'homes', value: pk })).items)
        await world.table.delete({ table: name, pk, sk });
    };
    const left = async () => (await world.table.query({ table: 'homes', value: pk })).items.map(({ sk }) => sk);
    // between the admission and the key, then between the key and the write
    table.use({
      ...world.table,
      get: async (key) => {
        if (key.sk === 'KEY' && key.pk === pk) await erased();
        return world.table.get(key);
      },
    });
    expect(codeOf(await invite('owner'))).toEqual([404, 'erased']);
    expect(await left()).toEqual([]);

    world = await aWorld();
    table.use({
      ...world.table,
      transact: async (writes) => {
        await erased();
        await world.table.transact(writes);
      },
    });
    expect(codeOf(await invite('owner'))).toEqual([403, 'no-member']);
    expect(await left()).toEqual([]);
    expect(mails).toEqual([]);
  });

  test.each([
    ['no address', { email: 'nobody', role: 'member' }],
    ['an address with a second line', { email: 'a@example.com\nBcc: b@example.com', role: 'member' }],
    ['a role that does not exist', { email: ADDRESS, role: 'admin' }],
  ])('with %s is refused and mails nothing', async (_, body) => {
    expect((await call('owner', `POST ${HOUSEHOLD}/invitations`, { body })).status).toBe(400);
    expect(mails).toEqual([]);
  });
});

describe('a change of members', () => {
  beforeEach(async () => {
    await join('ben', 'member');
  });

  test('is told to whom it concerns, by opaque ids, after it is made', async () => {
    await change('owner', 'ben', 'viewer');
    await end('owner', 'ben');
    expect(world.said).toMatchObject([
      {
        type: 'security.alert',
        detail: { personId: 'ben', facts: { what: 'role-changed', householdId, role: 'viewer' } },
      },
      { type: 'security.alert', detail: { personId: 'ben', facts: { what: 'membership-ended', householdId } } },
    ]);
    expect(new Set(world.said.map(({ detail }) => detail['key'])).size).toBe(2);
    expect(JSON.stringify(world.said)).not.toMatch(/@/);
  });

  test('to the role they have is no change, and is told to nobody', async () => {
    expect((await change('owner', 'ben', 'member')).status).toBe(200);
    expect(world.said).toEqual([]);
  });

  test.each([
    ['a change of role', () => change('owner', 'ben', 'viewer'), 'role-changed'],
    ['an end', () => end('owner', 'ben'), 'membership-ended'],
  ] as const)('that was cut short before it was told is told when %s is asked for again', async (_, asked, what) => {
    vi.spyOn(log, 'error').mockReturnValue();
    bus.use({ publish: () => Promise.reject(new Error('away')) });
    expect((await asked()).status).toBe(500);
    bus.use(world.bus);
    expect((await asked()).status).toBe(200);
    expect((await asked()).status).toBe(200);
    expect(world.said).toMatchObject([
      { type: 'security.alert', detail: { personId: 'ben', facts: { what, householdId } } },
      { type: 'security.alert' },
    ]);
    expect(new Set(world.said.map(({ detail }) => detail['key'])).size).toBe(1);
  });

  test('that was undone by another one is not told again', async () => {
    await change('owner', 'ben', 'viewer');
    await change('owner', 'ben', 'member');
    world.said.length = 0;
    await change('owner', 'ben', 'viewer');
    expect(world.said).toHaveLength(1);
    await end('owner', 'ben');
    await join('ben', 'viewer');
    world.said.length = 0;
    await change('owner', 'ben', 'viewer');
    expect(world.said).toEqual([]);
  });

  test('counts from the next request on', async () => {
    await change('owner', 'ben', 'owner');
    expect((await invite('ben')).status).toBe(200);
    await change('owner', 'ben', 'viewer');
    expect((await invite('ben')).status).toBe(403);
    await end('owner', 'ben');
    expect(codeOf(await list('ben'))).toEqual([403, 'no-member']);
  });

  test('hands the household over: another owner first, then leaving', async () => {
    expect(codeOf(await end('owner', 'owner'))).toEqual([409, 'last-owner']);
    expect(codeOf(await change('owner', 'owner', 'member'))).toEqual([409, 'last-owner']);
    await change('owner', 'ben', 'owner');
    expect((await end('owner', 'owner')).status).toBe(200);
    expect(await rolesNow()).toEqual({ ben: 'owner' });
  });

  test('of somebody who is not there is not found', async () => {
    expect((await change('owner', 'nobody', 'viewer')).status).toBe(404);
    expect((await end('owner', 'nobody')).status).toBe(404);
  });

  test('by two owners who demote each other at once leaves one of them', async () => {
    await change('owner', 'ben', 'owner');
    const answers = await Promise.all([change('owner', 'ben', 'viewer'), change('ben', 'owner', 'viewer')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403]);
    expect(Object.values(await rolesNow()).toSorted()).toEqual(['owner', 'viewer']);
  });

  test('by two owners who leave at once keeps one of them', async () => {
    await change('owner', 'ben', 'owner');
    const answers = await Promise.all([end('owner', 'owner'), end('ben', 'ben')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(Object.values(await rolesNow())).toEqual(['owner']);
  });
});
