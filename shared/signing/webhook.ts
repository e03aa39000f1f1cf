import { sameBytes, toBase64, utf8, type Bytes } from './digest.ts';

/** Webhooks as https://www.standardwebhooks.com signs them: HMAC-SHA256 over `id.timestamp.body`, one signature for each secret in use. */

const PREFIX = 'whsec_';
const VERSION = 'v1';
/** What a receiver's clock may differ by. */
const TOLERANCE_S = 300;
/** The specification asks for 24 to 64 bytes. */
const SECRET_BYTES = { least: 24, most: 64 };

export type Webhook = {
  /** the same at every attempt to deliver it */
  readonly id: string;
  /** of this attempt, epoch seconds */
  readonly timestampS: number;
  readonly body: string;
};

/** The key within a secret `whsec_<base64>`. Throws where it is none. */
const keyOf = (secret: string): Bytes => {
  if (!secret.startsWith(PREFIX)) throw new Error(`a webhook secret begins with ${PREFIX}`);
  const key = Uint8Array.from(atob(secret.slice(PREFIX.length)), (one) => one.charCodeAt(0));
  if (key.length < SECRET_BYTES.least || key.length > SECRET_BYTES.most)
    throw new Error(`a webhook secret holds ${SECRET_BYTES.least} to ${SECRET_BYTES.most} bytes`);
  return key;
};

export const newWebhookSecret = (): string =>
  `${PREFIX}${toBase64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES.least)))}`;

const signatureOf = async ({ id, timestampS, body }: Webhook, secret: string): Promise<string> => {
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', keyOf(secret), hmac, false, ['sign']);
  const signed = await crypto.subtle.sign('HMAC', key, utf8(`${id}.${timestampS}.${body}`));
  return `${VERSION},${toBase64(new Uint8Array(signed))}`;
};

/** The headers of a delivery. While a secret is being replaced, both sign: the receiver knows one of them. */
export const webhookHeaders = async (
  webhook: Webhook,
  secrets: readonly string[],
): Promise<Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>>> => {
  const signatures = await Promise.all(secrets.map(async (secret) => signatureOf(webhook, secret)));
  return {
    'webhook-id': webhook.id,
    'webhook-timestamp': String(webhook.timestampS),
    'webhook-signature': signatures.join(' '),
  };
};

type Received = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** What a receiver checks, with the one secret it knows: undefined when the delivery is genuine and of now, otherwise why it is not. */
export const webhookRefusal = async (
  { headers, body }: Received,
  { secret, nowS }: { readonly secret: string; readonly nowS: number },
): Promise<'unsigned' | 'clock-skew' | 'wrong-signature' | undefined> => {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': said } = headers;
  if (id === undefined || said === undefined || at === undefined || !/^\d{1,12}$/.test(at)) return 'unsigned';
  const timestampS = Number(at);
  if (Math.abs(nowS - timestampS) > TOLERANCE_S) return 'clock-skew';
  const own = utf8(await signatureOf({ id, timestampS, body }, secret));
  return said.split(' ').some((one) => sameBytes(utf8(one), own)) ? undefined : 'wrong-signature';
};
