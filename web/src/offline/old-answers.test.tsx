import { useLoaded } from '@hems/shared/queries/loaded';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it('an answer grows old on a page that nothing else draws again, while this device has no connection', () => {
  vi.useFakeTimers({ now: 1_795_000_020_000 });
  const atMs = Date.now();
  const waiting = { data: 1, error: null, dataUpdatedAt: atMs, errorUpdatedAt: 0 } as const;
  const { result, rerender } = renderHook(useLoaded<number>, { initialProps: { ...waiting, fetchStatus: 'paused' } });
  const lateMs = () => (result.current.failedMs ?? 0) - atMs;
  expect(lateMs()).toBeLessThan(60_000);
  act(() => void vi.advanceTimersByTime(20 * 60_000));
  expect(lateMs()).toBeGreaterThanOrEqual(19 * 60_000);
  rerender({ ...waiting, fetchStatus: 'idle' });
  expect(result.current).toMatchObject({ paused: false, failedMs: 0 });
});
