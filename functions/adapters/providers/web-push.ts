// CommonJS: Node finds no name in it but the default
import webpush from 'web-push';
import * as z from 'zod';
import { AddressRefused, type HttpOut } from '../../ports/http-out.ts';
import type { Push } from '../../ports/push.ts';

/** VAPID (RFC 8292): the pair by which push services know us. As `web-push generate-vapid-keys --json` prints it. */
const vapidKeys = z.object({
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{87}$/),
  privateKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
type VapidKeys = z.infer<typeof vapidKeys>;

export type WebPushParts = {
  /** the secret as it is kept; anything but a pair means that push is not set up */
  readonly keys: () => Promise<string>;
  /** where a push service reaches us: `mailto:` or `https:` */
  readonly subject: string;
  readonly http: HttpOut;
};

const GONE = [404, 410];

const parseKeys = (text: string): VapidKeys | undefined => {
  try {
    return vapidKeys.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** Web Push (RFC 8030) with payloads sealed for the browser (RFC 8291). */
export const webPush = ({ keys, subject, http }: WebPushParts): Push => ({
  publicKey: async () => parseKeys(await keys())?.publicKey ?? null,
  send: async ({ endpoint, p256dh, auth }, message, { ttlSeconds }) => {
    const pair = parseKeys(await keys());
    if (!pair)
      throw new Error('push is not set up: its secret holds no VAPID key pair; docs/runbook.md#notices-do-not-go-out');
    const { headers, body } = webpush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify(message),
      {
        vapidDetails: { subject, ...pair },
        TTL: ttlSeconds,
      },
    );
    try {
      const { status } = await http.call({ method: 'POST', url: endpoint, headers, body, maxBytes: 0 });
      if (GONE.includes(status)) return 'gone';
      if (status < 200 || status > 299) throw new Error(`the push service answered ${status}`);
      return 'taken';
    } catch (error) {
      // an address that must not be called will not become one that may
      if (error instanceof AddressRefused) return 'gone';
      throw error;
    }
  },
});
