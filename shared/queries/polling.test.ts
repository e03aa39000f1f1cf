// @vitest-environment jsdom -- React Query does not poll on a server
import { focusManager, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { LIVE_POLL_MS } from './attention.ts';
import { createQueryClient, polled } from './query-client.ts';

const MINUTE_MS = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  focusManager.setFocused(true);
  vi.useRealTimers();
});

/** Follows a live query and counts how often it asks. */
const watch = (answer: () => Promise<number>): { readonly asked: () => number; readonly stop: () => void } => {
  let asked = 0;
  const client = createQueryClient(() => undefined);
  client.mount();
  const observer = new QueryObserver(client, {
    queryKey: ['live'],
    queryFn: async () => {
      asked += 1;
      return answer();
    },
    ...polled(LIVE_POLL_MS),
  });
  const unsubscribe = observer.subscribe(() => undefined);
  return {
    asked: () => asked,
    stop: () => {
      unsubscribe();
      client.unmount();
    },
  };
};

describe('the live poll', () => {
  it('runs while somebody looks, slows down behind another page, ends after five minutes and starts again on return', async () => {
    const live = watch(async () => 1);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(live.asked()).toBe(5);

    focusManager.setFocused(false);
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
    expect(live.asked()).toBeGreaterThanOrEqual(9);
    expect(live.asked()).toBeLessThanOrEqual(11);
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    const ended = live.asked();
    await vi.advanceTimersByTimeAsync(60 * MINUTE_MS);
    expect(live.asked()).toBe(ended);

    focusManager.setFocused(true);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(live.asked()).toBeGreaterThanOrEqual(ended + 4);
    live.stop();
  });

  it('goes on through failures of the service', async () => {
    const live = watch(async () => Promise.reject(new ApiError('unavailable', 'test')));
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(live.asked()).toBeGreaterThan(5);
    live.stop();
  });

  it('asks once and never again where it is denied', async () => {
    const live = watch(async () => Promise.reject(new ApiError('no-permission', 'test')));
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(live.asked()).toBe(1);
    live.stop();
  });
});
