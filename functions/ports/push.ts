/** A browser or phone that agreed to be woken (Web Push subscription). */
export type PushTarget = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };
export type PushMessage = {
  readonly title: string;
  readonly body: string;
  readonly path: string;
  readonly tag: string;
};

/** `ttlSeconds`: how long the push service keeps it for a phone that is off; after that it is not delivered any more. */
export type PushHow = { readonly ttlSeconds: number };

export type Push = {
  /** by which a browser subscribes; null where push is not set up */
  publicKey(): Promise<string | null>;
  /** `gone`: the target does not exist any more and is to be forgotten. Throws where nothing can be said: it may be tried again */
  send(target: PushTarget, message: PushMessage, how: PushHow): Promise<'taken' | 'gone'>;
};
