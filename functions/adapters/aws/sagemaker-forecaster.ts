import { setTimeout } from 'node:timers/promises';
import {
  InvokeEndpointCommand,
  SageMakerRuntimeClient,
  SageMakerRuntimeServiceException,
  type SageMakerRuntimeClientConfig,
} from '@aws-sdk/client-sagemaker-runtime';
import * as z from 'zod';
import { forecastAnswer, type ForecastAnswer } from '@hems/models/forecast/answer';
import type { Clock } from '../../ports/clock.ts';
import { ForecasterUnavailable, type Forecaster } from '../../ports/forecaster.ts';
import { checkRequest } from '../forecast-request.ts';
import type { ForecastEndpoint } from './forecast-endpoint.ts';

/**
 * Calls of one process that the endpoint works on at a time; homes that come meanwhile go together into the next one. The daily
 * run's shards that are forecast at once, times this, have to stay below the endpoint's concurrency: a test of infra says so.
 */
const MOST_CALLS_IN_FLIGHT = 1;
/** A home takes up to 50 ms there, and whoever waits for one of a call waits for all of them. */
const MOST_HOMES = 10;
/** A serverless endpoint takes 4 MB either way; ten answers are 0.1 MB. */
const MOST_BYTES = 4_000_000;
/** After a call that failed the endpoint is left alone for this long, more than anyone's patience: a run over many homes waits once. */
const REST_MS = 30_000;
/** An endpoint that wakes up, or is full, refuses for some seconds: it is asked again, ever more seldom. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4000;
const LINES = 'application/jsonlines';

type Waiting = {
  readonly id: string;
  readonly line: string;
  readonly bytes: number;
  readonly patienceMs: number;
  readonly settle: (answer: ForecastAnswer | ForecasterUnavailable) => void;
};

/** The endpoint is there and ours to ask, and refuses, fails or hangs: its own metrics tell, and another engine may answer meanwhile. */
export class EndpointDown extends ForecasterUnavailable {}

const unavailable = (why: string, cause?: unknown): ForecasterUnavailable =>
  new ForecasterUnavailable(`the forecast endpoint ${why}`, { cause });

/** How many homes from the front fit into one call; at least one. */
const batchOf = (waiting: readonly Waiting[]): number => {
  let bytes = 0;
  const end = waiting.findIndex((one, i) => (bytes += one.bytes) > MOST_BYTES && i > 0);
  return Math.min(end < 0 ? waiting.length : end, MOST_HOMES);
};

/** The lines that the endpoint answers, one for each home, in their order. */
const invoke = async (
  client: SageMakerRuntimeClient,
  endpointName: string,
  { batch, abortSignal }: { readonly batch: readonly Waiting[]; readonly abortSignal: AbortSignal },
): Promise<string[]> => {
  const { Body: body } = await client.send(
    new InvokeEndpointCommand({
      EndpointName: endpointName,
      ContentType: LINES,
      Accept: LINES,
      Body: batch.map(({ line }) => `${line}\n`).join(''),
    }),
    { abortSignal },
  );
  const lines = new TextDecoder().decode(body).replace(/\n$/, '').split('\n');
  if (lines.length !== batch.length) throw unavailable(`answered ${lines.length} lines for ${batch.length} homes`);
  return lines;
};

/** ModelNotReady, throttled, service unavailable: the call was not worked on. */
const isRefusedForNow = (error: unknown): boolean =>
  error instanceof SageMakerRuntimeServiceException && [429, 503].includes(error.$metadata.httpStatusCode ?? 0);

/** Asks until there is an answer, a fault, or an end of the patience of those who wait. */
const invokePatiently = async (
  client: SageMakerRuntimeClient,
  endpointName: string,
  batch: readonly Waiting[],
): Promise<string[]> => {
  const abortSignal = AbortSignal.timeout(Math.max(...batch.map(({ patienceMs }) => patienceMs)));
  let refusal: unknown;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      if (refusal) await setTimeout(pauseMs, undefined, { signal: abortSignal });
      return await invoke(client, endpointName, { batch, abortSignal });
    } catch (error) {
      // of the end of patience the refusal before it is the cause
      if (!isRefusedForNow(error)) throw (abortSignal.aborted && refusal) || error;
      refusal = error;
    }
  }
};

const problem = z.object({ error: z.string() });
type Serving = Pick<ForecastEndpoint, 'modelVersion'> & {
  /** the endpoint serves another model than it is said to */
  readonly onOtherModel: () => void;
};

const read = ({ modelVersion, onOtherModel }: Serving, id: string, line: string): ForecastAnswer => {
  const value: unknown = JSON.parse(line);
  const refused = problem.safeParse(value);
  if (refused.success) throw unavailable(`could not forecast a home: ${refused.data.error}`);
  const answer = z.parse(forecastAnswer, value);
  if (answer.id !== id) throw unavailable('answered for another home');
  if (answer.modelVersion === modelVersion) return answer;
  onOtherModel();
  throw unavailable(`serves the model ${answer.modelVersion}, and ${modelVersion} is in force`);
};

const answerOf = (serving: Serving, id: string, line: string): ForecastAnswer | ForecasterUnavailable => {
  try {
    return read(serving, id, line);
  } catch (error) {
    return error instanceof ForecasterUnavailable ? error : unavailable('answered what cannot be read', error);
  }
};

/** No such endpoint, or none that we may ask: what we were told is wrong, and not the endpoint. */
const isMistaken = (error: unknown): boolean =>
  error instanceof SageMakerRuntimeServiceException && [400, 403].includes(error.$metadata.httpStatusCode ?? 0);

const failureOf = (error: unknown): ForecasterUnavailable => {
  if (error instanceof ForecasterUnavailable) return error;
  const { message } = unavailable(`did not answer: ${String(error)}`);
  const Kind = isMistaken(error) ? ForecasterUnavailable : EndpointDown;
  return new Kind(message, { cause: error });
};

const resting = (failure: ForecasterUnavailable): ForecasterUnavailable => {
  const { message } = unavailable('failed a moment ago and is left alone');
  return failure instanceof EndpointDown ? new EndpointDown(message) : new ForecasterUnavailable(message);
};

/** Gathers who waits into calls, so many at a time; `call` answers why it did not come through. */
const gathering = (clock: Clock, call: (batch: readonly Waiting[]) => Promise<ForecasterUnavailable | undefined>) => {
  const waiting: Waiting[] = [];
  let inFlight = 0;
  let rest: { readonly untilMs: number; readonly failure: ForecasterUnavailable } | undefined;
  const work = async (): Promise<void> => {
    if (inFlight >= MOST_CALLS_IN_FLIGHT) return;
    inFlight += 1;
    while (waiting.length > 0) {
      if (rest && clock.now() < rest.untilMs) {
        for (const { settle } of waiting.splice(0)) settle(resting(rest.failure));
      } else {
        const failure = await call(waiting.splice(0, batchOf(waiting)));
        rest = failure && { untilMs: clock.now() + REST_MS, failure };
      }
    }
    inFlight -= 1;
  };
  return (one: Waiting): void => {
    waiting.push(one);
    // homes that are asked for in the same breath go together
    setImmediate(() => void work());
  };
};

type Parts = ForecastEndpoint & Serving & { readonly clock: Clock };

/** A SageMaker endpoint that runs `models/forecast/image`: JSON Lines, a home a line, its answer in the same place. */
export const sagemakerForecaster = (
  { endpointName, clock, ...serving }: Parts,
  config: SageMakerRuntimeClientConfig = {},
): Forecaster => {
  // two attempts of what fails on its way; who is refused asks again as above
  const client = new SageMakerRuntimeClient({ maxAttempts: 2, ...config });
  const wait = gathering(clock, async (batch) => {
    try {
      const lines = await invokePatiently(client, endpointName, batch);
      for (const [i, { id, settle }] of batch.entries()) settle(answerOf(serving, id, lines[i] ?? ''));
      return undefined;
    } catch (error) {
      const failure = failureOf(error);
      for (const { settle } of batch) settle(failure);
      return failure;
    }
  });
  return {
    forecast: async (request, patienceMs) => {
      const line = JSON.stringify(checkRequest(request));
      const answer = await new Promise<ForecastAnswer>((resolve, reject) => {
        wait({
          id: request.id,
          line,
          bytes: Buffer.byteLength(line) + 1,
          patienceMs,
          settle: (settled) => (settled instanceof ForecasterUnavailable ? reject(settled) : resolve(settled)),
        });
      });
      return { answer, engine: 'endpoint' };
    },
  };
};
