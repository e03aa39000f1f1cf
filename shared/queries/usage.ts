import { DAY_MS, localDate } from '@hems/models/calendar/seoul';
import { skipToken, useQuery } from '@tanstack/react-query';
import { readUsage, type Grain, type Usage } from '../api/usage.ts';
import type { Loaded } from '../view/card.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

/** A quarter hour is settled a minute after it ends at the latest; until then live values draw it. */
const DAY_POLL_MS = 60_000;

/** The quarter hours of yesterday and today in Korea, which hold the last 24 hours before `nowMs`. */
export const useDayUsage = (householdId: string, nowMs: number): Loaded<Usage> => {
  const call = useCall();
  const query = { grain: '15min', from: localDate(nowMs - DAY_MS), to: localDate(nowMs) } as const;
  const result = useQuery({
    queryKey: ['usage', householdId, query],
    queryFn: ({ signal }) => call(readUsage, { params: { householdId }, query }, signal),
    // At midnight the dates change: yesterday's answer stays until the new one is there.
    placeholderData: (before: Usage | undefined) => (before?.householdId === householdId ? before : undefined),
    ...polled(DAY_POLL_MS),
  });
  return useLoaded(result);
};

type Asked = { readonly grain: Grain; readonly from: string; readonly to: string };

/** Energy by interval; undefined: nothing is asked for. */
export const useUsage = (householdId: string, asked: Asked | undefined): Loaded<Usage> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['usage', householdId, asked],
    queryFn:
      asked === undefined
        ? skipToken
        : ({ signal }) => call(readUsage, { params: { householdId }, query: asked }, signal),
    ...polled(DAY_POLL_MS),
  });
  return useLoaded(result);
};
