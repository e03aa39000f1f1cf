import { CONSENTS, type ConsentPurpose } from '@hems/models/household/consents';
import { useQuery } from '@tanstack/react-query';
import { readConsents, setConsent, type Consents } from '../api/consents.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';

const STALE_MS = 60_000;

/** What the household has agreed to. */
export const useConsents = (householdId: string): Loaded<Consents> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['consents', householdId],
    queryFn: ({ signal }) => call(readConsents, { params: { householdId } }, signal),
    staleTime: STALE_MS,
  });
  return useLoaded(result);
};

/** Agrees to the text that this app shows, or withdraws. */
export const useSetConsent = (householdId: string, purpose: ConsentPurpose): Action<boolean, Consents> => {
  const call = useCall();
  const { textVersion } = CONSENTS[purpose];
  return useAction({
    act: async (granted: boolean) =>
      call(setConsent, { params: { householdId, purpose }, body: { granted, textVersion } }),
    // joining and leaving the community is its consent; programmes rest on another, forecast, advice and plan on a third
    changes: ['consents', 'community', 'challenges', 'programmes', 'forecast', 'advice', 'plan'],
  });
};
