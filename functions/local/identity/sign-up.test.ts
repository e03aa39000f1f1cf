import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { signIn } from '../commands/sign-in.ts';
import { aFrontDoor, RESIDENT, type TestFrontDoor } from '../testing/front-door.ts';
import { atSignIn } from '../testing/visitor.ts';
import { systemClock } from '../clock.ts';

const PASSWORD = 'Correct-horse-1';
const NAME = '김하나 👩‍👩‍👧 שרה';

let door: TestFrontDoor;
beforeAll(async () => {
  door = await aFrontDoor();
});
afterAll(async () => await door.close());

let people = 0;
const anAddress = () => `person-${(people += 1)}@example.com`;
const form = (email: string) => ({ email, name: NAME, password: PASSWORD });
const begin = async (email: string) => {
  const browser = await atSignIn(door.origin);
  const answer = await browser.post('/sign-up', form(email));
  return { ...browser, answer };
};
const mailsTo = async (email: string) => (await door.mails()).filter((mail) => mail.includes(`To: ${email}\r\n`));
const codeTo = async (email: string) => /\d{6}/.exec((await mailsTo(email)).at(-1) ?? '')?.[0] ?? '';
const other = (code: string) => (code === '000000' ? '000001' : '000000');
const signedIn = async (email: string, password = PASSWORD) =>
  await signIn({ origin: door.origin, email, password, clientId: 'hems-web', redirectUri: `${door.origin}/signed-in` });

describe('signing up', () => {
  test('asks for the code that was mailed, and ends signed in, with the name as it was written', async () => {
    const email = anAddress();
    const { answer, page, open, letIn } = await begin(email);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${page}/code`]);
    expect(await (await open('/code')).text()).toContain(email);
    const code = await codeTo(email);
    expect(await letIn('/code', { code: `${code.slice(0, 3)} ${code.slice(3)}` })).toContain('/signed-in?code=');
    const { sub } = JSON.parse(
      Buffer.from((await signedIn(email)).access_token.split('.')[1] ?? '', 'base64url').toString(),
    ) as { sub: string };
    expect(await door.identity.port.read(sub)).toEqual({ sub, email, emailVerified: true, name: NAME });
  });

  test('opens no account before the code was right', async () => {
    const email = anAddress();
    await begin(email);
    await expect(signedIn(email)).rejects.toThrow('wrong');
  });

  test('with the address of an account looks the same, tells its owner by mail, and changes nothing', async () => {
    const fresh = await begin(anAddress());
    const taken = await begin(RESIDENT.email);
    expect(taken.answer.status).toBe(fresh.answer.status);
    const shown = async ({ open, page }: typeof fresh, code: string) => {
      const answer = await (await open('/code')).text();
      return [answer.replaceAll(page, '').replaceAll(/[\w-]+@example.com/g, ''), code];
    };
    expect(await shown(taken, '')).toEqual(await shown(fresh, ''));
    const wrong = async ({ post, page }: typeof fresh) => {
      const answer = await post('/code', { code: '000000' });
      return [answer.status, (await answer.text()).replaceAll(page, '').replaceAll(/[\w-]+@example.com/g, '')];
    };
    expect(await wrong(taken)).toEqual(await wrong(fresh));
    expect((await mailsTo(RESIDENT.email)).at(-1)).toContain('has an account already');
    expect((await mailsTo(RESIDENT.email)).at(-1)).not.toMatch(/\b\d{6}\b/);
    await expect(signedIn(RESIDENT.email, RESIDENT.password)).resolves.toBeDefined();
  });

  test('in another browser than the one that asked, the code opens nothing', async () => {
    const email = anAddress();
    await begin(email);
    const stranger = await begin(anAddress());
    expect((await stranger.post('/code', { code: await codeTo(email) })).status).toBe(400);
    await expect(signedIn(email)).rejects.toThrow('wrong');
  });

  test('with an address that somebody else began with first, opens the account of who reads its mail', async () => {
    const email = anAddress();
    const thief = await begin(email);
    const thiefsCode = await codeTo(email);
    const owner = await atSignIn(door.origin);
    await owner.post('/sign-up', { ...form(email), password: 'The-owners-own-1' });
    expect(await owner.letIn('/code', { code: await codeTo(email) })).toBeDefined();
    await expect(signedIn(email, 'The-owners-own-1')).resolves.toBeDefined();
    await thief.post('/code', { code: thiefsCode });
    await expect(signedIn(email, PASSWORD)).rejects.toThrow('wrong');
  });

  test.each([
    ['a password below the rule', { password: 'too-short-1' }, 'At least 12 characters'],
    ['a name that turns the text around it', { name: 'a\u202eb' }, 'Write a name'],
    ['no name', { name: '  ' }, 'Write a name'],
    ['no address', { email: 'nobody' }, 'Check the e-mail address'],
    ['an address with a line break', { email: 'a@example.com\r\nBcc: b@example.com' }, 'Check the e-mail address'],
  ])('with %s is told so, keeps what was typed but the password, and mails nothing', async (_, over, told) => {
    const before = (await door.mails()).length;
    const { post } = await atSignIn(door.origin);
    const answer = await post('/sign-up', { ...form('kept@example.com'), ...over });
    const html = await answer.text();
    expect(answer.status).toBe(400);
    expect(html).toContain(told);
    expect(html).not.toContain('value="Correct');
    expect((await door.mails()).length).toBe(before);
  });
});

describe('a code', () => {
  test('wrong five times is spent, the right one included; another one can be had', async () => {
    const email = anAddress();
    const { post, letIn } = await begin(email);
    const code = await codeTo(email);
    const told = async (given: string) => await (await post('/code', { code: given })).text();
    for (let at = 0; at < 4; at += 1) expect(await told(other(code))).toContain('The code is wrong');
    expect(await told(other(code))).toContain('Ask for a new one');
    expect(await told(code)).toContain('Ask for a new one');
    expect((await post('/code', { resend: 'yes' })).status).toBe(303);
    expect(await letIn('/code', { code: await codeTo(email) })).toBeDefined();
  });

  test('guessed at the same time is counted each time', async () => {
    const email = anAddress();
    const { post } = await begin(email);
    const code = await codeTo(email);
    await Promise.all(Array.from({ length: 5 }, async () => await post('/code', { code: other(code) })));
    expect(await (await post('/code', { code })).text()).toContain('Ask for a new one');
  });

  test('has expired after a quarter of an hour', async () => {
    const email = anAddress();
    const { post, letIn } = await begin(email);
    const code = await codeTo(email);
    const now = vi.spyOn(systemClock, 'now').mockReturnValue(Date.now() + 15 * 60_000 + 1000);
    const late = await (await post('/code', { code })).text();
    now.mockRestore();
    expect(late).toContain('Ask for a new one');
    expect(await letIn('/code', { code })).toBeDefined();
  });

  test('opens once', async () => {
    const email = anAddress();
    const { post, letIn } = await begin(email);
    const code = await codeTo(email);
    expect(await letIn('/code', { code })).toBeDefined();
    expect((await post('/code', { code })).status).toBe(400);
  });

  test('is sent four times at most, and five mails an hour go to one address', async () => {
    const email = anAddress();
    const { post } = await begin(email);
    for (let sends = 2; sends <= 4; sends += 1) expect((await post('/code', { resend: 'yes' })).status).toBe(303);
    expect((await post('/code', { resend: 'yes' })).status).toBe(400);
    expect((await begin(email)).answer.status).toBe(303);
    const sixth = (await begin(email)).answer;
    expect(sixth.status).toBe(429);
    expect(await sixth.text()).toMatch(/Try again in (59|60) min/);
    expect(await mailsTo(email)).toHaveLength(5);
  });
});

describe('a forgotten password', () => {
  const resetting = async (email: string) => {
    const browser = await atSignIn(door.origin);
    return { ...browser, answer: await browser.post('/reset', { email }) };
  };

  test('is replaced by the code that was mailed, and every session ends', async () => {
    const email = anAddress();
    const first = await begin(email);
    await first.letIn('/code', { code: await codeTo(email) });
    const { refresh_token: before } = await signedIn(email);
    const { post, letIn } = await resetting(email);
    const code = await codeTo(email);
    expect(await (await post('/code', { code, password: 'weak' })).text()).toContain('At least 12 characters');
    expect(await letIn('/code', { code, password: 'Another-horse-2' })).toContain('/signed-in?code=');
    await expect(signedIn(email)).rejects.toThrow('wrong');
    await expect(signedIn(email, 'Another-horse-2')).resolves.toBeDefined();
    const fields = { grant_type: 'refresh_token', client_id: 'hems-web', refresh_token: before };
    const renewal = await door.get('/oidc/token', { method: 'POST', body: new URLSearchParams(fields) });
    expect([renewal.status, await renewal.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
  });

  test('of an address that nobody has looks the same, and no code opens it', async () => {
    const nobody = anAddress();
    const { answer, post } = await resetting(nobody);
    expect(answer.status).toBe((await resetting(RESIDENT.email)).answer.status);
    expect((await mailsTo(nobody)).at(-1)).toContain('has no account');
    expect((await post('/code', { code: '000000', password: PASSWORD })).status).toBe(400);
  });
});

describe('the pages', () => {
  test.each(['/sign-up', '/reset', '/code'])(
    '%s has labels, no script, no style of its own, and is not kept',
    async (end) => {
      const { open } = await begin(anAddress());
      const answer = await open(end);
      const html = await answer.text();
      expect(answer.status).toBe(200);
      expect(html).toContain('<html lang="ko">');
      const inputs = [...html.matchAll(/<input id="(\w+)"/g)].map(([, id]) => id);
      for (const id of inputs) expect(html).toContain(`<label for="${id}">`);
      expect(html).not.toMatch(/<script| style=|\son\w+=/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );

  test('repeat nothing unescaped', async () => {
    const { post } = await atSignIn(door.origin);
    const html = await (await post('/sign-up', { email: '"><b>', name: '<i>', password: '' })).text();
    expect(html).not.toMatch(/<b>|<i>/);
  });

  test('that do not exist, or belong to another browser, are refused', async () => {
    const { open, page } = await atSignIn(door.origin);
    expect((await open('/nothing')).status).toBe(404);
    expect((await door.get(`${page}/sign-up`)).status).toBe(400);
  });
});

test('from one client thirty mails an hour can be asked for', async () => {
  const own = await aFrontDoor();
  try {
    const status = async (at: number) => {
      const { post } = await atSignIn(own.origin);
      return (await post('/reset', { email: `many-${at}@example.com` })).status;
    };
    for (let at = 0; at < 30; at += 1) expect(await status(at)).toBe(303);
    expect(await status(30)).toBe(429);
  } finally {
    await own.close();
  }
});

test('neither an address nor a name can be read in the file after all this', async () => {
  const bytes = await Promise.all(
    ['hems.sqlite', 'hems.sqlite-wal'].map(async (name) => await readFile(join(door.folder, name))),
  );
  const kept = Buffer.concat(bytes).toString('latin1');
  expect(kept).toContain('ACCOUNT#');
  expect(kept).not.toMatch(/person-\d+@|demo1@/);
  expect(kept).not.toContain(Buffer.from('김하나').toString('latin1'));
});
