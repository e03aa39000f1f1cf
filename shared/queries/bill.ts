import { useQuery } from '@tanstack/react-query';
import { readRunningBill, type RunningBill } from '../api/bill.ts';
import type { Loaded } from '../view/card.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

/** As often as today (days.ts), whose cost stands beside it on one screen and is a part of it. */
const RUNNING_POLL_MS = 60_000;
const PAST_POLL_MS = 5 * 60_000;

/** The bill of the meter-reading period that holds the date; the present one without it. */
export const useRunningBill = (householdId: string, date?: string): Loaded<RunningBill> => {
  const call = useCall();
  const query = date === undefined ? {} : { date };
  const result = useQuery({
    queryKey: ['bill', householdId, query],
    queryFn: ({ signal }) => call(readRunningBill, { params: { householdId }, query }, signal),
    ...polled(date === undefined ? RUNNING_POLL_MS : PAST_POLL_MS),
  });
  return useLoaded(result);
};
