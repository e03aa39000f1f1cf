import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { obtainCode, redeem, signIn, shownSignIns } from '../commands/sign-in.ts';
import { aFrontDoor, RESIDENT, type TestFrontDoor } from '../testing/front-door.ts';
import { OPERATOR } from './users.ts';

let door: TestFrontDoor;
beforeAll(async () => {
  door = await aFrontDoor();
});
afterAll(async () => await door.close());

const web = () => ({ origin: door.origin, clientId: 'hems-web', redirectUri: `${door.origin}/signed-in` });
const resident = () => ({ ...web(), email: RESIDENT.email, password: RESIDENT.password });
const authorize = (parameters: Record<string, string>) =>
  `/oidc/authorize?${new URLSearchParams({
    client_id: 'hems-web',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: `${door.origin}/signed-in`,
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
    ...parameters,
  }).toString()}`;
const apiStatus = async (token: string) =>
  (await door.get('/v1/session', { headers: { authorization: `Bearer ${token}` } })).status;

test('discovery names the issuer and where its parts are', async () => {
  const discovery = await (await door.get('/.well-known/openid-configuration')).json();
  expect(discovery).toMatchObject({
    issuer: door.origin,
    authorization_endpoint: `${door.origin}/oidc/authorize`,
    token_endpoint: `${door.origin}/oidc/token`,
    jwks_uri: `${door.origin}/.well-known/jwks.json`,
    end_session_endpoint: `${door.origin}/oidc/logout`,
    code_challenge_methods_supported: ['S256'],
  });
});

describe('a resident who signs in', () => {
  test('gets an access token of 5 minutes with the claims of a Cognito access token', async () => {
    const { access_token: token, expires_in: seconds } = await signIn(resident());
    expect(decodeJwt(token)).toMatchObject({
      iss: door.origin,
      sub: RESIDENT.sub,
      client_id: 'hems-web',
      token_use: 'access',
      username: RESIDENT.sub,
      scope: 'openid profile email',
      auth_time: expect.any(Number) as number,
    });
    expect(decodeJwt(token)).not.toHaveProperty('cognito:groups');
    expect(seconds).toBe(300);
    expect(await apiStatus(token)).toBe(200);
  });

  test('is named in the identity token, not in the access token', async () => {
    const { id_token: idToken, access_token: token } = await signIn(resident());
    expect(decodeJwt(idToken)).toMatchObject({ name: RESIDENT.name, email: RESIDENT.email, aud: 'hems-web' });
    expect(decodeJwt(token)).not.toHaveProperty('email');
  });

  test('stays signed in by refresh tokens, each of which opens once', async () => {
    const first = await signIn(resident());
    const refresh = async (token: string) =>
      await redeem(door.origin, { grant_type: 'refresh_token', client_id: 'hems-web', refresh_token: token });
    const second = await refresh(first.refresh_token);
    expect(await apiStatus(second.access_token)).toBe(200);
    expect(decodeJwt(second.access_token)).toMatchObject({ sub: RESIDENT.sub, token_use: 'access' });
    await expect(refresh(first.refresh_token)).rejects.toThrow('invalid_grant');
    // a copy was in other hands: the one that is in ours ends too
    await expect(refresh(second.refresh_token)).rejects.toThrow('invalid_grant');
  });

  test('stays signed in over a restart of the host', async () => {
    const { access_token: token, refresh_token: refreshToken } = await signIn(resident());
    await door.stop();
    door = await aFrontDoor({ folder: door.folder, port: Number(new URL(door.origin).port) });
    expect(await apiStatus(token)).toBe(200);
    const fields = { grant_type: 'refresh_token', client_id: 'hems-web', refresh_token: refreshToken };
    expect(decodeJwt((await redeem(door.origin, fields)).access_token).sub).toBe(RESIDENT.sub);
  });
});

test('the operator carries the group of the operator', async () => {
  const { access_token: token } = await signIn({ ...web(), email: OPERATOR.email, password: OPERATOR.password });
  expect(decodeJwt(token)['cognito:groups']).toEqual(['operator']);
});

describe('the sign-in page', () => {
  const openPage = async () => {
    const start = await door.get(authorize({}));
    const cookie = start.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const path = start.headers.get('location') ?? '';
    const page = await door.get(path, { headers: { cookie } });
    const post = async (fields: Record<string, string>) =>
      await door.get(path, { method: 'POST', headers: { cookie }, body: new URLSearchParams(fields) });
    return { page, path, post };
  };

  test('is Korean first, labelled, without script, and shows the demo sign-ins', async () => {
    const { page } = await openPage();
    const html = await page.text();
    expect(html).toContain('<html lang="ko">');
    expect(html).toContain('<label for="password">비밀번호 <span lang="en">Password</span></label>');
    expect(html).toContain(RESIDENT.password);
    expect(html).not.toContain('<script');
    expect(html).not.toContain(' style=');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  test('says that a password is wrong, keeps the address, and repeats nothing unescaped', async () => {
    const { post } = await openPage();
    const answer = await post({ email: '"><b>@x', password: 'wrong' });
    const html = await answer.text();
    expect(answer.status).toBe(401);
    expect(html).toContain('role="alert"');
    expect(html).toContain('value="&#34;&#62;&#60;b&#62;@x"');
  });

  test('of somebody else opens for nobody', async () => {
    const { path } = await openPage();
    const stranger = await door.get(path);
    expect(stranger.status).toBe(400);
    expect(await stranger.text()).toContain('expired or was used already');
  });

  test('is shown to scripts as a list', async () => {
    expect(await shownSignIns(door.origin)).toContainEqual({
      email: RESIDENT.email,
      name: RESIDENT.name,
      password: RESIDENT.password,
    });
  });
});

describe('the provider refuses', () => {
  test('to start without PKCE', async () => {
    const answer = await door.get(authorize({ code_challenge: '', code_challenge_method: '' }));
    expect(answer.headers.get('location')).toContain('error=invalid_request');
  });

  test('to send a code to an address that is not registered', async () => {
    const answer = await door.get(authorize({ redirect_uri: 'http://127.0.0.1:1/stolen' }));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  });

  test('a client it does not know', async () => {
    expect((await door.get(authorize({ client_id: 'hems-evil' }))).status).toBe(400);
  });

  test('a code a second time, and ends what it opened the first time', async () => {
    const verifier = 'v'.repeat(43);
    const code = await obtainCode(resident(), verifier);
    const fields = {
      grant_type: 'authorization_code',
      client_id: 'hems-web',
      redirect_uri: `${door.origin}/signed-in`,
      code,
      code_verifier: verifier,
    };
    const { refresh_token: refreshToken } = await redeem(door.origin, fields);
    await expect(redeem(door.origin, fields)).rejects.toThrow('invalid_grant');
    const refresh = { grant_type: 'refresh_token', client_id: 'hems-web', refresh_token: refreshToken };
    await expect(redeem(door.origin, refresh)).rejects.toThrow('invalid_grant');
  });

  test('a code with the verifier of somebody else', async () => {
    const code = await obtainCode(resident(), 'v'.repeat(43));
    const fields = {
      grant_type: 'authorization_code',
      client_id: 'hems-web',
      redirect_uri: `${door.origin}/signed-in`,
    };
    await expect(redeem(door.origin, { ...fields, code, code_verifier: 'w'.repeat(43) })).rejects.toThrow(
      'invalid_grant',
    );
  });
});
