import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { readLive } from '../api/live.ts';
import type { Loaded } from '../view/card.ts';
import { followLive, type LiveState } from '../view/live-tail.ts';
import { useCall } from './api.ts';
import { LIVE_POLL_MS } from './attention.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

/** The household now, and the values seen since the page was opened. */
export const useLive = (householdId: string): Loaded<LiveState> => {
  const call = useCall();
  const queryKey = ['live', householdId];
  const result = useQuery({
    queryKey,
    queryFn: async ({ signal, client }) => {
      const live = await call(readLive, { params: { householdId } }, signal);
      return followLive(client.getQueryData<LiveState>(queryKey), live);
    },
    ...polled(LIVE_POLL_MS),
  });
  const { data, error, paused, atMs } = useLoaded(result);
  // Each of its values stands with its own time.
  return useMemo(() => ({ data, error, paused, atMs }), [data, error, paused, atMs]);
};
