import { useQuery } from '@tanstack/react-query';
import { joinChallenge, leaveChallenge, listChallenges, type ChallengeView } from '../api/challenges.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

const CHALLENGES_POLL_MS = 5 * 60_000;

type Challenges = { readonly challenges: readonly ChallengeView[] };

/** Challenges that are open, running or lately over. */
export const useChallenges = (householdId: string): Loaded<Challenges> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['challenges', householdId],
    queryFn: async ({ signal }): Promise<Challenges> => call(listChallenges, { params: { householdId } }, signal),
    ...polled(CHALLENGES_POLL_MS),
  });
  return useLoaded(result);
};

const CHANGES = ['challenges'];

export const useJoinChallenge = (householdId: string): Action<string, ChallengeView> => {
  const call = useCall();
  return useAction({
    act: async (challengeId: string) => call(joinChallenge, { params: { householdId, challengeId } }),
    changes: CHANGES,
  });
};

export const useLeaveChallenge = (householdId: string): Action<string, ChallengeView> => {
  const call = useCall();
  return useAction({
    act: async (challengeId: string) => call(leaveChallenge, { params: { householdId, challengeId } }),
    changes: CHANGES,
  });
};
