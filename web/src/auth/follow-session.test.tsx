import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KEPT } from '../offline/kept.ts';
import { followSession } from './follow-session.ts';
import { endOnDevice, readSeed, SIGN_OUTS, takeSeed, writeSeed } from './session-seed.ts';

const ME = { sub: 'resident-1', refreshToken: 'refresh-1' };
let stop: AbortController;
beforeEach(() => {
  stop = new AbortController();
  const add = window.addEventListener.bind(window);
  vi.stubGlobal('addEventListener', (type: string, listener: EventListener) =>
    add(type, listener, { signal: stop.signal }),
  );
});
afterEach(() => {
  stop.abort();
  localStorage.clear();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

const followed = (sub: string | undefined) => {
  const over = vi.fn<() => void>();
  followSession(sub, over);
  return over;
};
const shownAgain = (persisted: boolean): boolean => dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
const heard = (): boolean => dispatchEvent(new StorageEvent('storage', { key: SIGN_OUTS }));

describe('a page that the browser kept whole and shows again', () => {
  it('is over once somebody has signed out, also in another tab', () => {
    writeSeed(ME);
    const over = followed(ME.sub);
    shownAgain(true);
    expect(over).not.toHaveBeenCalled();
    endOnDevice();
    shownAgain(true);
    expect(over).toHaveBeenCalledOnce();
  });

  it('is over once somebody else, or anybody at all, has signed in', () => {
    writeSeed(ME);
    const [others, nobodys] = [followed('resident-2'), followed(undefined)];
    shownAgain(false);
    expect([others, nobodys].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
    shownAgain(true);
    expect([others, nobodys].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });
});

describe('a sign-out in another tab', () => {
  it('ends the session here', () => {
    writeSeed(ME);
    const own = followed(ME.sub);
    heard();
    expect(own).not.toHaveBeenCalled();
    endOnDevice();
    heard();
    expect(own).toHaveBeenCalledOnce();
  });

  it('is nothing to a tab of nobody', () => {
    const nobodys = followed(undefined);
    endOnDevice();
    heard();
    expect(nobodys).not.toHaveBeenCalled();
  });

  it('does not end a later sign-in, though a sleeping tab hears of it late', () => {
    endOnDevice();
    writeSeed(ME);
    const over = followed(ME.sub);
    heard();
    expect(over).not.toHaveBeenCalled();
    expect(readSeed()?.sub).toBe(ME.sub);
  });

  it('ends the session of a tab that was put to sleep as soon as it wakes up', () => {
    writeSeed(ME);
    endOnDevice();
    expect(readSeed()).toBeUndefined();
    expect(followed(undefined)).toHaveBeenCalledOnce();
    takeSeed();
    expect(followed(undefined)).not.toHaveBeenCalled();
  });

  it('leaves its refresh token to be revoked, and nothing of the home', () => {
    writeSeed(ME);
    localStorage.setItem(KEPT, JSON.stringify(ME.sub));
    endOnDevice();
    const over = followed(ME.sub);
    expect(over).toHaveBeenCalledOnce();
    expect(takeSeed()?.refreshToken).toBe('refresh-1');
    expect([takeSeed(), localStorage.getItem(KEPT), sessionStorage.length]).toEqual([undefined, null, 0]);
  });
});
