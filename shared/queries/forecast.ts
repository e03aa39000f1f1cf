import { useQuery } from '@tanstack/react-query';
import { readForecast, readForecastAccuracy, type Forecast, type ForecastAccuracy } from '../api/forecast.ts';
import type { Loaded } from '../view/card.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

/** A forecast is made once an hour; asked for so often, it is seldom minutes behind. */
const FORECAST_POLL_MS = 10 * 60_000;
/** Days are held against their forecast once a night. */
const ACCURACY_STALE_MS = 30 * 60_000;

/** What the home is expected to use. */
export const useForecast = (householdId: string): Loaded<Forecast> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['forecast', householdId],
    queryFn: ({ signal }) => call(readForecast, { params: { householdId } }, signal),
    ...polled(FORECAST_POLL_MS),
  });
  return useLoaded(result);
};

type Span = { readonly from: string; readonly to: string };

/** How the forecasts of the days did. */
export const useForecastAccuracy = (householdId: string, span: Span): Loaded<ForecastAccuracy> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['forecast', householdId, 'accuracy', span],
    queryFn: ({ signal }) => call(readForecastAccuracy, { params: { householdId }, query: span }, signal),
    staleTime: ACCURACY_STALE_MS,
  });
  return useLoaded(result);
};
