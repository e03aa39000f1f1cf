import { GetParameterCommand, ParameterNotFound, SSMClient, type SSMClientConfig } from '@aws-sdk/client-ssm';
import * as z from 'zod';
import type { Clock } from '../../ports/clock.ts';
import { ForecasterUnavailable } from '../../ports/forecaster.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

/** What the parameter holds, as JSON: the endpoint in force, and the version of the model that it serves. Its file, `artifact`, is for the training alone. */
export const forecastEndpoint = z.object({ endpointName: z.string().min(1), modelVersion: z.string().min(1) });
export type ForecastEndpoint = z.infer<typeof forecastEndpoint>;

/** A new model is asked from this long after its promotion on; a home is not worth a call to the parameter store. */
const KNOWN_MS = 5 * 60_000;
/** A store that did not answer is left alone for this long. */
const FAILED_MS = 30_000;

const parsed = (name: string, text: string): ForecastEndpoint => {
  try {
    return forecastEndpoint.parse(JSON.parse(text));
  } catch (error) {
    const wanted = '{"endpointName":"…","modelVersion":"…","artifact":"…"}';
    throw new ForecasterUnavailable(`parameter ${name} is not ${wanted}; run the training again or delete it`, {
      cause: error,
    });
  }
};

export type EndpointInForce = {
  /** undefined: no model has been promoted, or it was taken back; throws `ForecasterUnavailable` */
  read(): Promise<ForecastEndpoint | undefined>;
  /** the next `read` asks again */
  forget(): void;
};

/** The parameter `forecast/endpoint` of the stage, kept for five minutes; that there is none, too. */
export const endpointInForce = (
  { parameter, clock }: { readonly parameter: string; readonly clock: Clock },
  config: SSMClientConfig = {},
): EndpointInForce => {
  const client = new SSMClient({ ...SHORT_TIMEOUTS, ...config });
  const ask = async (): Promise<ForecastEndpoint | undefined> => {
    try {
      const { Parameter: found } = await client.send(new GetParameterCommand({ Name: parameter }));
      return parsed(parameter, found?.Value ?? '');
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      if (error instanceof ForecasterUnavailable) throw error;
      throw new ForecasterUnavailable(`parameter ${parameter} cannot be read: ${String(error)}`, { cause: error });
    }
  };
  let known: { readonly answer: ReturnType<typeof ask>; untilMs: number } | undefined;
  return {
    read: () => {
      if (known && clock.now() < known.untilMs) return known.answer;
      const asked = { answer: ask(), untilMs: clock.now() + KNOWN_MS };
      known = asked;
      asked.answer.catch(() => {
        asked.untilMs = clock.now() + FAILED_MS;
      });
      return asked.answer;
    },
    forget: () => {
      known = undefined;
    },
  };
};
