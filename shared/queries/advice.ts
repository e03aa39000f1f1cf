import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import { answerAdvice, listAdvice, setSafeguard, type Advice } from '../api/advice.ts';
import type { RequestOf } from '../client/request.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';

const STALE_MS = 10 * 60_000;

/** What the home could do to use or pay less, and what became of what it did. */
export const useAdvice = (householdId: string): Loaded<Advice> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['advice', householdId],
    queryFn: ({ signal }) => call(listAdvice, { params: { householdId } }, signal),
    staleTime: STALE_MS,
  });
  return useLoaded(result);
};

export type AdviceAnswer = RequestOf<typeof answerAdvice>['body'];
type Answered = z.output<typeof answerAdvice.answer>;

export const useAnswerAdvice = (householdId: string, adviceId: string): Action<AdviceAnswer, Answered> => {
  const call = useCall();
  return useAction({
    act: async (body: AdviceAnswer) => call(answerAdvice, { params: { householdId, adviceId }, body }),
    changes: ['advice'],
  });
};

type Safeguard = z.output<typeof setSafeguard.answer>;

export const useSetSafeguard = (householdId: string): Action<boolean, Safeguard> => {
  const call = useCall();
  return useAction({
    act: async (isVulnerable: boolean) => call(setSafeguard, { params: { householdId }, body: { isVulnerable } }),
    changes: ['advice'],
  });
};
