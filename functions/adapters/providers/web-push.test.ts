import { createDecipheriv, createECDH, createVerify, hkdfSync, createPublicKey, randomBytes } from 'node:crypto';
import webpush from 'web-push';
import { describe, expect, test } from 'vitest';
import { AddressRefused, type Call } from '../../ports/http-out.ts';
import { webPush } from './web-push.ts';

const MESSAGE = {
  title: '평소보다 전기를 많이 쓰고 있어요',
  body: '6.4 kWh',
  path: '/households/h-1/energy',
  tag: 'n-1',
};

/** A browser: it has the keys that open what is pushed to it. */
const aBrowser = () => {
  const ecdh = createECDH('prime256v1');
  const publicKey = ecdh.generateKeys();
  const auth = randomBytes(16);
  const derive = (ikm: Buffer, salt: Buffer, info: string | Buffer, bytes: number): Buffer =>
    Buffer.from(hkdfSync('sha256', ikm, salt, info, bytes));
  return {
    target: {
      endpoint: 'https://push.example.com/sub/1',
      p256dh: publicKey.toString('base64url'),
      auth: auth.toString('base64url'),
    },
    /** RFC 8188 and RFC 8291, written from the RFCs and not with the library under test */
    open: (body: Uint8Array): unknown => {
      const bytes = Buffer.from(body);
      const [salt, idLength] = [bytes.subarray(0, 16), bytes.readUInt8(20)];
      const sender = bytes.subarray(21, 21 + idLength);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender]);
      const ikm = derive(ecdh.computeSecret(sender), auth, info, 32);
      const key = derive(ikm, salt, 'Content-Encoding: aes128gcm\0', 16);
      const nonce = derive(ikm, salt, 'Content-Encoding: nonce\0', 12);
      const sealed = bytes.subarray(21 + idLength);
      const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
      const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
      return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString());
    },
  };
};

const keys = webpush.generateVAPIDKeys();
const aPush = (answer: number | Error, secret = JSON.stringify(keys)) => {
  const posts: Call[] = [];
  const http = {
    call: async (post: Call) => {
      posts.push(post);
      if (answer instanceof Error) throw answer;
      return { status: answer, headers: {}, body: new Uint8Array() };
    },
  };
  return { posts, push: webPush({ keys: async () => secret, subject: 'https://app.example', http }) };
};

describe('a push to a browser', () => {
  test('is sealed for that browser alone, and signed by us for its push service alone', async () => {
    const browser = aBrowser();
    const { push, posts } = aPush(201);
    expect(await push.send(browser.target, MESSAGE, { ttlSeconds: 60 })).toBe('taken');
    const [{ url, headers, body }] = posts as [Call];
    expect(url).toBe(browser.target.endpoint);
    expect(headers['TTL']).toBe(60);
    expect(browser.open(body ?? new Uint8Array())).toEqual(MESSAGE);
    expect(Buffer.from(body ?? []).toString('latin1')).not.toContain('kWh');

    const [, token = '', k = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(String(headers['Authorization'])) ?? [];
    expect(k).toBe(keys.publicKey);
    const [head = '', claims = '', signature = ''] = token.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      aud: 'https://push.example.com',
      sub: 'https://app.example',
    });
    const point = Buffer.from(k, 'base64url');
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    };
    const signed = createVerify('sha256').update(`${head}.${claims}`);
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    expect(signed.verify({ key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  test.each([404, 410])('that the service answers with %s is forgotten', async (status) => {
    expect(await aPush(status).push.send(aBrowser().target, MESSAGE, { ttlSeconds: 60 })).toBe('gone');
  });

  test('whose address must not be called is forgotten', async () => {
    expect(await aPush(new AddressRefused('private')).push.send(aBrowser().target, MESSAGE, { ttlSeconds: 60 })).toBe(
      'gone',
    );
  });

  test.each([307, 400, 429, 503])('that the service answers with %s is not taken for sent', async (status) => {
    await expect(aPush(status).push.send(aBrowser().target, MESSAGE, { ttlSeconds: 60 })).rejects.toThrow(
      String(status),
    );
  });

  test('needs keys: with the value that the secret is made with, push is not set up and says so', async () => {
    const { push } = aPush(201, 'a value of no use');
    expect(await push.publicKey()).toBeNull();
    await expect(push.send(aBrowser().target, MESSAGE, { ttlSeconds: 60 })).rejects.toThrow('VAPID');
    expect(await aPush(201).push.publicKey()).toBe(keys.publicKey);
  });
});
