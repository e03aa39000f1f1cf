import type { ForecastAnswer, ForecastRequest } from '@hems/models/forecast/answer';

/** No answer in time, or none that can be used. Whoever asks falls back to what the home usually does, and says so. */
export class ForecasterUnavailable extends Error {
  override readonly name = 'ForecasterUnavailable';
}

export type Forecasted = { readonly answer: ForecastAnswer; readonly engine: 'endpoint' | 'embedded' };

/** Forecasts of homes, by whichever engine is in force. Contract suite: `adapters/contract/forecaster.contract.ts`. */
export type Forecaster = {
  /**
   * The same request to the same model gives the same bytes, whatever the engine. `patienceMs`: how long whoever asks can wait.
   * Throws `ForecasterUnavailable`, and RangeError where the request itself is refused.
   */
  forecast(request: ForecastRequest, patienceMs: number): Promise<Forecasted>;
};
