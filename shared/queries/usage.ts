import { DAY_MS, localDate } from '@hems/models/calendar/seoul';
import { skipToken, useQuery } from '@tanstack/react-query';
import { readDeviceUsage, readUsage, type DeviceUsage, type Grain, type Usage } from '../api/usage.ts';
import type { Loaded } from '../view/card.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

/** A quarter hour is settled a minute after it ends at the latest; until then live values draw it. */
const DAY_POLL_MS = 60_000;
const DAY_BEFORE_STALE_MS = 30 * 60_000;

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

/** The day before those of `useDayUsage`, against which the last 24 hours are shown. Late readings seldom change it. */
export const useDayBefore = (householdId: string, nowMs: number): Loaded<Usage> => {
  const call = useCall();
  const date = localDate(nowMs - 2 * DAY_MS);
  const query = { grain: '15min', from: date, to: date } as const;
  const result = useQuery({
    queryKey: ['usage', householdId, query],
    queryFn: ({ signal }) => call(readUsage, { params: { householdId }, query }, signal),
    staleTime: DAY_BEFORE_STALE_MS,
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

/** Ranks of devices do not change by the minute. */
const DEVICE_POLL_MS = 5 * 60_000;

/** What each device used in local days, both inclusive; undefined: nothing is asked for. */
export const useDeviceUsage = (
  householdId: string,
  span: { readonly from: string; readonly to: string } | undefined,
): Loaded<DeviceUsage> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['usage', householdId, 'devices', span],
    queryFn:
      span === undefined
        ? skipToken
        : ({ signal }) => call(readDeviceUsage, { params: { householdId }, query: span }, signal),
    ...polled(DEVICE_POLL_MS),
  });
  return useLoaded(result);
};
