import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import {
  askPayout,
  readEvidence,
  readRewards,
  type Evidence,
  type PayoutAnswer,
  type Rewards,
} from '../api/rewards.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';

const STALE_MS = 5 * 60_000;
const FIRST_PAGE = '';

export type RewardPages = {
  readonly pages: Loaded<readonly Rewards[]>;
  /** undefined: there are no more */
  readonly more: (() => void) | undefined;
};

/** Balances, payouts and entries, page by page. */
export const useRewards = (householdId: string): RewardPages => {
  const call = useCall();
  const { data, error, fetchStatus, dataUpdatedAt, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['rewards', householdId],
    queryFn: async ({ signal, pageParam }) =>
      call(
        readRewards,
        { params: { householdId }, query: pageParam === FIRST_PAGE ? {} : { cursor: pageParam } },
        signal,
      ),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
    staleTime: STALE_MS,
  });
  const pages = useMemo(
    () => ({ data: data?.pages, error, paused: fetchStatus === 'paused', atMs: dataUpdatedAt }),
    [data, error, fetchStatus, dataUpdatedAt],
  );
  return { pages, more: hasNextPage ? () => void fetchNextPage() : undefined };
};

/** What an entry rests on. */
export const useEvidence = (householdId: string, entryId: string): Loaded<Evidence> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['rewards', householdId, entryId],
    queryFn: ({ signal }) => call(readEvidence, { params: { householdId, entryId } }, signal),
    staleTime: STALE_MS,
  });
  return useLoaded(result);
};

type Asked = Pick<PayoutAnswer, 'payoutId' | 'unit' | 'amount'>;

/** Asks for a payout. Sent again with the same payoutId it stays one payout. */
export const useAskPayout = (householdId: string): Action<Asked, PayoutAnswer> => {
  const call = useCall();
  return useAction({
    act: async (body: Asked) => call(askPayout, { params: { householdId }, body }),
    changes: ['rewards'],
  });
};
