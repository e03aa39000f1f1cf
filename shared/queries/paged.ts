import { useInfiniteQuery, type Query } from '@tanstack/react-query';
import type { Loaded } from '../view/card.ts';
import { useLoaded } from './loaded.ts';

export type Pages<Page> = {
  readonly pages: Loaded<readonly Page[]>;
  /** undefined: there are no more */
  readonly more: (() => void) | undefined;
};

type Options<Page> = {
  readonly queryKey: readonly string[];
  readonly page: (query: { readonly cursor?: string }, signal: AbortSignal) => Promise<Page>;
  readonly staleTime: number;
  readonly refetchInterval?: (query: Pick<Query, 'state'>) => number | false;
};

const FIRST_PAGE = '';

/** A list that the service hands out page by page, as far as it has been asked for. */
export const usePages = <Page extends { readonly cursor: string | null }>({
  queryKey,
  page,
  ...timing
}: Options<Page>): Pages<Page> => {
  const { data, error, fetchStatus, dataUpdatedAt, errorUpdatedAt, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey,
    queryFn: async ({ signal, pageParam }) => page(pageParam === FIRST_PAGE ? {} : { cursor: pageParam }, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
    ...timing,
  });
  const pages = useLoaded({ data: data?.pages, error, fetchStatus, dataUpdatedAt, errorUpdatedAt });
  return { pages, more: hasNextPage ? () => void fetchNextPage() : undefined };
};
