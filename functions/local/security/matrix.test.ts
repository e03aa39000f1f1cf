import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Role } from '@hems/models/household/household';
import { problem } from '@hems/shared/api/problem';
import { log } from '../../runtime/log.ts';
import {
  HOMES,
  isOfHousehold,
  NEEDS,
  outcomeOf,
  PEOPLE,
  SHUT_OUT,
  type Home,
  type Outcome,
  type Person,
} from '../../testing/access-rules.ts';
import { GIVEN, type Own } from '../../testing/given.ts';
import { keptRows } from '../../testing/kept-rows.ts';
import { BODY, pathOf, QUERY, ROUTES } from '../../testing/sample-requests.ts';
import { serveFrom } from '../../testing/served-world.ts';
import { aWorld, HOME, type World } from '../../testing/world.ts';
import { memberEnd, putDevice, putMember, putProfile } from '../../use-cases/stores/households.ts';
import { newSealer } from '../../use-cases/stores/data-keys.ts';
import { userPut } from '../../use-cases/stores/people.ts';
import { NO_PROOF, proofPut } from '../../use-cases/stores/proofs.ts';
import { aMatrixDoor, type Answered, type MatrixDoor } from '../testing/matrix-door.ts';

type Asked = (typeof ROUTES)[number];

const SUB: Readonly<Record<Person, string>> = {
  owner: 'owner',
  member: 'somebody',
  viewer: 'watcher',
  'former member': 'guest',
  stranger: 'stranger',
  operator: 'staff-7',
  auditor: 'auditor-1',
};
const HOUSEHOLD: Readonly<Record<Home, string>> = {
  own: HOME.householdId,
  'own, unproved': 'h-new',
  foreign: 'h-theirs',
  erased: 'h-gone',
};

const aMeter = async ({ table }: Pick<World, 'table'>, householdId: string, deviceId: string): Promise<void> =>
  putDevice(table, householdId, {
    deviceId,
    kind: 'smart_meter',
    name: deviceId,
    gateway: HOME.gateway,
    status: 'active',
  });
const aHome = async ({ table, keys }: World, householdId: string, people: Readonly<Record<string, Role>>) => {
  await putProfile(table, { householdId, telemetryId: `t-${householdId}`, buildingType: 'villa' });
  await table.put((await newSealer(keys, { household: householdId })).put);
  for (const [sub, role] of Object.entries(people)) await putMember(table, { householdId, sub, role });
  await aMeter({ table }, householdId, 'meter-1');
};
const prove = async ({ table }: World, householdId: string): Promise<void> =>
  table.put(proofPut(householdId, { ...NO_PROOF, state: 'proven', by: 'operator' }, 0));

const OURS = { owner: 'owner', somebody: 'member', watcher: 'viewer', guest: 'owner', 'owner-2': 'owner' } as const;

/** Four homes: theirs, theirs and not proved yet, of somebody else, and one that was erased, whose people still have their tokens. */
const fourHomes = async (world: World): Promise<void> => {
  for (const [sub, role] of Object.entries(OURS))
    await putMember(world.table, { householdId: HOUSEHOLD.own, sub, role });
  await aMeter(world, HOUSEHOLD.own, 'meter-2');
  await aHome(world, HOUSEHOLD['own, unproved'], OURS);
  for (const householdId of [HOUSEHOLD.own, HOUSEHOLD['own, unproved']])
    await world.table.put(memberEnd({ householdId, sub: 'guest', role: 'owner' }, 1));
  await aHome(world, HOUSEHOLD.foreign, { neighbour: 'owner' });
  await prove(world, HOUSEHOLD.foreign);
  await aHome(world, HOUSEHOLD.erased, OURS);
  await prove(world, HOUSEHOLD.erased);
  for (const table of ['homes', 'energy', 'ledger', 'operations', 'community', 'people'])
    world.database.exec(`DELETE FROM ${table} WHERE pk = 'H#${HOUSEHOLD.erased}'`);
  await world.table.put(userPut('ended', { validAfter: 2 ** 31 }, 0));
};

let door: MatrixDoor;
let world: World;
let rows: ReturnType<typeof keptRows>;
let atRest: number;
const bearers = {} as Record<Person, string>;
type Shown = Record<keyof typeof SHUT_OUT, string | undefined>;
/** by whom the route is for: what is wrong with them is not the group */
const bad: Record<string, Shown> = {};
const badTokens = async (group?: string): Promise<Shown> => {
  const as = ['owner', group] as const;
  return {
    nobody: undefined,
    'a token of another signer': await door.tokens.ofAnotherSigner(...as),
    'a token whose time is over': await door.tokens.over(...as),
    'a token for another client': await door.tokens.ofAnotherClient(...as),
    'a token of a partner’s OpenADR client': await door.tokens.ofOpenadr(),
    'a partner’s signature': 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/x/execute-api/aws4_request',
    'an identity token': await door.tokens.identity(...as),
    'a session that was ended': await door.tokens.of('ended', group),
  };
};
beforeAll(async () => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockImplementation(() => undefined);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  door = await aMatrixDoor();
  world = await aWorld();
  serveFrom(world);
  await fourHomes(world);
  rows = keptRows(world);
  atRest = rows.changes();
  for (const person of PEOPLE) {
    const isStaff = person === 'operator' || person === 'auditor';
    bearers[person] = await door.tokens.of(SUB[person], isStaff ? person : undefined);
  }
  bad['resident'] = await badTokens();
  for (const group of ['operator', 'auditor']) bad[group] = await badTokens(group);
});
afterEach(() => {
  if (rows.changes() === atRest) return;
  rows.restore();
  atRest = rows.changes();
});
const asked: Record<string, number> = { in: 0, out: 0, 'shut out': 0 };
afterAll(async () => {
  await door.close();
  const all = Object.values(asked).reduce((sum, count) => sum + count, 0);
  console.log(
    `access matrix: ${ROUTES.length} routes, ${all} requests: ${asked['in']} let in, ${asked['out']} refused for who they are, ${asked['shut out']} for what they showed`,
  );
});

const ask = async (
  { name, route }: Asked,
  authorization: string | undefined,
  { home = 'own', params, body: ownBody }: Own & { readonly home?: Home } = {},
): Promise<Answered> => {
  const query = QUERY[name] ? `?${new URLSearchParams(QUERY[name]).toString()}` : '';
  // another than whoever asks: everybody may leave
  const path = pathOf(route, { personId: 'owner-2', ...params, householdId: HOUSEHOLD[home] }) + query;
  const sample = ownBody ?? BODY[name];
  const sent = sample && { ...sample, ...('householdId' in sample && { householdId: HOUSEHOLD[home] }) };
  const body = sent && JSON.stringify(sent);
  return await door.ask({ method: route.method, path, authorization, body });
};

/** Asks another route first, which has to have answered. */
const first = async (name: string, as: Person, own: Parameters<typeof ask>[2] = {}): Promise<unknown> => {
  const one = ROUTES.find((route) => route.name === name);
  if (!one) throw new Error(`there is no route ${name}`);
  const { status, text } = await ask(one, bearers[as], own);
  if (status >= 300) throw new Error(`${name}, asked first, answers ${status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
};

const codeOf = ({ text, type }: Answered): string | undefined => {
  expect(type).toBe('application/problem+json');
  return problem.parse(JSON.parse(text)).code;
};

/** `group` has no code of its own: the sentence names the group. */
const reasonOf = (answer: Answered): string =>
  codeOf(answer) ?? (/route is for the (operator|auditor)/.test(answer.text) ? 'group' : answer.text);

const expectOutcome = (answer: Answered, expected: Outcome): void => {
  if (expected !== 'in') {
    asked['out']! += 1;
    expect([answer.status, reasonOf(answer)]).toEqual([403, expected.out]);
    return;
  }
  asked['in']! += 1;
  // past the doors, by what the request says: an invitation is for one address
  if (answer.status === 403 && reasonOf(answer) === 'invitation-not-yours') return;
  expect([401, 403]).not.toContain(answer.status);
  expect(answer.status).toBeLessThan(500);
};

/** What each person was answered whom it lets in, and who changed something who may not, where it has something to do. */
const askedByAll = async (one: Asked): Promise<{ readonly answers: string[]; readonly wrote: string[] }> => {
  const own = (await GIVEN[one.name]?.({ world, first })) ?? {};
  const given = keptRows(world);
  const untouched = given.ofHomes();
  const [answers, wrote]: [string[], string[]] = [[], []];
  const homes = isOfHousehold(one.route) ? HOMES : (['own'] as const);
  for (const [person, home] of PEOPLE.flatMap((who) => homes.map((where) => [who, where] as const))) {
    const before = rows.changes();
    const answer = await ask(one, bearers[person], { ...own, home });
    const expected = outcomeOf(one.route, person, home);
    try {
      expectOutcome(answer, expected);
    } catch (error) {
      throw new Error(`${person} of ${home}: ${String(error)} ${answer.text}`, { cause: error });
    }
    if (expected === 'in') answers.push(`${answer.status} to ${person} of ${home}: ${answer.text.slice(0, 300)}`);
    if (rows.changes() === before) continue;
    // a refused try may be counted against whoever tries
    if (expected !== 'in' && !isDeepStrictEqual(rows.ofHomes(), untouched)) wrote.push(`${person} of ${home}`);
    given.restore();
  }
  return { answers, wrote };
};

const closed = ROUTES.filter(({ route }) => route.auth !== 'public');

describe.each(closed)('$name', (one) => {
  test('lets nobody pass who shows no good token of a person', async () => {
    const before = rows.changes();
    for (const [what, authorization] of Object.entries(bad[one.route.auth] ?? {})) {
      const answer = await ask(one, authorization);
      asked['shut out']! += 1;
      const status = SHUT_OUT[what as keyof typeof SHUT_OUT];
      expect([what, answer.status, answer.type]).toEqual([what, status, 'application/problem+json']);
    }
    expect(rows.changes()).toBe(before);
  });

  test('lets each person pass to each home as it declares, and nobody else, does what it is for, and changes nothing for who may not', async () => {
    const { answers, wrote } = await askedByAll(one);
    expect(wrote).toEqual([]);
    // a route that refuses everybody would pass all the rest
    expect(answers).toContainEqual(expect.stringMatching(/^2/));
  });
});

describe.each(closed.filter(({ route }) => route.auth === 'resident' && route.path.includes('{householdId}')))(
  '$name',
  (one) => {
    test('tells a stranger the same of a home that is there, that is gone, and that never was', async () => {
      const said = async (householdId: string): Promise<string> => {
        const path = pathOf(one.route, { householdId, personId: 'owner-2' });
        const { status, text } = await door.ask({ method: one.route.method, path, authorization: bearers.stranger });
        return `${status} ${text.replaceAll(householdId, 'ID')}`;
      };
      const [there, ...others] = await Promise.all([HOUSEHOLD.foreign, HOUSEHOLD.erased, 'nowhere'].map(said));
      expect(others).toEqual([there, there]);
    });
  },
);

describe.each(ROUTES.filter(({ route }) => route.auth === 'public'))('$name', (one) => {
  test('asks nobody who they are, and does what it is for', async () => {
    const own = (await GIVEN[one.name]?.({ world, first })) ?? {};
    const given = keptRows(world);
    const answers: string[] = [];
    for (const authorization of [undefined, 'Bearer a.b.c', bearers.stranger]) {
      const answer = await ask(one, authorization, own);
      expectOutcome(answer, 'in');
      answers.push(`${answer.status} ${answer.text.slice(0, 300)}`);
      given.restore();
    }
    expect(answers).toEqual(answers.map(() => expect.stringMatching(/^2/)));
  });
});

test('of every route that changes something of a household it is decided what a member must be allowed for it', () => {
  const changing = ROUTES.filter(
    ({ route }) => isOfHousehold(route) && route.method !== 'GET' && route.path.includes('{householdId}'),
  );
  expect(changing.map(({ name }) => name).toSorted()).toEqual(Object.keys(NEEDS).toSorted());
});

/** Of a home: as everybody may, or as what is needed says. */
const passes = (one: Asked): string => {
  const { route } = one;
  if (route.auth === 'public') return 'everybody';
  if (!isOfHousehold(route)) return route.auth === 'resident' ? 'everybody who is signed in' : route.auth;
  return PEOPLE.filter((person) => outcomeOf(route, person, 'own') === 'in').join(', ');
};
const rowOf = (one: Asked): string => {
  const { route } = one;
  const isOpen = PEOPLE.some((person) => outcomeOf(route, person, 'own, unproved') === 'in');
  const early = isOfHousehold(route) ? (isOpen ? 'yes' : 'no') : '';
  return `| \`${route.method} ${route.path}\` | ${passes(one)} | ${early} |`;
};

test('docs/api/access.md says the same', async () => {
  const page = [
    '# Who may ask what',
    '',
    'Made by `functions/local/security/matrix.test.ts` (`npx vitest run functions/local/security -u` writes it), which asks each of these as each of',
    'these people for homes of theirs, of others and of nobody any more. Of a home: its own people; to anybody else it is closed, whatever ids they know.',
    'Each of them does what it is for (2xx) for at least one who passes.',
    '',
    '| Route | Who passes | Before somebody has proved that they live there |',
    '| --- | --- | --- |',
    ...ROUTES.map(rowOf),
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../../docs/api/access.md');
});

test('no more than these are open to everybody', () => {
  const open = ROUTES.filter(({ route }) => route.auth === 'public').map(({ name }) => name);
  expect(open).toEqual(['readBill', 'readErasure', 'settleErasure', 'unsubscribe']);
});
