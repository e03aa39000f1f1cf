import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { problem } from '@hems/shared/api/problem';
import type { Route } from '@hems/shared/api/route';
import { jsonSchemaOf } from '../local/docs/json-schema.ts';
import { aMatrixDoor, type Answered, type MatrixDoor } from '../local/testing/matrix-door.ts';
import { log } from '../runtime/log.ts';
import { hostileText, sentTo } from '../testing/arbitrary.ts';
import { keptRows } from '../testing/kept-rows.ts';
import { names, ROUTES, SAMPLE } from '../testing/sample-requests.ts';
import { serveFrom } from '../testing/served-world.ts';
import { aWorld, type World } from '../testing/world.ts';
import { newSealer } from '../use-cases/stores/data-keys.ts';
import { putMember, putProfile } from '../use-cases/stores/households.ts';
import { NO_PROOF, proofPut } from '../use-cases/stores/proofs.ts';

const THEIRS = 'h-theirs';

let door: MatrixDoor;
let world: World;
let rows: ReturnType<typeof keptRows>;
let theirs: unknown;
const bearers: Record<string, string | undefined> = {};
/** what a handler said of an answer that it could not make */
const failures: string[] = [];
beforeAll(async () => {
  for (const level of ['info', 'warn'] as const) vi.spyOn(log, level).mockImplementation(() => undefined);
  vi.spyOn(log, 'error').mockImplementation((...said) => void failures.push(JSON.stringify(said.map(String))));
  vi.spyOn(console, 'error').mockImplementation((...said) => void failures.push(said.map(String).join(' ')));
  door = await aMatrixDoor();
  world = await aWorld();
  serveFrom(world);
  await putProfile(world.table, { householdId: THEIRS, telemetryId: 't-theirs', buildingType: 'villa' });
  await world.table.put((await newSealer(world.keys, { household: THEIRS })).put);
  await world.table.put(proofPut(THEIRS, { ...NO_PROOF, state: 'proven', by: 'operator' }, 0));
  await putMember(world.table, { householdId: THEIRS, sub: 'neighbour', role: 'owner' });
  rows = keptRows(world);
  theirs = rows.of(THEIRS);
  bearers['resident'] = await door.tokens.of('owner');
  for (const group of ['operator', 'auditor']) bearers[group] = await door.tokens.of(`staff-${group}`, group);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await door.close();
});

/** In percent-encoding, which has no half characters. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
const textual = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

const pathsOf = ({ path }: Route): fc.Arbitrary<string> => {
  const values = names(path).map((name) =>
    fc.oneof({ weight: 4, arbitrary: fc.constant(SAMPLE[name] ?? '') }, { weight: 1, arbitrary: hostileText }),
  );
  return fc.tuple(...values).map((given) => {
    const left = [...given];
    return path.replaceAll(/{\w+}/g, () => encoded(left.shift() ?? '') || '%20');
  });
};
const queriesOf = ({ query }: Route): fc.Arbitrary<string> =>
  sentTo(jsonSchemaOf(query, 'input')).map((value) =>
    Object.entries(Object(value))
      .slice(0, 20)
      .map(([name, one]) => `${encoded(name)}=${encoded(textual(one)).slice(0, 3000)}`)
      .join('&'),
  );
const bodiesOf = ({ method, body }: Route): fc.Arbitrary<string | undefined> =>
  method === 'GET'
    ? fc.constant(undefined)
    : fc.oneof(
        { weight: 6, arbitrary: sentTo(jsonSchemaOf(body, 'input')).map((value) => JSON.stringify(value) ?? 'null') },
        {
          weight: 1,
          arbitrary: fc.constantFrom('{', '[]', '"', '{"a":1}{"b":2}', '\ufeff{}', '{"a":1,"a":2}', '\u0000'),
        },
      );

const isAnswerOf = (route: Route, { status, type, text }: Answered): boolean => {
  const said: unknown = JSON.parse(text);
  if (status >= 400) return type === 'application/problem+json' && problem.safeParse(said).success;
  return type === 'application/json' && route.answer.safeParse(said).success;
};

/** A home to look around in is opened with a year of days, which takes most of a second. */
const runsOf = ({ name }: Route): number =>
  Math.ceil((fc.readConfigureGlobal().numRuns ?? 200) / (name === 'openHousehold' ? 100 : 20));

describe.each(ROUTES)('$name', ({ route }) => {
  test('answers as its contract says, or says what is wrong, whatever it is sent; and touches no other home', async () => {
    const requests = fc.record({ path: pathsOf(route), query: queriesOf(route), body: bodiesOf(route) });
    await fc.assert(
      fc.asyncProperty(requests, async ({ path, query, body }) => {
        failures.length = 0;
        const before = rows.changes();
        const authorization = bearers[route.auth];
        const answer = await door.ask({ method: route.method, path: `${path}?${query}`, authorization, body });
        expect([answer.status < 500, failures]).toEqual([true, []]);
        expect([isAnswerOf(route, answer), answer.text]).toEqual([true, answer.text]);
        expect(Object.keys(Object.prototype)).toEqual([]);
        if (rows.changes() === before) return;
        const after = rows.of(THEIRS);
        rows.restore();
        // staff act on any home, by its id
        expect(route.auth === 'resident' ? after : theirs).toEqual(theirs);
      }),
      { numRuns: runsOf(route), endOnFailure: true },
    );
  });
});
