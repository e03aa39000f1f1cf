import { afterEach, expect, it, vi } from 'vitest';
import { fakeAuth } from '../testing/fake-auth.ts';
import { signInAgain } from './sign-in-again.ts';

afterEach(() => {
  sessionStorage.clear();
  vi.useRealTimers();
});

it('sends a resident whose session ended to sign in and back, and a second time only after a minute', () => {
  vi.useFakeTimers();
  history.replaceState(null, '', '/households/home-1?x=1');
  const auth = fakeAuth();
  signInAgain(auth);
  signInAgain(auth);
  expect(auth.asked).toEqual(['signIn /households/home-1?x=1']);
  vi.advanceTimersByTime(60_000);
  signInAgain(auth);
  expect(auth.asked).toHaveLength(2);
});
