import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readSession } from '@hems/shared/api/session';
import { STAFF_RETURN_URL } from '@hems/shared/client/staff-return';
import { OPERATOR } from '../identity/users.ts';
import { aFrontDoor, RESIDENT, type TestFrontDoor } from '../testing/front-door.ts';
import { asOperator } from './local-host.ts';
import { staffAt } from './staff-sign-in.ts';

let door: TestFrontDoor;
beforeAll(async () => {
  door = await aFrontDoor();
});
afterAll(() => door.close());
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

type Who = { readonly email: string; readonly password: string };

/** What the browser of whoever works does with the address that the command shows. */
const browse = async (shown: string, { email, password }: Who): Promise<Response> => {
  const cookies = new Map<string, string>();
  const visit = async (url: URL, form?: Record<string, string>): Promise<URL> => {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return new URL(answer.headers.get('location') ?? 'about:blank', url);
  };
  const page = await visit(new URL(shown));
  return await fetch(await visit(await visit(page, { email, password })));
};

const signedIn = async (who: Who) => {
  let answered: Promise<Response> | undefined;
  const staff = await staffAt(door.origin, (url) => {
    answered = browse(url, who);
  });
  return { staff, answer: await answered };
};

describe('staff sign in from a terminal', () => {
  test('by their own browser, and the token opens the API in their name', async () => {
    const { staff, answer } = await signedIn(OPERATOR);
    expect(answer?.status).toBe(200);
    const called = await door.get(readSession.path, { headers: { authorization: `Bearer ${await staff.token()}` } });
    const { requestContext } = (await called.json()) as any;
    expect(requestContext.authorizer.jwt.claims.sub).toBe(OPERATOR.sub);
  });

  test('as a resident they get a token that is a resident’s', async () => {
    const { staff } = await signedIn(RESIDENT);
    const called = await door.get(readSession.path, { headers: { authorization: `Bearer ${await staff.token()}` } });
    const { requestContext } = (await called.json()) as any;
    expect(requestContext.authorizer.jwt.claims).toMatchObject({ sub: RESIDENT.sub });
    expect(requestContext.authorizer.jwt.claims['cognito:groups'] ?? []).not.toContain('operator');
  });

  test('a page that calls the waiting command with a code of its own changes nothing', async () => {
    let forged: Promise<Response> | undefined;
    let browsed: Promise<Response> | undefined;
    const staff = await staffAt(door.origin, (url) => {
      forged = fetch(`${STAFF_RETURN_URL}?code=stolen&state=guessed`);
      browsed = forged.then(async () => await browse(url, OPERATOR));
    });
    expect((await forged)?.status).toBe(404);
    expect((await browsed)?.status).toBe(200);
    expect(await staff.token()).not.toBe('');
  });

  test('an address that is no app of ours is told, and what HEMS_URL means', async () => {
    await expect(staffAt('http://127.0.0.1:9', () => undefined)).rejects.toThrow('HEMS_URL is the address of the app');
  });

  test('commands take the stage that HEMS_URL names, and sign in once for all their calls', async () => {
    vi.stubEnv('HEMS_URL', door.origin);
    const shown: string[] = [];
    let browsed: Promise<Response> | undefined;
    vi.spyOn(console, 'error').mockImplementation((line: string) => {
      shown.push(line);
      browsed = browse(line.split(/\s+/).at(-1) ?? '', OPERATOR);
    });
    const first = await asOperator();
    expect(await asOperator()).toEqual(first);
    await browsed;
    expect(first.origin).toBe(door.origin);
    expect(shown).toHaveLength(1);
  });
});
