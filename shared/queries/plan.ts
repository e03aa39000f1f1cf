import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import {
  endOverride,
  overridePlan,
  readPlan,
  setAutomation,
  type Automation,
  type OVERRIDES,
  type PlanAnswer,
} from '../api/plan.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

/** A plan is made anew every half hour; how its orders fare shows sooner. */
const PLAN_POLL_MS = 60_000;

/** What battery and car are to do, what the home allows, and how the last orders fared. */
export const usePlan = (householdId: string): Loaded<PlanAnswer> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['plan', householdId],
    queryFn: ({ signal }) => call(readPlan, { params: { householdId } }, signal),
    ...polled(PLAN_POLL_MS),
  });
  return useLoaded(result);
};

export const useSetAutomation = (householdId: string): Action<Automation, Automation> => {
  const call = useCall();
  return useAction({
    act: async (body: Automation) => call(setAutomation, { params: { householdId }, body }),
    changes: ['plan'],
  });
};

export type Override = { readonly mode: (typeof OVERRIDES)[number]; readonly minutes: number };
type Overridden = z.output<typeof overridePlan.answer>;

export const useOverridePlan = (householdId: string): Action<Override, Overridden> => {
  const call = useCall();
  return useAction({
    act: async (body: Override) => call(overridePlan, { params: { householdId }, body }),
    changes: ['plan'],
  });
};

export const useEndOverride = (householdId: string): Action<void, object> => {
  const call = useCall();
  return useAction({ act: async () => call(endOverride, { params: { householdId } }), changes: ['plan'] });
};
