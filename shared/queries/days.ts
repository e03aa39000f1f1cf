import { skipToken, useQuery } from '@tanstack/react-query';
import { readDays, readScore, type Days, type ScoreAnswer } from '../api/days.ts';
import { readToday, type Today } from '../api/today.ts';
import type { Loaded } from '../view/card.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

/** Days are derived once a night; coming back to the page asks again. */
const STALE_MS = 10 * 60_000;

type Span = { readonly from: string; readonly to: string };

/** Daily items with cost, CO2 and saving; undefined: nothing is asked for. */
export const useDays = (householdId: string, span: Span | undefined): Loaded<Days> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['days', householdId, span],
    queryFn:
      span === undefined ? skipToken : ({ signal }) => call(readDays, { params: { householdId }, query: span }, signal),
    staleTime: STALE_MS,
  });
  return useLoaded(result);
};

/** A quarter hour is known a minute after it ends at the latest. */
const TODAY_POLL_MS = 60_000;

/** Today so far, with what it saved against the usual day. `asked: false`: it is not asked for. */
export const useToday = (
  householdId: string,
  { asked }: { readonly asked: boolean } = { asked: true },
): Loaded<Today> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['days', householdId, 'today'],
    queryFn: asked ? ({ signal }) => call(readToday, { params: { householdId } }, signal) : skipToken,
    ...polled(TODAY_POLL_MS),
  });
  return useLoaded(result);
};

/** The efficiency score of the last 30 known days. */
export const useScore = (householdId: string): Loaded<ScoreAnswer> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['days', householdId, 'score'],
    queryFn: ({ signal }) => call(readScore, { params: { householdId } }, signal),
    staleTime: STALE_MS,
  });
  return useLoaded(result);
};
