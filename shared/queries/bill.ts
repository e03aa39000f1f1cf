import { useQuery } from '@tanstack/react-query';
import { readRunningBill, type RunningBill } from '../api/bill.ts';
import type { Loaded } from '../view/card.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

const BILL_POLL_MS = 5 * 60_000;

/** The bill of the meter-reading period that holds the date; the present one without it. */
export const useRunningBill = (householdId: string, date?: string): Loaded<RunningBill> => {
  const call = useCall();
  const query = date === undefined ? {} : { date };
  const result = useQuery({
    queryKey: ['bill', householdId, query],
    queryFn: ({ signal }) => call(readRunningBill, { params: { householdId }, query }, signal),
    ...polled(BILL_POLL_MS),
  });
  return useLoaded(result);
};
