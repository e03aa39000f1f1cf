import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { embeddedKeys } from '../../adapters/embedded/keys.ts';
import * as ports from '../../runtime/ports.ts';
import { CLIENTS, enterClients, SECRET, useOpenadrPorts } from '../../testing/openadr-world.ts';
import { enterPartner } from '../../testing/partner-call.ts';
import { checkVtn } from '../commands/openadr-check-steps.ts';
import { clientOf, discover, signedIn } from '../commands/openadr-check-vtn.ts';
import { runOpenadrCheck, tableOf } from '../commands/openadr-check.ts';
import { aFrontDoor, RESIDENT, type TestFrontDoor } from '../testing/front-door.ts';
import { signIn } from '../commands/sign-in.ts';

let door: TestFrontDoor;
let base: string;
beforeAll(async () => {
  door = await aFrontDoor();
  base = `${door.origin}/openadr3/3.1.0`;
  useOpenadrPorts(door.table, () => Date.now());
  ports.keys.use(embeddedKeys(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)));
  ports.openadrTokenUrl.use(`${door.origin}/oidc/token`);
  await enterPartner(door.table, { partnerId: 'aggregator', kind: 'aggregator' });
  await enterClients(door.table);
});
afterAll(async () => await door.close());

const as = async (who: keyof typeof CLIENTS) => await signedIn(base, { client: CLIENTS[who].clientId, secret: SECRET });

describe('the conformance check', () => {
  test('finds nothing wrong with this VTN, and skips nothing', async () => {
    const steps = await checkVtn({
      bl: await as('utility'),
      ven: await as('building'),
      venClient: CLIENTS.building.clientId,
      nobody: clientOf(base, undefined),
      callback: 'https://callback.example/notify',
      run: 'test',
    });
    expect(tableOf(steps).filter((line) => !line.startsWith('ok'))).toEqual([]);
    expect(steps.length).toBe(60);
  });

  test('leaves nothing behind', async () => {
    const bl = await as('utility');
    for (const noun of ['programs', 'events', 'reports', 'subscriptions', 'vens', 'resources'])
      expect((await bl({ path: `/${noun}` })).body, noun).toEqual([]);
  });

  test('finds what is wrong with one that answers everything alike', async () => {
    const same = async () => ({ status: 200, type: 'application/json', body: [] });
    const steps = await checkVtn({ bl: same, nobody: same, run: 'test' });
    expect(steps.filter(({ result }) => result !== 'ok' && result !== 'skipped').length).toBeGreaterThan(20);
  });

  test('says by its command what to give it', async () => {
    await expect(runOpenadrCheck(['--url', base])).rejects.toThrow('--url, --client and --secret are needed');
  });
});

describe('tokens for clients', () => {
  const token = async (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    await door.get('/oidc/token', { method: 'POST', headers, body: new URLSearchParams(fields) });
  const { clientId } = CLIENTS.building;
  const credentials = { grant_type: 'client_credentials', client_id: clientId, client_secret: SECRET };

  test('are given where the discovery endpoint says', async () => {
    expect(await discover(base)).toBe(`${door.origin}/oidc/token`);
  });

  test('carry the scopes of the role when none is asked for, as the user pool gives them', async () => {
    const body = await (await token(credentials)).json();
    expect(body).toMatchObject({
      token_type: 'Bearer',
      scope:
        'openadr3/read_targets openadr3/read_ven_objects openadr3/write_reports openadr3/write_subscriptions openadr3/write_vens',
    });
  });

  test('are given to a client that sends its secret in the header', async () => {
    const basic = `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(SECRET)}`).toString('base64')}`;
    expect((await token({ grant_type: 'client_credentials' }, { authorization: basic })).status).toBe(200);
  });

  test.each([
    ['a wrong secret', { ...credentials, client_secret: 'wrong' }],
    ['a client that is not there', { ...credentials, client_id: 'nobody' }],
    ['another resource', { ...credentials, resource: 'https://elsewhere.example/' }],
    ['the resource of residents', { ...credentials, resource: 'http://127.0.0.1/v1' }],
    ['a scope of business logic', { ...credentials, scope: 'openadr3/read_all' }],
    ['a browser client', { grant_type: 'client_credentials', client_id: 'hems-web' }],
  ])('are not given for %s', async (_what, fields) => {
    expect((await token(fields)).status).toBeGreaterThanOrEqual(400);
  });

  test('of OpenADR open nothing of residents, and those of residents nothing of OpenADR', async () => {
    const { access_token: given } = (await (await token(credentials)).json()) as { access_token: string };
    const bearer = (one: string) => ({ headers: { authorization: `Bearer ${one}` } });
    expect((await door.get('/v1/session', bearer(given))).status).toBe(401);
    const resident = await signIn({
      origin: door.origin,
      clientId: 'hems-web',
      redirectUri: `${door.origin}/signed-in`,
      email: RESIDENT.email,
      password: RESIDENT.password,
    });
    expect((await door.get('/openadr3/3.1.0/programs', bearer(resident.access_token))).status).toBe(401);
  });
});
