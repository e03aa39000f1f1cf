import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import {
  InvokeEndpointCommand,
  SageMakerRuntimeClient,
  SageMakerRuntimeServiceException,
} from '@aws-sdk/client-sagemaker-runtime';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ForecasterUnavailable, type Forecaster } from '../../ports/forecaster.ts';
import { aRequest } from '../contract/forecaster.contract.ts';
import { coreForecaster } from '../providers/core-forecaster.ts';
import { endpointInForce } from './forecast-endpoint.ts';
import { forecasterInForce } from './forecaster-in-force.ts';

const NAME = '/hems/test/forecast/endpoint';
const config = { region: 'ap-northeast-2', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
const store = mockClient(SSMClient);
const runtime = mockClient(SageMakerRuntimeClient);
const core = coreForecaster();
afterAll(() => {
  store.restore();
  runtime.restore();
});
afterEach(() => {
  store.reset();
  runtime.reset();
});

let nowMs: number;
let forecaster: Forecaster;
const embedded = vi.fn<() => Promise<Forecaster>>(async () => core);
beforeEach(() => {
  nowMs = 0;
  embedded.mockClear();
  const clock = { now: () => nowMs };
  forecaster = forecasterInForce(
    { endpoint: endpointInForce({ parameter: NAME, clock }, config), clock, embedded },
    config,
  );
});
const ask = () => forecaster.forecast(aRequest('x', 1), 1000);
const absent = () =>
  store.on(GetParameterCommand).rejects(new ParameterNotFound({ message: 'no such parameter', $metadata: {} }));
const holds = (value: string) =>
  store.on(GetParameterCommand, { Name: NAME }).resolves({ Parameter: { Value: value } });
/** An endpoint that answers as the shipped model does, whichever it says that it is. */
const serves = async (modelVersion: string) => {
  const { answer } = await core.forecast(aRequest('x', 1), 1);
  const line = JSON.stringify({ ...answer, modelVersion });
  runtime.on(InvokeEndpointCommand).callsFake(() => ({ Body: new TextEncoder().encode(`${line}\n`) }));
};
const invoked = () => runtime.commandCalls(InvokeEndpointCommand).map(({ args }) => args[0].input.EndpointName);

const FIVE_MINUTES = 5 * 60_000;

describe('the forecaster in force', () => {
  it('is the model that ships until one is promoted; that there is none is asked once in five minutes', async () => {
    absent();
    expect([(await ask()).engine, (await ask()).engine]).toEqual(['embedded', 'embedded']);
    expect(store.calls()).toHaveLength(1);
    holds('{"endpointName":"e-1","modelVersion":"m-1"}');
    await serves('m-1');
    nowMs = FIVE_MINUTES - 1;
    expect((await ask()).engine).toBe('embedded');
    nowMs = FIVE_MINUTES;
    expect((await ask()).engine).toBe('endpoint');
    expect(invoked()).toEqual(['e-1']);
  });

  it('is the endpoint of the parameter, and does not load the model that ships', async () => {
    holds('{"endpointName":"e-1","modelVersion":"m-1"}');
    await serves('m-1');
    expect(await ask()).toMatchObject({ engine: 'endpoint', answer: { modelVersion: 'm-1' } });
    expect(embedded).not.toHaveBeenCalled();
  });

  it('follows a promotion at once when the endpoint answers by the new model', async () => {
    holds('{"endpointName":"e-1","modelVersion":"m-1"}');
    await serves('m-1');
    await ask();
    holds('{"endpointName":"e-1","modelVersion":"m-2"}');
    await serves('m-2');
    await expect(ask(), 'the first that notices').rejects.toBeInstanceOf(ForecasterUnavailable);
    expect(await ask()).toMatchObject({ answer: { modelVersion: 'm-2' } });
  });

  it.each([
    ['does not answer', () => store.on(GetParameterCommand).rejects(new Error('throttled')), /cannot be read/],
    ['holds something else', () => holds('e-1'), /parameter \/hems\/test\/forecast\/endpoint is not \{"endpointName"/],
  ])('is unavailable while the parameter %s, and is asked for again after half a minute', async (_, breaks, why) => {
    breaks();
    await expect(ask()).rejects.toThrow(why);
    await expect(ask()).rejects.toBeInstanceOf(ForecasterUnavailable);
    expect(store.calls()).toHaveLength(1);
    absent();
    nowMs = 30_000;
    expect((await ask()).engine).toBe('embedded');
  });

  const fails = (name: string, status: number) =>
    runtime.on(InvokeEndpointCommand).rejects(
      new SageMakerRuntimeServiceException({
        name,
        $fault: 'server',
        $metadata: { httpStatusCode: status },
        message: name,
      }),
    );
  it.each([
    ['wakes up for longer than anyone waits', 'ModelNotReadyException', 429],
    ['fails', 'ModelError', 424],
    ['is out of service', 'InternalFailure', 500],
  ])(
    'is the model that ships while the endpoint %s: for all who ask, and in the rest after it',
    async (_, name, status) => {
      holds('{"endpointName":"e-1","modelVersion":"m-1"}');
      fails(name, status);
      const all = await Promise.all(Array.from({ length: 12 }, () => forecaster.forecast(aRequest('x', 1), 300)));
      expect(all.map(({ engine }) => engine)).toEqual(all.map(() => 'embedded'));
      const calls = invoked().length;
      expect((await ask()).engine).toBe('embedded');
      expect(invoked()).toHaveLength(calls);
      await serves('m-1');
      nowMs = 30_000;
      expect((await ask()).engine).toBe('endpoint');
    },
  );

  it.each([
    ['that is not there', 'ValidationError', 400],
    ['that we may not ask', 'AccessDeniedException', 403],
  ])('has no stand-in for an endpoint %s: no alarm of an endpoint would tell of it', async (_, name, status) => {
    holds('{"endpointName":"e-1","modelVersion":"m-1"}');
    fails(name, status);
    await expect(ask()).rejects.toThrow(name);
    await expect(ask()).rejects.toThrow(/left alone/);
    expect(embedded).not.toHaveBeenCalled();
  });
});
