import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { handler as access } from '../../api/access.ts';
import { handler as claims } from '../../api/claims.ts';
import { handler as proofs } from '../../api/proofs.ts';
import { bus, clock, ids, keys, table } from '../../runtime/ports.ts';
import { aJoiningWorld, FLAT, wrongCode, type JoiningWorld } from '../../testing/joining-home.ts';
import { HOME } from '../../testing/world.ts';
import { readAccessLog } from '../../use-cases/privacy/audit-access.ts';
import { OPERATOR } from '../identity/users.ts';
import { aFrontDoor, type TestFrontDoor } from '../testing/front-door.ts';
import { runCodes } from './codes.ts';
import { linesOf, runLookUp } from './look-up.ts';
import { runApprove, runRefuse, runUnlock, runWaiting, waitingLine } from './residence.ts';

let door: TestFrontDoor;
let world: JoiningWorld;
let home: Awaited<ReturnType<JoiningWorld['opened']>>;
const printed: string[] = [];

beforeAll(async () => {
  door = await aFrontDoor({ handlers: { proofs, access, claims } });
  vi.stubEnv('PORT', new URL(door.origin).port);
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void printed.push(line));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await door.close();
});
beforeEach(async () => {
  world = await aJoiningWorld();
  clock.use(world.clock);
  table.use(world.table);
  keys.use(world.keys);
  bus.use(world.bus);
  ids.use(world.ids);
  home = await world.opened('ada');
  await home.place();
  printed.length = 0;
});

const WHY = ['--reason', 'the lease was shown'];
const DOCUMENT = ['--address', '월드컵북로 21', '--postal-code', FLAT.postalCode, '--unit', '101-1203'];

describe('npm run hems', () => {
  test('approve: opens the household, says so, and the resident sees who did it and why', async () => {
    await home.prove({ by: 'operator' });
    expect(await runApprove([home.householdId, ...WHY, ...DOCUMENT])).toBe(0);
    expect(printed).toEqual([`${home.householdId}\tproven by operator, 10 codes may be tried`]);
    expect(await home.shown()).toMatchObject({ proof: { state: 'proven' } });
    const { entries } = await readAccessLog(world.table, { householdId: home.householdId });
    expect(entries).toMatchObject([
      { who: { kind: 'staff', id: OPERATOR.sub }, what: 'residence-approved', why: WHY[1] },
    ]);
  });

  test('approve: of another address than the document’s says so, and nothing is opened', async () => {
    await home.prove({ by: 'operator' });
    await expect(
      runApprove([home.householdId, ...WHY, '--address', '월드컵북로 23', '--postal-code', '03925']),
    ).rejects.toThrow('at another address than the document');
    await expect(runApprove([home.householdId, ...WHY, '--unit', '1203호'])).rejects.toThrow(
      'give --address and --postal-code',
    );
    expect(await home.shown()).toMatchObject({ proof: { state: 'waiting' } });
  });

  test('approve: not without a document, and not before its people have asked', async () => {
    await expect(runApprove([home.householdId, ...WHY])).rejects.toThrow('give --address and --postal-code');
    await expect(runApprove([home.householdId, ...WHY, ...DOCUMENT])).rejects.toThrow('does not wait for an operator');
    expect(await home.shown()).toMatchObject({ proof: { state: 'none' } });
  });

  test('refuse: with a reason that the resident reads', async () => {
    expect(await runRefuse([home.householdId, '--reason', 'the lease has ended'])).toBe(0);
    expect(await home.shown()).toMatchObject({ proof: { state: 'refused', reason: 'the lease has ended' } });
  });

  test('unlock: ten more codes may be tried', async () => {
    for (let i = 0; i < 10; i += 1) await home.code(wrongCode(i)).catch(() => undefined);
    expect(await runUnlock([home.householdId, ...WHY])).toBe(0);
    expect(printed).toEqual([`${home.householdId}\tnone, 10 codes may be tried`]);
  });

  test('unlock --claims: ten more claim codes of gateways, which is another lock', async () => {
    for (let i = 0; i < 10; i += 1) await home.code(wrongCode(i)).catch(() => undefined);
    expect(await runUnlock([home.householdId, ...WHY, '--claims'])).toBe(0);
    expect(printed).toEqual([`${home.householdId}\tclaim codes may be tried again`]);
    expect(await home.shown()).toMatchObject({ proof: { locked: true } });
  });

  test('codes: one for each flat, which opens it', async () => {
    const units = ['--units', '101동 1203호,101동 1204호'];
    const where = ['--address', FLAT.address, '--postal-code', FLAT.postalCode];
    expect(await runCodes([...where, ...units, '--expires', '2026-12-31'])).toBe(0);
    const [own = '', next = '', note] = printed;
    expect([own.split('\t')[0], next.split('\t')[0]]).toEqual(['101동 1203호', '101동 1204호']);
    expect(note).toContain('2 codes, until 2027-01-01T00:00:00+09:00');
    expect(await home.code(own.split('\t')[1] ?? '')).toMatchObject({ state: 'proven' });
  });

  test('waiting: who asked', async () => {
    await runWaiting([]);
    await home.prove({ by: 'operator' });
    await runWaiting([]);
    expect(printed).toEqual([
      'nobody waits',
      `${home.householdId}\tapartment\t서울 마포구\tsince 2026-11-22T03:00:00.000Z`,
    ]);
  });

  test('look-up: by an opaque id, without name, address or reading', async () => {
    expect(await runLookUp(['telemetry', HOME.telemetryId, ...WHY])).toBe(0);
    expect(printed[0]).toBe(`household\t${HOME.householdId}\tapartment\tno region\t1 members\tresidence proven`);
    expect(printed[1]).toBe('  device\tair-1\tenvironment_sensor\tactive\tnever heard');
  });

  test.each([
    ['without a reason', () => runApprove([home.householdId]), '--reason'],
    ['with a reason too short to be one', () => runRefuse([home.householdId, '--reason', 'no']), 'body.reason'],
    ['of a household that is not there', () => runUnlock(['nowhere', ...WHY]), 'there is no household nowhere'],
    [
      'with a reason that names somebody',
      () => runRefuse([home.householdId, '--reason', 'mail from a@b.kr']),
      'body.reason',
    ],
    ['of an id that nobody has', () => runLookUp(['gateway', 'nowhere', ...WHY]), 'there is no gateway nowhere'],
    [
      'with a postal code that is none',
      () => runCodes(['--address', 'a', '--postal-code', '1', '--units', '1', '--expires', '2026-12-31']),
      'body.postalCode',
    ],
    ['with half of what is needed', () => runCodes(['--address', 'a']), 'All four are needed'],
  ])('%s it says what to do', async (_, run, said) => {
    await expect(run()).rejects.toMatchObject({ name: 'CommandRefused', message: expect.stringContaining(said) });
  });

  test.each([
    ['approve', runApprove],
    ['refuse', runRefuse],
    ['unlock', runUnlock],
    ['look-up', runLookUp],
  ])('%s: without anything it says how it is used', async (name, run) => {
    expect(await run([])).toBe(1);
    expect(await run(['--help'])).toBe(0);
    expect(printed[0]).toContain(`hems ${name} `);
  });

  test('where no host runs it says how to start one', async () => {
    vi.stubEnv('PORT', '1');
    await expect(runWaiting([])).rejects.toThrow('npm start');
    vi.stubEnv('PORT', new URL(door.origin).port);
  });
});

test('what residents and devices are called cannot steer the operator’s terminal', () => {
  const device = { deviceId: 'd\u202e1', kind: 'smart_meter', status: 'active', lastSeenMs: 0 };
  const found = { householdId: 'h-1', buildingType: 'villa', members: 1, proof: 'none', devices: [device] };
  expect(waitingLine({ householdId: 'h-1', buildingType: 'villa', region: '\u001b[2J서울\n', atMs: 0 })).toBe(
    String.raw`h-1	villa	\u{1b}[2J서울\u{a}	since 1970-01-01T00:00:00.000Z`,
  );
  expect(linesOf({ ...found, region: 'a\rb' })).toEqual([
    String.raw`household	h-1	villa	a\u{d}b	1 members	residence none`,
    String.raw`  device	d\u{202e}1	smart_meter	active	heard 1970-01-01T00:00:00.000Z`,
  ]);
});
