import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Loaded } from '../view/card.ts';

/** What a view model needs of a query, the same object until something of it changes. */
export const useLoaded = <T>({ data, error, fetchStatus, dataUpdatedAt }: UseQueryResult<T>): Loaded<T> => {
  const paused = fetchStatus === 'paused';
  return useMemo(() => ({ data, error, paused, atMs: dataUpdatedAt }), [data, error, paused, dataUpdatedAt]);
};
