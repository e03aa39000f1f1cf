import { createServer } from 'node:net';
import { once } from 'node:events';
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

  test.each(['foo', 'http://app.example.com', 'http://127.0.0.1.example.com', 'ftp://127.0.0.1'])(
    'not at %s: their token would go through the clear, or nowhere',
    async (address) => {
      await expect(staffAt(address, () => undefined)).rejects.toThrow(/HEMS_URL is .*begins with https/);
    },
  );

  test.each(['http://api.example.com', 'http://localhost.example.com/v1'])(
    'not at an app whose API is at %s',
    async (apiBase) => {
      const config = { issuer: door.origin, staffClientId: 'staff', apiBase };
      vi.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json(config));
      await expect(staffAt(door.origin, () => undefined)).rejects.toThrow(/apiBase of .*begins with https/);
    },
  );

  test('where the answer is a page and no configuration, that is said', async () => {
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('<html>'));
    await expect(staffAt(door.origin, () => undefined)).rejects.toThrow(/is not the configuration of a HEMS app/);
  });

  test('a refusal of the provider is no sign-in: the window and the terminal say so', async () => {
    let answered: Promise<Response> | undefined;
    const refused = staffAt(door.origin, (url) => {
      const state = new URL(url).searchParams.get('state') ?? '';
      answered = fetch(
        `${STAFF_RETURN_URL}?${new URLSearchParams({ state, error: 'access_denied', error_description: 'not \u001b[2Jyou' }).toString()}`,
      );
    });
    await expect(refused).rejects.toThrow(/^the sign-in was refused \(access_denied not \\u\{1b\}\[2Jyou\)/);
    expect(await (await answered)?.text()).toMatch(/^Not signed in/);
  });

  test('a port that is taken is said before anybody is sent to sign in', async () => {
    const other = createServer().listen(Number(new URL(STAFF_RETURN_URL).port), '127.0.0.1');
    await once(other, 'listening');
    const show = vi.fn<(url: string) => void>();
    await expect(staffAt(door.origin, show)).rejects.toThrow(/port \d+ is taken/);
    expect(show).not.toHaveBeenCalled();
    other.close();
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
