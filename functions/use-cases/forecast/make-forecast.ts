import type { ForecastAnswer, ForecastRequest } from '@hems/models/forecast/answer';
import { usualAnswer } from '@hems/models/forecast/usual-answer';
import type { Forecast } from '@hems/shared/api/forecast';
import { ForecasterUnavailable, type Forecaster } from '../../ports/forecaster.ts';

export type Made = { readonly answer: ForecastAnswer; readonly engine: Forecast['engine'] };

/** What the engine says of the home; where it does not answer, what is usual there, and that it is only that. */
export const makeForecast = async (
  forecaster: Forecaster,
  request: ForecastRequest,
  patienceMs: number,
): Promise<Made> => {
  try {
    return await forecaster.forecast(request, patienceMs);
  } catch (error) {
    if (!(error instanceof ForecasterUnavailable)) throw error;
    return { answer: usualAnswer(request), engine: 'usual' };
  }
};
