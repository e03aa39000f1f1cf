import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { signatureClient } from '@hems/shared/partner-api/client/signature-client';
import { sigV4Client } from '@hems/shared/partner-api/client/sigv4-client';
import type { PartnerClient } from '@hems/shared/partner-api/client/call';
import { pingWebhook } from '@hems/shared/partner-api/webhooks';
import { log } from '../../runtime/log.ts';
import { partnerEndpoint, partnerHttp } from '../../runtime/partner.ts';
import { Refused } from '../../use-cases/refusal.ts';
import { aPartnerDoor, type TestPartnerDoor } from '../testing/partner-door.ts';

/** Both client libraries against the real door and the real memory of answers, over a network that loses things. */

vi.spyOn(log, 'warn').mockImplementation(() => undefined);
vi.spyOn(log, 'error').mockImplementation(() => undefined);

let effects = 0;
let fails = 0;
const webhooks = partnerHttp([
  partnerEndpoint(pingWebhook, async ({ params: { endpointId } }) => {
    if (endpointId === 'unknown') throw new Refused('not-found', 'there is no such endpoint', 'no-endpoint');
    if ((fails -= 1) >= 0) throw new Error('the table is down');
    effects += 1;
    return { deliveryId: `delivery-${effects}` };
  }),
]);

type Sent = { readonly key: string | null; readonly signature: string | null };
const sent: Sent[] = [];
let lose: 'nothing' | 'the request' | 'the answer';
const lossy: typeof fetch = async (input, init) => {
  const headers = new Headers(init?.headers);
  sent.push({
    key: headers.get('idempotency-key'),
    signature: headers.get('signature') ?? headers.get('authorization'),
  });
  const lost = lose;
  lose = 'nothing';
  if (lost === 'the request') throw new TypeError('fetch failed');
  const answer = await fetch(input, init);
  if (lost === 'the answer') throw new TypeError('fetch failed');
  return answer;
};

let door: TestPartnerDoor;
const clients = new Map<string, PartnerClient>();
beforeAll(async () => {
  door = await aPartnerDoor({ partnerHandlers: { webhooks } });
  const parts = { origin: door.origin, fetch: lossy, pause: (attempt: number) => sleep(50 * attempt) };
  for (const partnerId of ['office', 'city']) await door.enter({ partnerId });
  clients.set('RFC 9421', signatureClient({ ...parts, key: await door.key('office.first') }));
  const { apiKey, ...credentials } = await door.accessKey('city');
  const iam = { ...parts, region: 'ap-northeast-2', apiKey, credentials: async () => credentials };
  // a second of its own for each signature, so that no two are alike
  let nowS = Math.floor(Date.now() / 1000) - 200;
  clients.set('SigV4', sigV4Client({ ...iam, nowS: () => (nowS += 1) }));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await door.close();
});
beforeEach(() => {
  effects = 0;
  fails = 0;
  lose = 'nothing';
  sent.length = 0;
});

const ping = { params: { endpointId: 'endpoint-1' }, body: {} };
const distinct = (what: keyof Sent): number => new Set(sent.map((one) => one[what])).size;

describe.each(['RFC 9421', 'SigV4'])('a client that signs by %s', (scheme) => {
  const call: PartnerClient = async (route, asked) => {
    const client = clients.get(scheme);
    if (!client) throw new Error('no client');
    return client(route, asked);
  };

  test.each(['the request', 'the answer'] as const)(
    'whose network loses %s sends it again, with the same key and a signature of its own, and it takes effect once',
    async (lost) => {
      lose = lost;
      expect(await call(pingWebhook, ping)).toEqual({ deliveryId: 'delivery-1' });
      expect([sent.length, distinct('key'), distinct('signature'), effects]).toEqual([2, 1, 2, 1]);
    },
  );

  test('sends again what failed on our side, and not what was refused', async () => {
    fails = 2;
    expect(await call(pingWebhook, ping)).toEqual({ deliveryId: 'delivery-1' });
    expect([sent.length, distinct('key')]).toEqual([3, 1]);
    sent.length = 0;
    const refused = call(pingWebhook, { ...ping, params: { endpointId: 'unknown' } });
    await expect(refused).rejects.toMatchObject({ status: 404, problem: { code: 'no-endpoint' } });
    expect(sent).toHaveLength(1);
  });

  test('gives up after four attempts, and says why', async () => {
    fails = 10;
    await expect(call(pingWebhook, ping)).rejects.toMatchObject({ status: 500 });
    expect([sent.length, effects]).toEqual([4, 0]);
  });

  test('chooses a key for each call, and keeps the one it is given', async () => {
    const [a, b] = [await call(pingWebhook, ping), await call(pingWebhook, ping)];
    expect([a, b, distinct('key')]).toEqual([{ deliveryId: 'delivery-1' }, { deliveryId: 'delivery-2' }, 2]);
    const idempotencyKey = `ping-of-today-${scheme.replace(' ', '-')}`;
    const [c, d] = [
      await call(pingWebhook, { ...ping, idempotencyKey }),
      await call(pingWebhook, { ...ping, idempotencyKey }),
    ];
    expect([c, d, effects]).toEqual([{ deliveryId: 'delivery-3' }, { deliveryId: 'delivery-3' }, 3]);
  });

  test('that sends one request 12 times at once has one effect, and one answer', async () => {
    const idempotencyKey = `ping-at-once-${scheme.replace(' ', '-')}`;
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () => call(pingWebhook, { ...ping, idempotencyKey })),
    );
    expect([new Set(answers.map(({ deliveryId }) => deliveryId)).size, effects]).toEqual([1, 1]);
  });
});
