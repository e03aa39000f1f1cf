import { useQueries, useQuery } from '@tanstack/react-query';
import { eraseAccount, eraseHousehold, readErasure, settleErasure, type ErasureReport } from '../api/erasures.ts';
import { listMembers, type Members } from '../api/members.ts';
import { isDenied, type Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';

/** Half an hour goes by until all is erased, days where a payout has to end first. */
const ERASING_POLL_MS = 5000;
const WAITING_POLL_MS = 60_000;

const pollMs = (report: ErasureReport | undefined): number | false => {
  if (report?.state === 'erased') return false;
  return report === undefined || report.state === 'erasing' ? ERASING_POLL_MS : WAITING_POLL_MS;
};

/** A receipt, for whoever holds its id; nobody has to be signed in. */
export const useErasure = (erasureId: string): Loaded<ErasureReport> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['erasures', erasureId],
    queryFn: ({ signal }) => call(readErasure, { params: { erasureId } }, signal),
    refetchInterval: ({ state: { data, error } }) => (isDenied(error) ? false : pollMs(data)),
  });
  return useLoaded(result);
};

/** The id is made by whoever asks, so that a lost answer loses no receipt; asked again with it, it is the same erasure. */
export type EraseInput = { readonly erasureId: string; readonly forfeit: boolean };

export const useEraseHousehold = (householdId: string): Action<EraseInput, ErasureReport> => {
  const call = useCall();
  return useAction({
    act: async (asked: EraseInput) => call(eraseHousehold, { body: { householdId, confirm: 'erase', ...asked } }),
    changes: [],
  });
};

export const useEraseAccount = (): Action<EraseInput, ErasureReport> => {
  const call = useCall();
  return useAction({
    act: async (asked: EraseInput) => call(eraseAccount, { body: { confirm: 'erase', ...asked } }),
    changes: [],
  });
};

/** Says what becomes of a balance for which an erasure waits; nobody has to be signed in. */
export const useSettleErasure = (erasureId: string): Action<'pay' | 'forfeit', ErasureReport> => {
  const call = useCall();
  return useAction({
    act: async (balance: 'pay' | 'forfeit') => call(settleErasure, { params: { erasureId }, body: { balance } }),
    changes: ['erasures'],
  });
};

/** Who else is in each home, which decides what becomes of it. */
export const useMembersOf = (householdIds: readonly string[]): readonly Loaded<Members>[] => {
  const call = useCall();
  return useQueries({
    queries: householdIds.map((householdId) => ({
      queryKey: ['members', householdId],
      queryFn: async ({ signal }: { signal: AbortSignal }) => call(listMembers, { params: { householdId } }, signal),
    })),
    combine: (results) =>
      results.map(({ data, error, fetchStatus, dataUpdatedAt }) => ({
        data,
        error,
        paused: fetchStatus === 'paused',
        atMs: dataUpdatedAt,
      })),
  });
};
