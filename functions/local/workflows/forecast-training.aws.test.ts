import '../quiet-log.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addDays, localDate } from '@hems/models/calendar/seoul';
import { FEWEST_HOMES } from '@hems/models/forecast/promotion';
import { aHome } from '@hems/models/forecast/testing/homes';
import { CONSENTS } from '@hems/models/household/consents';
import { forecastEndpoint } from '../../adapters/aws/forecast-endpoint.ts';
import { handler as exportTraining } from '../../jobs/export-training.ts';
import { handler as judgeTraining } from '../../jobs/judge-training.ts';
import * as ports from '../../runtime/ports.ts';
import { aFilesWorld, type FilesWorld } from '../../testing/files-world.ts';
import { consentPut } from '../../use-cases/stores/consents.ts';
import { putProfile } from '../../use-cases/stores/households.ts';
import { putHours } from '../../use-cases/stores/hours.ts';
import { judgeTraining as judged } from '../../use-cases/forecast/training/judge-training.ts';
import { fakeSageMaker, versionOf } from '../testing/fake-sagemaker.ts';
import { task } from './open-workflow.ts';
import { localMachine, type LocalMachine, type Task } from './state-machine.ts';

/** A few trees that three homes taught ship here: what 21 homes teach in seconds would not be better than what really ships. */
vi.mock('@hems/models/forecast/shipped-model', async () => {
  const { HOMES, smallModels } = await import('@hems/models/forecast/testing/homes');
  const { BOOST, trainModel } = await import('@hems/models/forecast/model');
  const { DAY_AHEAD, NEXT_HOUR } = await import('@hems/models/forecast/features');
  const homes = HOMES.map((series) => ({ series, from: 29, to: 70 }));
  const few = { ...BOOST, trees: 9, minLeafRows: 20 };
  const models = {
    ...smallModels(),
    dayAhead: trainModel(DAY_AHEAD, homes, few),
    nextHour: trainModel(NEXT_HOUR, homes, few),
  };
  return { shippedModels: () => models };
});

/** The file that Step Functions gets, with the two jobs as they are and the image's own processes for SageMaker. */
const FILE = new URL('../../workflows/forecast-training.asl.json', import.meta.url);
const PREFIX = 'hems-test-forecast';
const [BLUE, GREEN] = [`${PREFIX}-blue`, `${PREFIX}-green`];
const DAYS = 117;
/** 21 homes are learnt from and judged by in some six seconds of a core that has nothing else to do. */
const TRAINING_MS = 120_000;

let world: FilesWorld;
let sagemaker: ReturnType<typeof fakeSageMaker>;
let machine: LocalMachine;
/** what the cloud has beside SageMaker */
const cloud = { parameter: undefined as string | undefined, images: 0 };
/** what happens while the cloud is called, by the call: once */
const meanwhile = new Map<string, () => void>();
/** the parameter store refuses to be written */
let isReadOnly = false;
const services = {
  'arn:aws:states:::aws-sdk:ssm:getParameters': async () => ({
    Parameters: cloud.parameter === undefined ? [] : [{ Value: cloud.parameter, Version: 1 }],
  }),
  'arn:aws:states:::aws-sdk:ssm:putParameter': async (input: unknown) => {
    if (isReadOnly) throw Object.assign(new Error('no writes'), { name: 'States.TaskFailed' });
    cloud.parameter = (input as { Value: string }).Value;
    return { Version: 1 };
  },
  'arn:aws:states:::aws-sdk:ecr:batchGetImage': async () => ({
    Images: Array.from({ length: cloud.images }, () => ({})),
  }),
  'arn:aws:states:::codebuild:startBuild.sync': async () => {
    cloud.images += 1;
    return {};
  },
};

const interrupted = (tasks: Readonly<Record<string, Task>>): Record<string, Task> =>
  Object.fromEntries(
    Object.entries(tasks).map(([resource, call]) => [
      resource,
      async (input) => {
        const answer = await call(input);
        const name = resource.split(':').at(-1) ?? '';
        meanwhile.get(name)?.();
        meanwhile.delete(name);
        return answer;
      },
    ]),
  );

/** A home that agrees to analysis, with its hours up to yesterday. */
const addHome = async (number: number): Promise<void> => {
  const householdId = `home-${number}`;
  await putProfile(world.table, { householdId, telemetryId: `t-${number}`, buildingType: 'apartment' });
  const said = { granted: true, textVersion: CONSENTS.analysis.textVersion, atMs: world.clock.now(), personId: 'p' };
  await world.table.put(consentPut(householdId, { purpose: 'analysis', kept: { history: [], version: 0 }, said }));
  const wh = [...aHome('x'.repeat(number), DAYS, 0.3 + 0.15 * number).wh];
  const first = addDays(localDate(world.clock.now()), -DAYS);
  const days = Array.from({ length: DAYS }, (_, day) => {
    const loadWh = wh.slice(day * 24, (day + 1) * 24);
    return { date: addDays(first, day), loadWh, importWh: loadWh, solarWh: loadWh.map(() => null) };
  });
  await putHours(world.table, householdId, days);
};

beforeAll(async () => {
  world = await aFilesWorld();
  sagemaker = fakeSageMaker(world.objects, 'training');
  machine = await localMachine(FILE, {
    tasks: {
      ExportTraining: task('export-training', exportTraining, 880_000),
      JudgeTraining: task('judge-training', judgeTraining, 60_000),
      ...services,
      ...interrupted(sagemaker.services),
    },
    values: { Prefix: PREFIX, Bucket: 'training', Parameter: '/hems/test/forecast/endpoint', Variant: 'model' },
    retryMs: 0,
    waitMs: { WaitUntilUp: 0, WaitUntilDeleted: 0 },
  });
  ports.table.use(world.table);
  ports.clock.use(world.clock);
  ports.ids.use(world.ids);
  ports.objects.use(world.objects);
});
afterAll(async () => {
  await sagemaker.stop();
  await world.database.close();
  await world.close();
});
beforeEach(() => {
  sagemaker.is.hyperparameters = { trees: '16' };
  sagemaker.is.over = {};
  sagemaker.told.length = 0;
  meanwhile.clear();
  isReadOnly = false;
});

const inForce = () => forecastEndpoint.parse(JSON.parse(cloud.parameter ?? '{}'));
const versionServedBy = async (endpointName: string): Promise<unknown> => {
  const line = JSON.stringify({
    id: 'somebody',
    firstDate: '2026-09-01',
    wh: [...aHome('somebody', 60).wh],
    issuedAt: '2026-10-31T00:05:00+09:00',
  });
  const url = `${sagemaker.endpoints.get(endpointName)?.served?.url}/invocations`;
  const headers = { 'content-type': 'application/jsonlines' };
  const answer = (await (await fetch(url, { method: 'POST', body: line, headers })).json()) as object;
  return 'modelVersion' in answer ? answer.modelVersion : answer;
};
const names = (all: ReadonlyMap<string, unknown>): string[] =>
  [...all.keys()].map((name) => name.slice(PREFIX.length + 1)).toSorted();
/** What is in force, and what SageMaker holds. */
const state = () => ({
  parameter: cloud.parameter,
  endpoints: [...sagemaker.endpoints]
    .filter(([, { status }]) => status !== 'Deleting')
    .map(([name, { status, config }]) => [name, status, config]),
  models: names(sagemaker.models),
  configs: names(sagemaker.configs),
});

/** In this order: each execution finds what the one before left. */
describe('the weekly training', () => {
  it('of a fleet of which too few have agreed ends before anything is built or trained', async () => {
    await addHome(0);
    await machine.execute({}, 'week-0');
    expect(cloud).toEqual({ parameter: undefined, images: 0 });
    expect(state()).toMatchObject({ endpoints: [], models: [] });
  });

  it(
    'builds the image once, trains, and puts a model in force that is better than the one that ships',
    async () => {
      for (let number = 1; number < FEWEST_HOMES; number++) await addHome(number);
      await machine.execute({}, 'week-1');
      expect(cloud.images).toBe(1);
      expect(inForce()).toEqual({ endpointName: BLUE, modelVersion: expect.stringMatching(/^m-[0-9a-f]{12}$/) });
      expect(await versionServedBy(BLUE)).toBe(inForce().modelVersion);
      // each metric that the job defines is printed by the image
      expect(sagemaker.metrics.get('homesScored')).toBe(FEWEST_HOMES);
      expect([...sagemaker.metrics.values()].filter(Number.isNaN)).toEqual([]);
      expect(sagemaker.told, 'it was waited for').toEqual(['Creating', 'InService']);
      expect(state()).toMatchObject({
        endpoints: [[BLUE, 'InService', `${PREFIX}-week-1`]],
        models: ['week-1'],
        configs: ['week-1'],
      });
    },
    TRAINING_MS,
  );

  it('that fails says why and leaves what is in force', async () => {
    const before = state();
    sagemaker.is.hyperparameters = { depth: '3' };
    await expect(machine.execute({}, 'week-2')).rejects.toThrow(/there are trees and seed/);
    expect(state()).toEqual(before);
  });

  it(
    'does not put a model in force that is worse than the one that is',
    async () => {
      const before = state();
      sagemaker.is.hyperparameters = { trees: '13' };
      await machine.execute({}, 'week-3');
      expect(state()).toEqual(before);
      expect(cloud.images).toBe(1);
      const { metrics, objections } = await judged(world, `models/${PREFIX}-week-3/output/model.tar.gz`);
      // it would do, were there no better one in force
      expect(metrics['mase']).toBeLessThan(metrics['sevenDayMase'] ?? NaN);
      expect(objections).toEqual(expect.arrayContaining([expect.stringMatching(/^wql is .*of the model in force$/)]));
      expect(objections.filter((one) => !one.endsWith('of the model in force'))).toEqual([]);
    },
    TRAINING_MS,
  );
});

describe('a model that is better', () => {
  beforeEach(() => {
    sagemaker.is.trained = `models/${PREFIX}-week-1/output/model.tar.gz`;
  });
  const of = (week: string) => versionOf(`${PREFIX}-${week}`);
  const serving = async () => [inForce().modelVersion, await versionServedBy(inForce().endpointName)];

  it('and whose new endpoint does not come up is withdrawn, and nothing of it is left', async () => {
    const before = state();
    const [version] = await serving();
    sagemaker.is.over = { 'model/model.json': '{"format":"another"}' };
    await expect(machine.execute({}, 'week-4')).rejects.toThrow(/green did not come up with .*week-4: it is Failed/);
    expect(state()).toEqual(before);
    expect(await serving()).toEqual([version, version]);
  });

  it('finds a failed endpoint that somebody left, and takes its place', async () => {
    // whose name holds the other's is another endpoint
    sagemaker.endpoints.set(`${GREEN}-by-hand`, { status: 'Failed', config: 'somebody’s' });
    sagemaker.endpoints.set(GREEN, { status: 'Failed', config: 'somebody’s' });
    await machine.execute({}, 'week-5');
    expect(sagemaker.told).toEqual(expect.arrayContaining(['Deleting', 'Creating']));
    sagemaker.endpoints.delete(`${GREEN}-by-hand`);
    expect(inForce().endpointName).toBe(GREEN);
    expect(await serving()).toEqual([of('week-5'), of('week-5')]);
    // the way back: the model before, on the endpoint before
    expect(await versionServedBy(BLUE)).not.toBe(of('week-5'));
    expect(state()).toMatchObject({
      endpoints: [
        [BLUE, 'InService', `${PREFIX}-week-1`],
        [GREEN, 'InService', `${PREFIX}-week-5`],
      ],
      models: ['week-1', 'week-5'],
      configs: ['week-1', 'week-5'],
    });
  });

  it('renews the endpoint that is not in force, and what that one had before is deleted', async () => {
    await machine.execute({}, 'week-6');
    expect(sagemaker.told.slice(-2), 'it was waited for').toEqual(['Updating', 'InService']);
    expect(inForce().endpointName).toBe(BLUE);
    expect(await serving()).toEqual([of('week-6'), of('week-6')]);
    expect(await versionServedBy(GREEN)).toBe(of('week-5'));
    expect(state()).toMatchObject({ models: ['week-5', 'week-6'], configs: ['week-5', 'week-6'] });
  });

  it('and whose renewed endpoint goes back to what it was is withdrawn, and the way back stays', async () => {
    const before = state();
    sagemaker.is.over = { 'model/model.json': '{"format":"another"}' };
    await expect(machine.execute({}, 'week-7')).rejects.toThrow(/green did not come up.*InService with .*week-5/);
    expect(state()).toEqual(before);
    expect(await versionServedBy(GREEN)).toBe(of('week-5'));
  });

  it('cannot be trained twice under one name', async () => {
    const before = state();
    await expect(machine.execute({}, 'week-6')).rejects.toThrow(/exists/);
    expect(state().parameter).toBe(before.parameter);
    sagemaker.models.set(`${PREFIX}-week-6`, `s3://training/models/${PREFIX}-week-6/output/model.tar.gz`);
    sagemaker.configs.set(`${PREFIX}-week-6`, `${PREFIX}-week-6`);
  });

  it('is not put in force where the parameter cannot be written, and the next one leaves nothing of it', async () => {
    const { parameter } = cloud;
    isReadOnly = true;
    await expect(machine.execute({}, 'week-8')).rejects.toThrow(/no writes/);
    expect(cloud.parameter).toBe(parameter);
    expect(await serving()).toEqual([of('week-6'), of('week-6')]);
    isReadOnly = false;
    await machine.execute({}, 'week-9');
    expect(await serving()).toEqual([of('week-9'), of('week-9')]);
    expect(state()).toMatchObject({ models: ['week-6', 'week-9'], configs: ['week-6', 'week-9'] });
  });

  describe('than the one that was in force when its training began', () => {
    /** Somebody goes back to the model before, on the other endpoint. */
    const goBack = () => {
      const { endpointName } = inForce();
      const spare = endpointName === BLUE ? GREEN : BLUE;
      const artifact = `models/${PREFIX}-week-1/output/model.tar.gz`;
      cloud.parameter = JSON.stringify({ endpointName: spare, modelVersion: 'm-before', artifact });
    };

    it('touches no endpoint when another is by then', async () => {
      const before = state();
      meanwhile.set('createEndpointConfig', goBack);
      await expect(machine.execute({}, 'week-10')).rejects.toThrow(/Another model came in force meanwhile/);
      expect(inForce().modelVersion).toBe('m-before');
      expect(state()).toEqual({ ...before, parameter: cloud.parameter });
      cloud.parameter = before.parameter;
    });

    it.each([
      ['comes up', {}],
      ['does not come up', { 'model/model.json': '{"format":"another"}' }],
    ])('stays out, and deletes nothing, when another is while its endpoint %s', async (_, over) => {
      const before = state();
      sagemaker.is.over = over;
      meanwhile.set('describeEndpoint', () => {
        // the look before the update; the next one sees it
        meanwhile.set('updateEndpoint', goBack);
      });
      const name = `week-11-${Object.keys(over).length}`;
      await expect(machine.execute({}, name)).rejects.toThrow(/came in force while its endpoint came up/);
      expect(inForce().modelVersion).toBe('m-before');
      expect([...sagemaker.endpoints.keys()].toSorted()).toEqual([BLUE, GREEN]);
      expect(state().configs).toEqual(expect.arrayContaining(before.configs));
      cloud.parameter = before.parameter;
    });

    it('is one of two at most: of two trainings at once one ends with nothing changed by it', async () => {
      const ends = await Promise.allSettled([machine.execute({}, 'week-12'), machine.execute({}, 'week-13')]);
      expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const [first] = ends;
      const winner = first.status === 'fulfilled' ? 'week-12' : 'week-13';
      expect(await serving()).toEqual([of(winner), of(winner)]);
    });
  });

  it('cannot be told where somebody wrote a parameter without a file, and what to do is said', async () => {
    const before = state();
    cloud.parameter = '{"endpointName":"x","modelVersion":"y"}';
    await expect(machine.execute({}, 'week-14')).rejects.toThrow(/names no "artifact"/);
    cloud.parameter = before.parameter;
    expect(state()).toEqual(before);
  });
});
