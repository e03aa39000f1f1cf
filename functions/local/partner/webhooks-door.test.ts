import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { utf8 } from '@hems/shared/signing/digest';
import { httpOut } from '../../adapters/providers/http-out.ts';
import { embeddedKeys } from '../../adapters/embedded/keys.ts';
import { log } from '../../runtime/log.ts';
import { http, keys, webhooks } from '../../runtime/ports.ts';
import { aPartnerDoor, sent, signed } from '../testing/partner-door.ts';

vi.spyOn(log, 'warn').mockImplementation(() => undefined);

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const door of opened.splice(0)) await door.close();
});

test('a partner cannot have this host post to an address inside, and is told which rule stands in the way', async () => {
  const door = await aPartnerDoor();
  opened.push(door);
  http.use(httpOut());
  keys.use(embeddedKeys(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)));
  webhooks.use({ send: async () => undefined });
  await door.enter({ partnerId: 'office' });
  const key = await door.key('office.one');
  const answers = [];
  for (const url of [
    `${door.origin.replace('http:', 'https:')}/v1/session`,
    'https://169.254.169.254/latest/meta-data',
    'https://[::ffff:127.0.0.1]/',
    'https://2130706433/',
    'https://user:secret@93.184.216.34/',
    'https://93.184.216.34:22/',
  ]) {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const body = utf8(JSON.stringify({ url, types: ['settlement.ready'] }));
    const request = { method: 'POST', url: `${door.origin}/partner/v1/webhooks`, headers, body };
    const answer = await sent(await signed(request, { key }));
    const { code } = (await answer.json()) as { code?: string };
    answers.push([answer.status, code]);
  }
  expect(answers).toEqual(Array.from({ length: 6 }, () => [400, 'address-refused']));
});
