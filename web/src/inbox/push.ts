import { addPushTarget, removePushTarget } from '@hems/shared/api/inbox';
import type { Call } from '@hems/shared/client/client';
import type { BrowserPush } from '@hems/shared/view/push';
import * as z from 'zod/mini';

const WORKER = '/sw.js';
/** The browser knows its subscription, not whose it is. */
const SUBSCRIBED_BY = 'hems.pushBy';

const subscription = z.object({
  endpoint: z.string(),
  keys: z.object({ p256dh: z.string(), auth: z.string() }),
});

const canBeWoken = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;

const current = async (): Promise<PushSubscription | null> => {
  const worker = await navigator.serviceWorker.getRegistration(WORKER);
  return (await worker?.pushManager.getSubscription()) ?? null;
};

/** Asks the browser nothing that it would ask the person. */
export const readBrowserPush = async (): Promise<BrowserPush | undefined> => {
  if (!canBeWoken()) return undefined;
  const subscribed = (await current()) !== null;
  return { permission: Notification.permission, subscribedBy: subscribed ? localStorage.getItem(SUBSCRIBED_BY) : null };
};

/** Ends the subscription of this browser and tells the service; where it cannot be told, the push service tells it that the address is gone. */
export const leavePush = async (call: Call): Promise<void> => {
  const subscribed = canBeWoken() ? await current() : null;
  localStorage.removeItem(SUBSCRIBED_BY);
  if (subscribed === null) return;
  const { endpoint } = subscribed;
  await Promise.allSettled([call(removePushTarget, { body: { endpoint } }), subscribed.unsubscribe()]);
};

type Wanted = {
  readonly pushKey: string;
  readonly sub: string;
  readonly call: Call;
};

/** Asks the person, subscribes and tells the service. Only ever called by a press of theirs: browsers refuse it otherwise. */
export const subscribePush = async ({ pushKey, sub, call }: Wanted): Promise<void> => {
  if ((await Notification.requestPermission()) !== 'granted') return;
  await navigator.serviceWorker.register(WORKER);
  const worker = await navigator.serviceWorker.ready;
  // one made with another key, or by another person, must not be carried on
  await (await worker.pushManager.getSubscription())?.unsubscribe();
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey });
  const { endpoint, keys } = subscription.parse(made.toJSON());
  await call(addPushTarget, { body: { endpoint, ...keys } });
  localStorage.setItem(SUBSCRIBED_BY, sub);
};
