import type { SageMakerRuntimeClientConfig } from '@aws-sdk/client-sagemaker-runtime';
import type { Clock } from '../../ports/clock.ts';
import type { Forecaster } from '../../ports/forecaster.ts';
import type { EndpointInForce, ForecastEndpoint } from './forecast-endpoint.ts';
import { EndpointDown, sagemakerForecaster } from './sagemaker-forecaster.ts';

type Parts = {
  readonly endpoint: EndpointInForce;
  readonly clock: Clock;
  /** the model that ships; loaded only where no endpoint is in force, or it is down */
  readonly embedded: () => Promise<Forecaster>;
};

const same = (a: ForecastEndpoint, b: ForecastEndpoint): boolean =>
  a.endpointName === b.endpointName && a.modelVersion === b.modelVersion;

/**
 * The endpoint that the training has promoted last; until there is one, and while it is down, the model that ships. An endpoint that is down wakes
 * somebody by its own errors; what is wrong with what we were told of it does not, so that has no stand-in and is told by whoever asks.
 */
export const forecasterInForce = (
  { endpoint, clock, embedded }: Parts,
  config: SageMakerRuntimeClientConfig = {},
): Forecaster => {
  let connected: { readonly to: ForecastEndpoint; readonly forecaster: Forecaster } | undefined;
  const connect = (to: ForecastEndpoint): Forecaster => {
    if (!connected || !same(connected.to, to))
      connected = {
        to,
        forecaster: sagemakerForecaster({ ...to, clock, onOtherModel: () => endpoint.forget() }, config),
      };
    return connected.forecaster;
  };
  return {
    forecast: async (request, patienceMs) => {
      const to = await endpoint.read();
      try {
        if (to) return await connect(to).forecast(request, patienceMs);
      } catch (error) {
        if (!(error instanceof EndpointDown)) throw error;
      }
      return (await embedded()).forecast(request, patienceMs);
    },
  };
};
