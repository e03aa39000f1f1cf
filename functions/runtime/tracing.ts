import type { Tracer } from '@aws-lambda-powertools/tracer';
import { SERVICE } from '@hems/shared/metrics/catalogue';
import type { Invocation } from './correlation.ts';
import { inLambda } from './env.ts';
import { log } from './log.ts';

/**
 * Loaded while a Lambda starts, and nowhere else: what it follows calls by costs every promise of a process. Requests to others are not
 * recorded: their addresses open things.
 */
const makeTracer = async (): Promise<Tracer> => {
  const { Tracer: PowertoolsTracer } = await import('@aws-lambda-powertools/tracer');
  return new PowertoolsTracer({ serviceName: SERVICE, captureHTTPsRequests: false });
};
const tracer = inLambda() ? makeTracer() : undefined;

/** A trace that cannot be written fails no invocation. */
const end = (part: { close(): void } | undefined): void => {
  try {
    part?.close();
  } catch (error) {
    log.warn('a trace was not written', { error });
  }
};

/** Runs the work as a part of the trace of its invocation, found there by the correlation id; `failed` says whether its answer is a fault. */
export const traced = async <T>(
  { correlationId, handler }: Invocation,
  work: () => Promise<T>,
  failed: (answer: T) => boolean,
): Promise<T> => {
  const part = (await tracer)?.getSegment()?.addNewSubsegment(`## ${handler}`);
  part?.addAnnotation('correlationId', correlationId);
  try {
    const answer = await work();
    if (failed(answer)) part?.addFaultFlag();
    return answer;
  } catch (error) {
    part?.addFaultFlag();
    throw error;
  } finally {
    end(part);
  }
};
