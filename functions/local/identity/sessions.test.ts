import { setTimeout as sleep } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problem } from '@hems/shared/api/problem';
import { embeddedKeys } from '../../adapters/embedded/keys.ts';
import { handler as account } from '../../api/account.ts';
import { handler as members } from '../../api/members.ts';
import { handler as session } from '../../api/session.ts';
import * as ports from '../../runtime/ports.ts';
import { memberEnd, putMember, putProfile } from '../../use-cases/stores/households.ts';
import { NO_PROOF, proofPut } from '../../use-cases/stores/proofs.ts';
import { systemClock } from '../clock.ts';
import { redeem, signIn, type Tokens } from '../commands/sign-in.ts';
import { aFrontDoor, RESIDENT, type TestFrontDoor } from '../testing/front-door.ts';
import { AUDITOR } from './users.ts';

let door: TestFrontDoor;
beforeAll(async () => {
  door = await aFrontDoor({ handlers: { account, members, session } });
  ports.clock.use(systemClock);
  ports.table.use(door.table);
  ports.keys.use(embeddedKeys(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)));
  ports.identity.use(door.identity.port);
  const householdId = 'h-1';
  await putProfile(door.table, { householdId, telemetryId: 't-1', buildingType: 'apartment' });
  await door.table.put(proofPut(householdId, { ...NO_PROOF, state: 'proven', by: 'operator' }, 0));
});
afterAll(async () => await door.close());

const { email, password, sub } = RESIDENT;
const signedIn = async () => await signIn({ origin: door.origin, email, password });
const renewed = async ({ refresh_token }: Tokens) =>
  await redeem(door.origin, { grant_type: 'refresh_token', client_id: 'hems-cli', refresh_token });
const call = async ({ access_token }: Tokens, path: string, method = 'GET') => {
  const answer = await door.get(path, { method, headers: { authorization: `Bearer ${access_token}` } });
  return { status: answer.status, body: await answer.json() };
};
const codeOf = ({ body }: { body: unknown }) => problem.parse(body).code;
const authTime = ({ access_token }: Tokens) => Number(decodeJwt(access_token)['auth_time']);
/** auth_time and validAfter are whole seconds: whoever signs in within the second of the sign-out is asked again */
const nextSecond = async () => await sleep(1000 - (Date.now() % 1000) + 5);

describe('a session', () => {
  test('that is renewed keeps the time at which it began', async () => {
    const first = await signedIn();
    await nextSecond();
    const second = await renewed(first);
    expect(decodeJwt(second.access_token).iat).toBeGreaterThan(Number(decodeJwt(first.access_token).iat));
    expect(authTime(second)).toBe(authTime(first));
    expect(authTime(await renewed(second))).toBe(authTime(first));
  });

  test('that was ended on one device ends on every one with the next request, and renews nowhere', async () => {
    const [phone, laptop] = [await signedIn(), await signedIn()];
    const renewedBefore = await renewed(laptop);
    expect((await call(laptop, '/v1/account')).status).toBe(200);
    const { status, body } = await call(phone, '/v1/account/sign-outs', 'POST');
    expect([status, body]).toMatchObject([200, { endedMs: expect.any(Number) as number }]);
    for (const tokens of [phone, laptop, renewedBefore]) {
      const refused = await call(tokens, '/v1/session');
      expect([refused.status, codeOf(refused)]).toEqual([401, 'session-ended']);
      await expect(renewed(tokens)).rejects.toThrow('invalid_grant');
    }
  });

  test('that is begun after all were ended works, and is renewed', async () => {
    await call(await signedIn(), '/v1/account/sign-outs', 'POST');
    await nextSecond();
    const again = await signedIn();
    expect((await call(again, '/v1/session')).status).toBe(200);
    expect((await call(await renewed(again), '/v1/account')).status).toBe(200);
  });

  test('of somebody else goes on', async () => {
    const auditor = await signIn({ origin: door.origin, email: AUDITOR.email, password: AUDITOR.password });
    await nextSecond();
    await call(await signedIn(), '/v1/account/sign-outs', 'POST');
    expect((await call(auditor, '/v1/account')).body).toMatchObject({ sub: AUDITOR.sub, groups: ['auditor'] });
    expect((await call(await renewed(auditor), '/v1/account')).status).toBe(200);
  });
});

describe('a token that is still good', () => {
  const path = '/v1/households/h-1/members';

  test('opens a household from the moment somebody joins to the moment they leave', async () => {
    await nextSecond();
    const tokens = await signedIn();
    expect(codeOf(await call(tokens, path))).toBe('no-member');
    await putMember(door.table, { householdId: 'h-1', sub, role: 'viewer' });
    expect((await call(tokens, path)).status).toBe(200);
    await door.table.put(memberEnd({ householdId: 'h-1', sub, role: 'viewer' }, Date.now()));
    expect(codeOf(await call(tokens, path))).toBe('no-member');
  });

  test('carries no role: another one counts from the next request on', async () => {
    const tokens = await signedIn();
    await putMember(door.table, { householdId: 'h-1', sub, role: 'owner' });
    expect((await call(tokens, path)).body).toMatchObject({ members: [{ role: 'owner', isSelf: true }] });
    await putMember(door.table, { householdId: 'h-1', sub, role: 'viewer' });
    expect((await call(tokens, path)).body).toMatchObject({ members: [{ role: 'viewer' }] });
  });
});
