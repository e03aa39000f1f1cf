import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { STACKS } from '../config.ts';
import { TASKS } from '../stacks/workflow-tasks.ts';
import { synthesised } from './synthesised.ts';

const ROOT = join(import.meta.dirname, '../..');
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const templates = synthesised('prod', 'blocks');
const { forecast, data } = templates;
const resources: Record<string, any> = forecast.toJSON().Resources;
const ofType = (type: string): [string, any][] => Object.entries(resources).filter(([, { Type }]) => Type === type);

const text = textOf('functions/workflows/forecast-training.asl.json');
const file = JSON.parse(text);
const states = Object.entries<any>(file.States);
const tasks = states.filter(([, { Type }]) => Type === 'Task');
const [[, { Properties: machine }] = ['', {} as any]] = ofType('AWS::StepFunctions::StateMachine');

type Statement = { Action: string[]; Resource: unknown; Condition?: unknown };
const statementsOf = (role: RegExp): Statement[] =>
  ofType('AWS::IAM::Policy')
    .filter(([, { Properties }]) => Properties.Roles.some(({ Ref }: { Ref: string }) => role.test(Ref)))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .map((statement: any) => ({ ...statement, Action: [statement.Action].flat() }));
const on = (statements: readonly Statement[], action: string): string =>
  JSON.stringify(statements.filter(({ Action }) => Action.includes(action)).map(({ Resource }) => Resource));

/** The states that can be reached without going through `closed`. */
const reached = (closed: string[] = []): Set<string> => {
  const seen = new Set<string>(closed);
  const walk = (name: string | undefined): void => {
    if (name === undefined || seen.has(name)) return;
    seen.add(name);
    const { Next, Default, Choices = [], Catch = [] } = file.States[name];
    for (const next of [Next, Default, ...[...Choices, ...Catch].map((one: any) => one.Next)]) walk(next);
  };
  walk(file.StartAt);
  return new Set([...seen].filter((name) => !closed.includes(name)));
};

describe('the state machine forecast-training', () => {
  it('is the file that the local test executes, with a value for each name in it and none that it has not', () => {
    expect(JSON.parse(machine.DefinitionString)).toEqual(file);
    const named = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    expect(new Set(Object.keys(machine.DefinitionSubstitutions))).toEqual(named);
    expect([...reached()].toSorted()).toEqual(Object.keys(file.States).toSorted());
  });

  const lambdaOf = ({ Resource }: any): string | undefined => /^\$\{(\w+)\}$/.exec(Resource)?.[1];
  it.each(tasks.filter(([, task]) => lambdaOf(task)))(
    '%s outlives its function, which its role may invoke',
    (_, task) => {
      const name = lambdaOf(task);
      expect(on(statementsOf(/^TrainingRole/), 'lambda:InvokeFunction')).toContain(`"${name}`);
      const [, { Properties }] = ofType('AWS::Lambda::Function').find(([id]) => id.startsWith(`${name}`)) ?? ['', {}];
      expect(task.TimeoutSeconds).toBeGreaterThan(Properties.Timeout);
    },
  );

  it.each(tasks.filter(([, task]) => !lambdaOf(task)))(
    '%s ends in time, and its role may do what it calls',
    (_, task) => {
      expect(task.TimeoutSeconds).toBeGreaterThan(0);
      const [service, call = ''] = task.Resource.replace(/^arn:aws:states:::(aws-sdk:)?/, '')
        .replace('.sync', '')
        .split(':');
      const action = `${service}:${call.charAt(0).toUpperCase()}${call.slice(1)}`;
      expect(on(statementsOf(/^TrainingRole/), action)).not.toBe('[]');
    },
  );

  it.each(tasks)('%s is tried again when the cloud is busy', (_, { Retry }) => {
    expect(Retry?.length).toBeGreaterThan(0);
  });

  it('names everything that it makes after its execution, so that none stands in the way of the next', () => {
    expect(file.States.NameThis.Parameters['name.$']).toBe("States.Format('${Prefix}-{}', $$.Execution.Name)");
    const { Train, CreateModel, CreateEndpointConfig } = file.States;
    expect([
      Train.Parameters['TrainingJobName.$'],
      CreateModel.Parameters['ModelName.$'],
      CreateEndpointConfig.Parameters['EndpointConfigName.$'],
    ]).toEqual(['$.name', '$.name', '$.name']);
    // what SageMaker takes for a name, with what the schedule calls an execution
    expect('hems-prod-forecast-training-2026-11-21').toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
  });

  it('puts a model in force in one place only, which is reached when its endpoint is up and no sooner', () => {
    const writers = tasks.filter(([, { Resource }]) => /putParameter/.test(Resource)).map(([name]) => name);
    expect(writers).toEqual(['PutInForce']);
    for (const gate of ['AreThereEnough', 'Train', 'IsBetter', 'IsItStillInForce', 'IsItStillSpare', 'IsItUp'])
      expect(reached([gate])).not.toContain('PutInForce');
    const [up] = file.States.IsItUp.Choices.filter(({ Next }: any) => Next === 'WasThereOneBefore');
    expect(up.And).toEqual([
      { Variable: '$.now.status', StringEquals: 'InService' },
      { Variable: '$.now.config', StringEqualsPath: '$.name' },
    ]);
  });

  it('changes and deletes the endpoint that is not in force, what is its own and what that endpoint had before', () => {
    const deletes = tasks.filter(([, { Resource }]) =>
      /:(delete|update|create)(Endpoint|EndpointConfig|Model)$/.test(Resource),
    );
    expect(deletes.length).toBeGreaterThan(8);
    for (const [name, { Parameters }] of deletes) {
      const {
        'EndpointName.$': endpoint = '$.spare',
        'EndpointConfigName.$': config,
        'ModelName.$': model,
      } = Parameters;
      expect(endpoint, name).toBe('$.spare');
      for (const one of [config, model]) expect([undefined, '$.name', '$.before.config'], name).toContain(one);
    }
    const before = tasks.filter(([, { Parameters }]) => JSON.stringify(Parameters).includes('$.before.config'));
    expect(before).toHaveLength(2);
    for (const [name] of before) expect(reached(['IsItUp'])).not.toContain(name);
    // each only where the one in force was looked up again just now
    for (const name of ['DeleteFailed', 'CreateEndpoint', 'UpdateEndpoint'])
      expect(reached(['IsItStillInForce'])).not.toContain(name);
    for (const name of ['DeleteSpare', 'PutInForce', 'DeleteConfigBefore'])
      expect(reached(['IsItStillSpare'])).not.toContain(name);
    expect(file.States.WhichIsSpare).toMatchObject({
      Choices: [{ Variable: '$.inForce.value.endpointName', StringEquals: '${Prefix}-blue', Next: 'GreenIsSpare' }],
      Default: 'BlueIsSpare',
    });
  });

  it('takes back what it made when the endpoint does not come up, whichever call failed', () => {
    const making = tasks.filter(([, { Resource }]) =>
      /sagemaker:(create(Model|Endpoint\w*)|updateEndpoint)$/.test(Resource),
    );
    expect(making).toHaveLength(4);
    for (const [name, { Catch }] of making)
      expect(Catch, name).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'TakeConfigBack' }]);
    expect(file.States.TakeConfigBack.Next).toBe('TakeModelBack');
    expect(file.States.TakeModelBack.Next).toBe('NotInForce');
    expect(file.States.NotInForce.Type).toBe('Fail');
  });

  it('trains on spot capacity, without a network, for an hour at most', () => {
    expect(file.States.Train.Parameters).toMatchObject({
      ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1 },
      EnableManagedSpotTraining: true,
      EnableNetworkIsolation: true,
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    });
    const { MaxWaitTimeInSeconds } = file.States.Train.Parameters.StoppingCondition;
    expect(file.States.Train.TimeoutSeconds).toBeGreaterThan(MaxWaitTimeInSeconds);
    expect(file.TimeoutSeconds).toBeGreaterThan(file.States.Train.TimeoutSeconds);
  });

  it('starts on Sunday evening in Korea, before the daily run of that day', () => {
    forecast.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0 22 ? * SUN *)',
      ScheduleExpressionTimezone: 'Asia/Seoul',
      Target: Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^StartTraining'), 'Arn'] } }),
    });
  });
});

describe('what is in force', () => {
  it('is of no template: no model, no endpoint, no parameter', () => {
    const types = STACKS.flatMap((stack) =>
      Object.values<any>(templates[stack].toJSON().Resources).map(({ Type }) => Type),
    );
    expect(types.filter((type) => /^AWS::(SageMaker|SSM)::/.test(type))).toEqual([]);
  });

  it('may be asked by every function that is told its parameter, at two endpoints by name, and by no other', () => {
    const told: string[] = [];
    const asking: string[] = [];
    for (const stack of STACKS) {
      const all = Object.entries<any>(templates[stack].toJSON().Resources);
      for (const [id, { Type, Properties }] of all) {
        if (Type === 'AWS::Lambda::Function' && Properties.Environment.Variables.FORECAST_ENDPOINT_PARAMETER)
          told.push(`${stack}/${id.slice(0, -8)}`);
        if (Type !== 'AWS::IAM::Policy') continue;
        for (const { Action, Resource } of Properties.PolicyDocument.Statement) {
          if (![Action].flat().includes('sagemaker:InvokeEndpoint')) continue;
          asking.push(`${stack}/${id.replace(/RoleDefaultPolicy.*/, '')}`);
          expect(JSON.stringify(Resource)).toMatch(
            /endpoint\/hems-prod-forecast-blue.*endpoint\/hems-prod-forecast-green/,
          );
        }
      }
    }
    expect(asking.toSorted()).toEqual(told.toSorted());
    expect(told).toEqual(expect.arrayContaining(['workflows/ForecastShard', 'api/forecast']));
  });

  it('bears the calls of the daily run and of the plans at once, with room for residents', () => {
    const [, calls] =
      /MOST_CALLS_IN_FLIGHT = (\d+)/.exec(textOf('functions/adapters/aws/sagemaker-forecaster.ts')) ?? [];
    const [, pages] = /AT_ONCE = (\d+)/.exec(textOf('infra/stacks/planning.ts')) ?? [];
    const daily = JSON.parse(textOf('functions/workflows/daily-run.asl.json')).States.ForecastShards.MaxConcurrency;
    const { MaxConcurrency } = file.States.CreateEndpointConfig.Parameters.ProductionVariants[0].ServerlessConfig;
    expect(Number(calls)).toBeGreaterThan(0);
    expect((daily + Number(pages)) * Number(calls)).toBeLessThanOrEqual(MaxConcurrency * 0.75);
    // of a serverless endpoint
    expect(MaxConcurrency).toBeLessThanOrEqual(200);
  });

  it('is not there at first: a whole core forecasts with the model that ships', () => {
    const memoryOf = (stack: 'workflows' | 'api', name: string): number =>
      Object.entries<any>(templates[stack].findResources('AWS::Lambda::Function')).find(([id]) =>
        new RegExp(`^${name}[0-9A-F]{8}$`).test(id),
      )?.[1].Properties.MemorySize;
    expect(memoryOf('api', 'forecast')).toBe(1769);
    expect(memoryOf('workflows', 'ForecastShard')).toBe(TASKS.ForecastShard.memoryMb);
    expect(TASKS.ForecastShard.memoryMb).toBeGreaterThanOrEqual(1769);
  });
});

describe('what is learnt from', () => {
  it('is gone days later with its old versions; models stay', () => {
    data.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({
            Prefix: 'training/',
            ExpirationInDays: 1,
            NoncurrentVersionExpiration: { NoncurrentDays: 1 },
            Status: 'Enabled',
          }),
        ]),
      },
    });
    const [bucket] = Object.entries<any>(data.findResources('AWS::S3::Bucket')).filter(([id]) =>
      id.startsWith('Training'),
    );
    const expiring = bucket?.[1].Properties.LifecycleConfiguration.Rules.filter((rule: any) => rule.ExpirationInDays);
    expect(expiring.map(({ Prefix }: any) => Prefix)).toEqual(['training/']);
  });

  it.each([
    ['training', /^SageMakerTraining/, { read: ['training'], write: ['models'] }],
    ['serving', /^SageMakerServing/, { read: ['models'], write: [] }],
    ['the export', /^ExportTrainingRole/, { read: ['models'], write: ['training'] }],
    ['the gate', /^JudgeTrainingRole/, { read: ['models'], write: [] }],
  ])('%s sees the folders it needs, of this bucket alone', (_, role, folders) => {
    const grants = statementsOf(role);
    const within = (action: string): string[] =>
      [...on(grants, action).matchAll(/"\/(\w+)\/\*"/g)].map(([, folder]) => folder ?? '');
    expect([within('s3:GetObject'), within('s3:PutObject')]).toEqual([folders.read, folders.write]);
    const buckets = new Set(
      [...JSON.stringify(grants).matchAll(/PublishOutputFnGetAtt(\w+?)[0-9A-F]{8}Arn/g)].map(([, id]) => id),
    );
    expect([...buckets].filter((id) => /Objects|Training|Refused|AccessLogs/.test(id ?? ''))).toEqual(['Training']);
    expect(JSON.stringify(grants)).not.toMatch(/s3:Delete|dynamodb:(Update|Put|Delete)/);
  });

  it('is read from two tables and written to none', () => {
    const grants = JSON.stringify(statementsOf(/^ExportTrainingRole/));
    expect(grants).toMatch(/dynamodb:Query/);
    for (const other of ['Operations', 'Ledger', 'Community', 'People', 'HistoryBlocks'])
      expect(grants).not.toContain(`FnGetAtt${other}`);
  });
});

describe('the image', () => {
  const [[, { Properties: project }] = ['', {} as any]] = ofType('AWS::CodeBuild::Project');
  const variables = Object.fromEntries(
    project.Environment.EnvironmentVariables.map(({ Name, Value }: any) => [Name, Value]),
  );
  const commands: string[] = JSON.parse(project.Source.BuildSpec).phases.build.commands;

  it('is built from the source that was deployed, under its hash, which the state machine looks for', () => {
    const hash = machine.DefinitionSubstitutions.ImageTag;
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(variables.IMAGE_TAG).toBe(hash);
    expect(JSON.stringify(machine.DefinitionSubstitutions.Image)).toContain(`:${hash}`);
    expect(JSON.stringify(project.Source.Location)).toContain(`/${hash}.zip`);
    forecast.hasResourceProperties('AWS::ECR::Repository', { ImageTagMutability: 'IMMUTABLE' });
  });

  it('is of the one format that SageMaker takes, or is taken away again', () => {
    expect(project.Environment.Type).toBe('LINUX_CONTAINER');
    const build = commands.findIndex((command) => command.includes('docker buildx build'));
    expect(commands[build]).toMatch(/--platform linux\/amd64 --provenance=false --output type=docker/);
    expect(commands[build]).toContain('-f /tmp/context/models/forecast/image/Dockerfile');
    expect(commands.at(-1)).toMatch(/distribution\.manifest\.v2\+json \|\| \{ aws ecr batch-delete-image .*false; \}/);
  });

  it('is made with what this repository locks, to the hash, on the Node that it runs', () => {
    const locked = JSON.parse(textOf('package-lock.json')).packages;
    const own = JSON.parse(textOf('models/forecast/image/build/package-lock.json')).packages;
    const { dependencies } = JSON.parse(textOf('models/forecast/image/build/package.json'));
    expect(own[''].dependencies).toEqual(dependencies);
    expect(Object.keys(own).filter((path) => path !== '')).toEqual(
      expect.arrayContaining(['node_modules/esbuild', 'node_modules/zod', 'node_modules/@esbuild/linux-x64']),
    );
    for (const [path, { version, integrity }] of Object.entries<any>(own).filter(([one]) => one !== ''))
      expect([path, version, integrity]).toEqual([path, locked[path].version, locked[path].integrity]);
    const dockerfile = textOf('models/forecast/image/Dockerfile');
    expect(dockerfile).toMatch(/^RUN npm ci$/m);
    const { node } = JSON.parse(textOf('package.json')).devDependencies;
    expect(dockerfile).toContain(`ARG BASE=node:${node}-slim`);
    expect(commands.join()).toContain(`BASE=public.ecr.aws/docker/library/node:${node}-slim`);
  });

  it('and its trainings and endpoints log under our key, into groups of their names', () => {
    const names = ofType('AWS::Logs::LogGroup').map(([, { Properties }]) => Properties.LogGroupName);
    expect(names).toEqual(
      expect.arrayContaining([
        '/aws/sagemaker/TrainingJobs',
        '/aws/sagemaker/Endpoints/hems-prod-forecast-blue',
        '/aws/sagemaker/Endpoints/hems-prod-forecast-green',
      ]),
    );
    expect(JSON.stringify(statementsOf(/^SageMaker/))).not.toContain('logs:CreateLogGroup');
  });
});

it('a training that fails and an endpoint that answers with errors wake somebody', () => {
  const ids = ofType('AWS::CloudWatch::Alarm').map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
  expect(ids).toEqual(
    expect.arrayContaining([
      'TrainingFails',
      'BlueFails',
      'GreenFails',
      'ExportTrainingFails',
      'JudgeTrainingFails',
      'StartTrainingFails',
      'MissedCallsNotEmpty',
    ]),
  );
});
