import { afterEach, expect, it, vi } from 'vitest';
import { fakeAuth } from '../testing/fake-auth.ts';
import { leavingFirst } from './leaving-first.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('stops the pushes of this browser before whoever signs out has no token any more', async () => {
  const auth = fakeAuth();
  const order: string[] = [];
  const told = (what: string): number => order.push(`${what} before ${auth.asked.length} sign-outs`);
  await leavingFirst(
    auth,
    async () => told('left'),
    () => told('forgotten'),
  ).signOut();
  expect([order, auth.asked]).toEqual([['left before 0 sign-outs', 'forgotten before 0 sign-outs'], ['signOut']]);
});

it('signs out though the service refuses, and after two seconds though it does not answer', async () => {
  vi.stubGlobal('reportError', () => undefined);
  const auth = fakeAuth();
  const forget = (): void => undefined;
  await leavingFirst(auth, async () => Promise.reject(new Error('down')), forget).signOut();
  vi.useFakeTimers();
  const leaving = leavingFirst(auth, async () => new Promise(() => undefined), forget).signOut();
  await vi.advanceTimersByTimeAsync(2000);
  await leaving;
  expect(auth.asked).toEqual(['signOut', 'signOut']);
});
