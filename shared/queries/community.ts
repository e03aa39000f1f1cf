import { useQuery } from '@tanstack/react-query';
import {
  COMMUNITY_TEXT_VERSION,
  joinCommunity,
  leaveCommunity,
  readCommunity,
  type Community,
  type Membership,
} from '../api/community.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

/** A ranking is made once a night; others join and leave meanwhile. */
const COMMUNITY_POLL_MS = 5 * 60_000;

/** Membership, standing and ranking of a month (`YYYY-MM`); the month of yesterday without it. */
export const useCommunity = (householdId: string, month?: string): Loaded<Community> => {
  const call = useCall();
  const query = month === undefined ? {} : { month };
  const result = useQuery({
    queryKey: ['community', householdId, query],
    queryFn: ({ signal }) => call(readCommunity, { params: { householdId }, query }, signal),
    ...polled(COMMUNITY_POLL_MS),
  });
  return useLoaded(result);
};

const CHANGES = ['community', 'challenges', 'consents'];

/** Agrees to the text whose version this app shows. */
export const useJoinCommunity = (householdId: string): Action<void, Membership> => {
  const call = useCall();
  return useAction({
    act: async () => call(joinCommunity, { params: { householdId }, body: { textVersion: COMMUNITY_TEXT_VERSION } }),
    changes: CHANGES,
  });
};

export const useLeaveCommunity = (householdId: string): Action<void, Membership> => {
  const call = useCall();
  return useAction({ act: async () => call(leaveCommunity, { params: { householdId } }), changes: CHANGES });
};
