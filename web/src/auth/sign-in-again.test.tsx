import { ApiError } from '@hems/shared/errors/api-error';
import { afterEach, expect, it, vi } from 'vitest';
import { fakeAuth } from '../testing/fake-auth.ts';
import { isEnded, setEnded } from './session-ended.ts';
import { readSeed, writeSeed } from './session-seed.ts';
import { signInAgain } from './sign-in-again.ts';

afterEach(() => {
  sessionStorage.clear();
  vi.useRealTimers();
});

it('sends a resident whose session ended to sign in and back, and a second time only after a minute', () => {
  vi.useFakeTimers();
  history.replaceState(null, '', '/households/home-1?x=1');
  const auth = fakeAuth();
  signInAgain(auth, new ApiError('signed-out', 'the token was refused twice'));
  signInAgain(auth, new ApiError('signed-out', 'the token was refused twice'));
  expect(auth.asked).toEqual(['signIn /households/home-1?x=1']);
  vi.advanceTimersByTime(60_000);
  signInAgain(auth, new ApiError('signed-out', 'the token was refused twice'));
  expect(auth.asked).toHaveLength(2);
});

it('begins the page again, signed out and told so, when the session was ended from another device', () => {
  const auth = fakeAuth();
  writeSeed({ sub: 'resident-1', refreshToken: 'refresh-1' });
  let begun = 0;
  const problem = { type: 'about:blank', title: 'Sign in again', status: 401, code: 'session-ended' };
  signInAgain(auth, new ApiError('signed-out', 'ended', { problem }), () => {
    begun += 1;
  });
  expect([begun, auth.asked, readSeed(), isEnded()]).toEqual([1, [], undefined, true]);
  setEnded(false);
  expect(isEnded()).toBe(false);
});
