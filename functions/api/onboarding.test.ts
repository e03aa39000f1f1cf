import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  onboarding,
  openHousehold,
  proveResidence,
  readOnboarding,
  setPlace,
  type Onboarding,
} from '@hems/shared/api/onboarding';
import { problem } from '@hems/shared/api/problem';
import { decideProof, issueCodes } from '@hems/shared/api/proofs';
import type { Route } from '@hems/shared/api/route';
import { bus, clock, ids, keys, residence, table } from '../runtime/ports.ts';
import { aJoiningWorld, DOCUMENT, FLAT, wrongCode, type JoiningWorld } from '../testing/joining-home.ts';
import { handler as join } from './onboarding.ts';
import { handler as proofs } from './proofs.ts';

let world: JoiningWorld;
beforeEach(async () => {
  world = await aJoiningWorld();
  clock.use(world.clock);
  table.use(world.table);
  keys.use(world.keys);
  bus.use(world.bus);
  ids.use(world.ids);
  residence.use(world.residence);
});

type Asked = { readonly sub: string; readonly groups?: string; readonly householdId?: string; readonly body?: unknown };
const call = async (handler: typeof join, { method, path }: Pick<Route, 'method' | 'path'>, asked: Asked) => {
  const { sub, groups, householdId, body } = asked;
  const claims = { sub, token_use: 'access', auth_time: '1', ...(groups && { 'cognito:groups': groups }) };
  const event = {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    pathParameters: { ...(householdId && { householdId }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: { authorizer: { jwt: { claims, scopes: [] } } },
  } as unknown as APIGatewayProxyEventV2;
  const answer = (await handler(event, {} as Context)) as { statusCode: number; body: string };
  return { status: answer.statusCode, body: JSON.parse(answer.body) as unknown };
};
const OPEN = { requestId: 'request-1', kind: 'own', name: '우리 집', buildingType: 'apartment' };
const opened = async (sub: string): Promise<Onboarding> => {
  const { status, body } = await call(join, openHousehold, { sub, body: OPEN });
  expect(status).toBe(200);
  return onboarding.parse(body);
};
const asOperator = (more: Omit<Asked, 'sub' | 'groups'>): Asked => ({ sub: 'staff', groups: '[operator]', ...more });

test('from nothing to a proven home, as the app and the operator go through it', async () => {
  const { householdId } = await opened('ada');
  const { units, ...building } = { units: [FLAT.unit], address: FLAT.address, postalCode: FLAT.postalCode };
  const issued = await call(proofs, issueCodes, asOperator({ body: { ...building, units, expiresOn: '2026-12-31' } }));
  const code = issueCodes.answer.parse(issued.body).codes[0]?.code ?? '';
  const placed = await call(join, setPlace, { sub: 'ada', householdId, body: FLAT });
  expect(onboarding.parse(placed.body)).toMatchObject({ next: 'supply' });
  expect(JSON.stringify(placed.body)).not.toContain(FLAT.customerNumber);
  const proved = await call(join, proveResidence, {
    sub: 'ada',
    householdId,
    body: { by: 'invitation', code: ` ${code.toLowerCase()} ` },
  });
  expect(proved).toMatchObject({ status: 200, body: { state: 'proven' } });
  expect(await call(join, readOnboarding, { sub: 'ada', householdId })).toMatchObject({
    body: { next: 'supply', proof: { state: 'proven' } },
  });
});

describe('what a client may send', () => {
  test.each([
    ['a postal code of letters', { postalCode: 'ABCDE' }, 'body.postalCode'],
    ['a postal code of six digits', { postalCode: '039250' }, 'body.postalCode'],
    ['a postal code of Arabic digits', { postalCode: '٠٣٩٢٥' }, 'body.postalCode'],
    ['no address', { address: '  ' }, 'body.address'],
    ['an address of a thousand letters', { address: '로'.repeat(1000) }, 'body.address'],
    ['a home of nobody', { people: 0 }, 'body.people'],
    ['a home of half a person', { people: 1.5 }, 'body.people'],
    ['a home as large as a district', { areaM2: 1_000_000 }, 'body.areaM2'],
    ['a name that turns the text around it', { name: 'home\u202e' }, 'body.name'],
    ['a name of control characters', { name: 'a\u0000b' }, 'body.name'],
    ['a street in the district', { region: '서울 마포구 월드컵북로 21 101동 1203호' }, 'body.region'],
    ['a person in the district', { region: '서울 마포구 김하나' }, 'body.region'],
    ['a district without its province', { region: '중구' }, 'body.region'],
    ['a customer number of nine digits', { customerNumber: '123456789' }, 'body.customerNumber'],
  ])('%s is refused where it is wrong, and nothing is kept', async (_, over, at) => {
    const { householdId } = await opened('ada');
    const { status, body } = await call(join, setPlace, { sub: 'ada', householdId, body: { ...FLAT, ...over } });
    expect([status, problem.parse(body).errors?.map((one) => one.at)]).toEqual([400, [at]]);
    expect(await call(join, readOnboarding, { sub: 'ada', householdId })).toMatchObject({ body: { place: null } });
  });

  test.each(['👨‍👩‍👧‍👦의 집', 'بيتنا', 'הבית שלנו', '<script>alert(1)</script>'])(
    'the name %s is kept as it is',
    async (name) => {
      const { householdId } = await opened('ada');
      expect(await call(join, setPlace, { sub: 'ada', householdId, body: { ...FLAT, name } })).toMatchObject({
        status: 200,
        body: { place: { name } },
      });
    },
  );

  test.each([['AAAA-BBBB'], ['OOOO-IIII-1111'], [''], ['👾👾👾👾-AAAA-AAAA']])(
    '"%s" has not the form of a code, and counts for nothing',
    async (code) => {
      const { householdId } = await opened('ada');
      await call(join, setPlace, { sub: 'ada', householdId, body: FLAT });
      const { status } = await call(join, proveResidence, {
        sub: 'ada',
        householdId,
        body: { by: 'invitation', code },
      });
      expect(status).toBe(400);
      expect(await call(join, readOnboarding, { sub: 'ada', householdId })).toMatchObject({
        body: { proof: { attemptsLeft: 10 } },
      });
    },
  );

  test('a bill whose bands do not add up, a period that is none, and a use beyond all homes are refused', async () => {
    const { householdId } = await opened('ada');
    const guessSupply = { method: 'POST', path: '/v1/households/{householdId}/supply-guesses' } as const;
    const bill = { from: '2026-10-01', to: '2026-10-31', importWh: 300_000, billWon: 50_000 };
    const refused = async (over: object) => {
      const { status, body } = await call(join, guessSupply, { sub: 'ada', householdId, body: { ...bill, ...over } });
      expect(status).toBe(400);
      return problem.parse(body).detail ?? '';
    };
    expect(await refused({ bandWh: { off: 1, mid: 1, peak: 1 } })).toContain('bands add up to 3 Wh');
    expect(await refused({ to: '2026-09-01' })).toContain('before it starts');
    expect(await refused({ importWh: -1 })).toContain('does not match the contract');
    expect(await refused({ importWh: 1e15 })).toContain('does not match the contract');
  });
});

describe('ten wrong proofs', () => {
  test('are told one by one, then the household is locked with 429 until an operator unlocks it', async () => {
    const { householdId } = await opened('ada');
    await call(join, setPlace, { sub: 'ada', householdId, body: FLAT });
    const codes: string[] = [];
    for (let i = 0; i < 11; i += 1) {
      const { status, body } = await call(join, proveResidence, {
        sub: 'ada',
        householdId,
        body: { by: 'invitation', code: wrongCode(i) },
      });
      codes.push(`${status} ${problem.parse(body).code}`);
    }
    expect(codes).toEqual([...Array.from({ length: 9 }, () => '400 wrong-code'), '429 locked', '429 locked']);
    const unlocked = await call(
      proofs,
      decideProof,
      asOperator({ householdId, body: { decision: 'unlock', reason: 'the resident called' } }),
    );
    expect(unlocked).toMatchObject({ status: 200, body: { locked: false, attemptsLeft: 10 } });
  });
});

test('an operator who names a household that is not there is told so, and a resident is no operator', async () => {
  const body = { decision: 'approve', reason: 'lease was shown', residence: DOCUMENT };
  expect((await call(proofs, decideProof, asOperator({ householdId: 'nowhere', body }))).status).toBe(404);
  const { householdId } = await opened('ada');
  expect((await call(proofs, decideProof, { sub: 'ada', householdId, body })).status).toBe(403);
  expect(await call(join, readOnboarding, { sub: 'ada', householdId })).toMatchObject({
    body: { proof: { state: 'none' } },
  });
});

describe('an operator’s word', () => {
  const decide = (body: object) => call(proofs, decideProof, asOperator({ householdId: 'nowhere', body }));
  const reason = 'lease was shown';

  test('of approval needs the address of the document', async () => {
    expect(await decide({ decision: 'approve', reason })).toMatchObject({ status: 400 });
    expect(await decide({ decision: 'approve', reason, residence: { address: FLAT.address } })).toMatchObject({
      status: 400,
    });
  });

  test.each([
    'mailed by hana@example.com',
    'hana＠example.com wrote',
    'called from 01012345678',
    'number ９１０１０１',
  ])('that names somebody is not taken: %s', async (names) => {
    const { status, body } = await decide({ decision: 'refuse', reason: names });
    expect([status, problem.parse(body).errors?.map((one) => one.at)]).toEqual([400, ['body.reason']]);
  });

  test.each(['lease of 2026-03-01 was shown', 'the flat is 101-1203, moved in 12/2025'])(
    'may say when: %s',
    async (why) => {
      expect((await decide({ decision: 'refuse', reason: why })).status).toBe(404);
    },
  );
});
