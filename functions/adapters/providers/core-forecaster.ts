import { forecastHome } from '@hems/models/forecast/forecast';
import type { Models } from '@hems/models/forecast/model-file';
import { shippedModels } from '@hems/models/forecast/shipped-model';
import type { Forecaster } from '../../ports/forecaster.ts';
import { checkRequest } from '../forecast-request.ts';

/** The forecaster in this process, with the model that ships: read at the first forecast, once. */
export const coreForecaster = (): Forecaster => {
  let models: Models | undefined;
  return {
    forecast: async (request) => ({
      answer: forecastHome((models ??= shippedModels()), checkRequest(request)),
      engine: 'embedded',
    }),
  };
};
