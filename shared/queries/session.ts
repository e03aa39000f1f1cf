import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import { readSession } from '../api/session.ts';
import type { Loaded } from '../view/card.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';

/** Membership seldom changes; coming back to the page asks again. */
const STALE_MS = 5 * 60_000;

type Session = z.output<typeof readSession.answer>;

/** Who is signed in and which households they may see. */
export const useSession = (): Loaded<Session> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => call(readSession, {}, signal),
    staleTime: STALE_MS,
  });
  return useLoaded(result);
};
