import type { Supply } from '@hems/models/household/supply';
import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import { readSupply, setSupply } from '../api/supply.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';

export type SupplyAnswer = z.output<typeof readSupply.answer>;

const STALE_MS = 10 * 60_000;

/** How the household is supplied, and whether it has said so itself. */
export const useSupply = (householdId: string): Loaded<SupplyAnswer> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['supply', householdId],
    queryFn: ({ signal }) => call(readSupply, { params: { householdId } }, signal),
    staleTime: STALE_MS,
  });
  return useLoaded(result);
};

export const useSetSupply = (householdId: string): Action<Supply, SupplyAnswer> => {
  const call = useCall();
  return useAction({
    act: async (supply: Supply) => call(setSupply, { params: { householdId }, body: supply }),
    changes: ['supply', 'bill'],
  });
};
