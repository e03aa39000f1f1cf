import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { shippedModels } from '@hems/models/forecast/shipped-model';
import { ForecasterUnavailable, type Forecaster } from '../../ports/forecaster.ts';
import { startForecastEndpoint, type RunningEndpoint } from '../../testing/forecast-endpoint.ts';
import { aRequest, forecasterContract } from '../contract/forecaster.contract.ts';
import { sagemakerForecaster } from './sagemaker-forecaster.ts';

const { modelVersion } = shippedModels().provenance;
const NAME = 'hems-test-forecast';

forecasterContract('SageMaker, its calls answered by the process of the image', async () => {
  const endpoint = await startForecastEndpoint();
  const parts = { endpointName: NAME, modelVersion, clock: { now: () => 0 }, onOtherModel: () => undefined };
  return { forecaster: sagemakerForecaster(parts, endpoint.config), close: endpoint.stop };
});

describe('the calls of an endpoint', () => {
  let endpoint: RunningEndpoint;
  let forecaster: Forecaster;
  let nowMs: number;
  const onOtherModel = vi.fn<() => void>();
  beforeAll(async () => {
    endpoint = await startForecastEndpoint();
  });
  afterAll(() => endpoint.stop());
  const connect = (version = modelVersion): Forecaster =>
    sagemakerForecaster(
      { endpointName: NAME, modelVersion: version, clock: { now: () => nowMs }, onOtherModel },
      endpoint.config,
    );
  beforeEach(() => {
    nowMs = 0;
    forecaster = connect();
    endpoint.calls.length = 0;
  });
  afterEach(() => {
    endpoint.state.trouble = undefined;
    onOtherModel.mockClear();
  });
  const ask = (id: string, patienceMs = 20_000) => forecaster.forecast(aRequest(id, 2), patienceMs);
  const homes = (count: number): string[] => Array.from({ length: count }, (_, i) => `home-${i}`);
  const refusalsOf = (answers: readonly PromiseSettledResult<unknown>[]): unknown[] =>
    answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));

  it('carry the homes that ask at once, ten at most, one call after the other and in their order', async () => {
    const answers = await Promise.all(homes(23).map((id) => ask(id)));
    expect(endpoint.calls.map(({ lines }) => lines)).toEqual([10, 10, 3]);
    expect(endpoint.calls.every(({ endpointName }) => endpointName === NAME)).toBe(true);
    expect(answers.map(({ answer, engine }) => [answer.id, engine])).toEqual(homes(23).map((id) => [id, 'endpoint']));
  });

  it('stay below the four megabytes that a serverless endpoint takes', async () => {
    const long = (id: string) => aRequest(id, 2, { wh: Array<number>(26_000).fill(123_456.789_012_345) });
    endpoint.state.trouble = (_, response) => void response.writeHead(500).end();
    await Promise.allSettled(homes(10).map((id) => forecaster.forecast(long(id), 20_000)));
    expect(endpoint.calls.length).toBeGreaterThan(0);
    for (const { body } of endpoint.calls) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4_000_000);
    expect(endpoint.calls[0]?.lines).toBeGreaterThan(1);
  });

  it('with one line that the image cannot answer fail for its home alone', async () => {
    endpoint.state.trouble = ({ body }, response) => {
      const lines = body.trimEnd().split('\n');
      const answers = lines.map((_, i) => (i === 1 ? '{"error":"this was not foreseen"}' : undefined));
      endpoint.state.trouble = undefined;
      void (async () => {
        const good = await Promise.all(
          lines.map(
            async (line, i) =>
              answers[i] ?? JSON.stringify((await connect().forecast(JSON.parse(line), 20_000)).answer),
          ),
        );
        response.end(`${good.join('\n')}\n`);
      })();
    };
    const answers = await Promise.allSettled(homes(3).map((id) => ask(id)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(refusalsOf(answers)).toEqual([expect.any(ForecasterUnavailable)]);
    expect(String(refusalsOf(answers)[0])).toContain('this was not foreseen');
    await expect(ask('after'), 'one bad line is no reason to leave the endpoint alone').resolves.toBeDefined();
  });

  const troubles: Record<string, NonNullable<RunningEndpoint['state']['trouble']>> = {
    'that the model fails': (_, response) =>
      void response
        .writeHead(424, { 'content-type': 'application/json', 'x-amzn-errortype': 'ModelError' })
        .end('{"Message":"Received server error (500) from primary","OriginalStatusCode":500}'),
    'that is not there': (_, response) =>
      void response
        .writeHead(400, { 'content-type': 'application/json', 'x-amzn-errortype': 'ValidationError' })
        .end('{"Message":"Endpoint hems-test-forecast of account 1 not found."}'),
    'that hangs up': (_, response) => void response.destroy(),
    'that answers fewer lines than homes': (_, response) => void response.end('{}\n'),
  };
  it.each(Object.entries(troubles))(
    'to one %s are unavailable to all who ask, and rest for half a minute',
    async (_, trouble) => {
      endpoint.state.trouble = trouble;
      const answers = await Promise.allSettled(homes(12).map((id) => ask(id)));
      expect(refusalsOf(answers)).toHaveLength(12);
      for (const reason of refusalsOf(answers)) expect(reason).toBeInstanceOf(ForecasterUnavailable);
      // two of twelve would have gone into a second call
      expect(new Set(endpoint.calls.map(({ body }) => body)).size, 'the second call is not made').toBe(1);
      endpoint.state.trouble = undefined;
      nowMs += 29_999;
      await expect(ask('later')).rejects.toThrow(/left alone/);
      nowMs += 1;
      await expect(ask('later')).resolves.toMatchObject({ engine: 'endpoint' });
    },
  );

  const refusals: readonly (readonly [string, number, string])[] = [
    ['wakes up', 429, 'ModelNotReadyException'],
    ['is full', 429, 'ThrottlingException'],
    ['scales', 503, 'ServiceUnavailable'],
  ];
  const refuse =
    (status: number, type: string): NonNullable<RunningEndpoint['state']['trouble']> =>
    (_, response) =>
      void response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type }).end('{}');
  it.each(refusals)('to one that %s are made again until it answers, and cost no home', async (_, status, type) => {
    endpoint.state.trouble = refuse(status, type);
    const answers = Promise.all(homes(12).map((id) => ask(id)));
    await setTimeout(600);
    endpoint.state.trouble = undefined;
    expect((await answers).map(({ engine }) => engine)).toEqual(homes(12).map(() => 'endpoint'));
  });

  it('that are refused for longer than anyone waits end with why, and rest', async () => {
    endpoint.state.trouble = refuse(429, 'ModelNotReadyException');
    const beganMs = performance.now();
    await expect(ask('x', 2000)).rejects.toThrow(/ModelNotReadyException/);
    expect(performance.now() - beganMs).toBeLessThan(4000);
    expect(endpoint.calls.length).toBeGreaterThan(1);
    await expect(ask('later')).rejects.toThrow(/left alone/);
  });

  it('that get no answer end when the patience of those who ask does', async () => {
    endpoint.state.trouble = () => undefined;
    const beganMs = performance.now();
    await expect(ask('x', 150)).rejects.toBeInstanceOf(ForecasterUnavailable);
    expect(performance.now() - beganMs).toBeLessThan(1500);
  });

  it.each([
    ['no JSON', '<html>'],
    ['JSON that is no forecast', '{"id":"x","hours":"none"}'],
  ])('that answer %s are unavailable', async (_, line) => {
    endpoint.state.trouble = (__, response) => void response.end(`${line}\n`);
    await expect(ask('x')).rejects.toThrow(/cannot be read/);
  });

  it('that mix up homes tell nobody what another home uses', async () => {
    endpoint.state.trouble = async ({ body }, response) => {
      const [first = '', second = ''] = body.trimEnd().split('\n');
      endpoint.state.trouble = undefined;
      const answers = await Promise.all(
        [second, first].map(async (line) => (await connect().forecast(JSON.parse(line), 20_000)).answer),
      );
      response.end(answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''));
    };
    const answers = await Promise.allSettled([ask('one'), ask('two')]);
    expect(refusalsOf(answers).map(String)).toEqual(Array(2).fill(expect.stringContaining('for another home')));
  });

  it('that answer by another model than the one in force are unavailable, and have the parameter read again', async () => {
    forecaster = connect('m-other');
    await expect(ask('x')).rejects.toThrow(`serves the model ${modelVersion}, and m-other is in force`);
    expect(onOtherModel).toHaveBeenCalledTimes(1);
  });
});
