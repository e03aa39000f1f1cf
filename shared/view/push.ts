/** What a browser says of being woken; undefined: it cannot be. */
export type BrowserPush = {
  readonly permission: 'default' | 'granted' | 'denied';
  /** who has subscribed here, as this browser remembers; null: nobody */
  readonly subscribedBy: string | null;
};

export type PushState = 'unsupported' | 'not-set-up' | 'denied' | 'off' | 'on';

/** Where push on this device stands for the person who is signed in. Somebody else's subscription is none of theirs. */
export const pushStateOf = (
  browser: BrowserPush | undefined,
  { pushKey, sub }: { readonly pushKey: string | null; readonly sub: string },
): PushState => {
  if (pushKey === null) return 'not-set-up';
  if (browser === undefined) return 'unsupported';
  if (browser.permission === 'denied') return 'denied';
  return browser.permission === 'granted' && browser.subscribedBy === sub ? 'on' : 'off';
};
