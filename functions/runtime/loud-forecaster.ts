import { ForecasterUnavailable, type Forecaster } from '../ports/forecaster.ts';
import { log } from './log.ts';

/** Whoever asks goes on with what is usual; why, is told here, and once for all homes in a row that hear the same. */
export const loudForecaster = (forecaster: Forecaster): Forecaster => {
  let told = '';
  return {
    forecast: async (request, patienceMs) => {
      try {
        const forecasted = await forecaster.forecast(request, patienceMs);
        told = '';
        return forecasted;
      } catch (error) {
        if (error instanceof ForecasterUnavailable && error.message !== told) {
          told = error.message;
          log.warn('no engine forecasts', { reason: error.message, error });
        }
        throw error;
      }
    },
  };
};
