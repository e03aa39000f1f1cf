import { describe, expect, it } from 'vitest';
import { newWebhookSecret, webhookHeaders, webhookRefusal } from './webhook.ts';

/** The example of the Standard Webhooks specification. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const WEBHOOK = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampS: 1614265330, body: '{"test": 2432232314}' };
const NOW_S = WEBHOOK.timestampS + 30;

const received = async (secrets: readonly string[], over: Partial<typeof WEBHOOK> = {}) => ({
  headers: await webhookHeaders(WEBHOOK, secrets),
  body: over.body ?? WEBHOOK.body,
});

describe('a webhook', () => {
  it('carries the signature that the specification publishes for its example', async () => {
    expect(await webhookHeaders(WEBHOOK, [SECRET])).toEqual({
      'webhook-id': WEBHOOK.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is genuine to a partner that knows the old secret or the new one while the two change places', async () => {
    const next = newWebhookSecret();
    const delivery = await received([SECRET, next]);
    expect(await webhookRefusal(delivery, { secret: SECRET, nowS: NOW_S })).toBeUndefined();
    expect(await webhookRefusal(delivery, { secret: next, nowS: NOW_S })).toBeUndefined();
    expect(await webhookRefusal(delivery, { secret: newWebhookSecret(), nowS: NOW_S })).toBe('wrong-signature');
  });

  it.each([
    ['another body', { body: '{"test": 0}' }, {}, 'wrong-signature'],
    ['another id', {}, { 'webhook-id': 'msg_other' }, 'wrong-signature'],
    ['another time', {}, { 'webhook-timestamp': '1614265331' }, 'wrong-signature'],
    ['a time of long ago', {}, { 'webhook-timestamp': '1614264000' }, 'clock-skew'],
    ['a time that is none', {}, { 'webhook-timestamp': 'now' }, 'unsigned'],
    [
      'another version of signature',
      {},
      { 'webhook-signature': 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' },
      'wrong-signature',
    ],
  ])('is refused with %s', async (_, over, headers, refusal) => {
    const delivery = await received([SECRET], over);
    const sent = { ...delivery, headers: { ...delivery.headers, ...headers } };
    expect(await webhookRefusal(sent, { secret: SECRET, nowS: NOW_S })).toBe(refusal);
  });

  it('is refused without its headers', async () => {
    expect(await webhookRefusal({ headers: {}, body: WEBHOOK.body }, { secret: SECRET, nowS: NOW_S })).toBe('unsigned');
  });

  it('is never signed with a secret that is too short or not one of ours', async () => {
    await expect(webhookHeaders(WEBHOOK, ['whsec_AAAA'])).rejects.toThrow('24 to 64 bytes');
    await expect(webhookHeaders(WEBHOOK, ['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).rejects.toThrow('begins with whsec_');
  });
});
