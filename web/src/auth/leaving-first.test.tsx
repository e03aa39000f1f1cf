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
  await leavingFirst(auth, async () => order.push(`left before ${auth.asked.length} sign-outs`)).signOut();
  expect([order, auth.asked]).toEqual([['left before 0 sign-outs'], ['signOut']]);
});

it('signs out though the service refuses, and after two seconds though it does not answer', async () => {
  vi.stubGlobal('reportError', () => undefined);
  const auth = fakeAuth();
  await leavingFirst(auth, async () => Promise.reject(new Error('down'))).signOut();
  vi.useFakeTimers();
  const leaving = leavingFirst(auth, async () => new Promise(() => undefined)).signOut();
  await vi.advanceTimersByTimeAsync(2000);
  await leaving;
  expect(auth.asked).toEqual(['signOut', 'signOut']);
});
