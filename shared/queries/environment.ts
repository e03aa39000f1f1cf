import { useQuery } from '@tanstack/react-query';
import { readEnvironment, type Environment } from '../api/environment.ts';
import type { Loaded } from '../view/card.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

/** Air changes slowly. */
const ENVIRONMENT_POLL_MS = 30_000;

/** Temperature, humidity and CO2 by sensor. */
export const useEnvironment = (householdId: string): Loaded<Environment> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['environment', householdId],
    queryFn: ({ signal }) => call(readEnvironment, { params: { householdId } }, signal),
    ...polled(ENVIRONMENT_POLL_MS),
  });
  return useLoaded(result);
};
