import { act, cleanup, render, screen } from '@testing-library/react';
import { Suspense, type ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { lazyOr } from './lazy-or.ts';

afterEach(cleanup);

const Label = (): ReactNode => <p>데모</p>;

const shown = (Part: ReturnType<typeof lazyOr>) =>
  render(
    <Suspense fallback={<p>잠시만요</p>}>
      <Part />
      <p>0.42 kW</p>
    </Suspense>,
  );

it('a part whose file or styles cannot be fetched without a connection leaves the power on the screen', async () => {
  shown(lazyOr(Label, async () => Promise.reject(new Error('Unable to preload CSS'))));
  await screen.findByText('0.42 kW');
  expect(screen.queryByText('데모')).not.toBeNull();
});

it('a part that can be fetched stands in its own place', async () => {
  shown(lazyOr(Label, async () => () => <p>데모 · 자세히</p>));
  expect(await screen.findByText('데모 · 자세히')).toBeDefined();
});

it('a part that cannot be fetched at first comes by itself once it can be', async () => {
  vi.useFakeTimers();
  let attempts = 0;
  shown(
    lazyOr(Label, async () => {
      attempts += 1;
      if (attempts < 4) throw new Error('Failed to fetch dynamically imported module');
      return () => <p>데모 · 자세히</p>;
    }),
  );
  await act(async () => vi.advanceTimersByTimeAsync(0));
  expect(screen.queryByText('데모')).not.toBeNull();
  await act(async () => vi.advanceTimersByTimeAsync(14_000));
  expect(screen.queryByText('데모 · 자세히')).not.toBeNull();
  expect(attempts).toBe(4);
  vi.useRealTimers();
});
