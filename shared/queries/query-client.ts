import { MutationCache, QueryCache, QueryClient, type Query } from '@tanstack/react-query';
import { ApiError, isTransient } from '../errors/api-error.ts';
import { isDenied } from '../view/card.ts';
import { hiddenForMs, pollMs } from './attention.ts';

const ATTEMPTS = 2;

/** The query client of an app. `onSignedOut` is told, and why, when only signing in again helps. */
export const createQueryClient = (onSignedOut: (error: ApiError) => void): QueryClient => {
  const onError = (error: unknown): void => {
    if (error instanceof ApiError && error.kind === 'signed-out') onSignedOut(error);
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { retry: (failures, error) => isTransient(error) && failures < ATTEMPTS } },
  });
};

/** Options of a query that is asked again every `shownMs`, more seldom behind another page, and never once it is denied. */
export const polled = (shownMs: number) => ({
  staleTime: shownMs,
  refetchInterval: ({ state }: Pick<Query, 'state'>): number | false =>
    isDenied(state.error) ? false : pollMs(shownMs, hiddenForMs()),
  refetchIntervalInBackground: true,
});
