import { useQuery } from '@tanstack/react-query';
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
import { usePages, type Pages } from './paged.ts';

const STALE_MS = 5 * 60_000;
/** Balances, payouts and entries, page by page. */
export const useRewards = (householdId: string): Pages<Rewards> => {
  const call = useCall();
  return usePages({
    queryKey: ['rewards', householdId],
    page: async (query, signal) => call(readRewards, { params: { householdId }, query }, signal),
    staleTime: STALE_MS,
  });
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
