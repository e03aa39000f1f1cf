import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import type { Loaded } from '../view/card.ts';

const MINUTE_MS = 60_000;
const everyMinute = (tell: () => void): (() => void) => {
  const timer = setInterval(tell, MINUTE_MS);
  return () => clearInterval(timer);
};
const never = () => () => undefined;
const minuteMs = (): number => Date.now() - (Date.now() % MINUTE_MS);

type Result<T> = Pick<UseQueryResult<T>, 'data' | 'error' | 'fetchStatus' | 'dataUpdatedAt' | 'errorUpdatedAt'>;

/** What a view model needs of a query, the same object until something of it changes. */
export const useLoaded = <T>({ data, error, fetchStatus, dataUpdatedAt, errorUpdatedAt }: Result<T>): Loaded<T> => {
  const paused = fetchStatus === 'paused';
  // A query that waits for a connection does not fail again: what it has grows old by the clock.
  const failedMs = useSyncExternalStore(paused ? everyMinute : never, () => (paused ? minuteMs() : errorUpdatedAt));
  return useMemo(
    () => ({ data, error, paused, atMs: dataUpdatedAt, failedMs }),
    [data, error, paused, dataUpdatedAt, failedMs],
  );
};
