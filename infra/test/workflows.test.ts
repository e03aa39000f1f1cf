import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { TASKS } from '../stacks/workflow-tasks.ts';
import { synthesised } from './synthesised.ts';

const { workflows, ingest } = synthesised('prod', 'timestream');
const resources: Record<string, any> = workflows.toJSON().Resources;
const ofType = (type: string): [string, any][] => Object.entries(resources).filter(([, { Type }]) => Type === type);

const file = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../functions/workflows/daily-run.asl.json'), 'utf8'),
);
type States = Record<string, any>;
/** Every state, those of the children included. */
const allStates = (states: States): [string, any][] =>
  Object.entries(states).flatMap(([name, state]) => [
    [name, state],
    ...(state.ItemProcessor ? allStates(state.ItemProcessor.States) : []),
  ]);
const states = allStates(file.States);
const maps = states.filter(([, { Type }]) => Type === 'Map');
const tasks = states.filter(([, { Type }]) => Type === 'Task');

describe('the state machine daily-run', () => {
  const [[, { Properties: machine }] = ['', {} as any]] = ofType('AWS::StepFunctions::StateMachine');

  it('is the file that the local host executes, with a function for each name in it', () => {
    expect(JSON.parse(machine.DefinitionString)).toEqual(file);
    const named = tasks.map(([, { Resource }]) => /^\$\{(\w+)\}$/.exec(Resource)?.[1]);
    expect(named.toSorted()).toEqual(Object.keys(TASKS).toSorted());
    expect(Object.keys(machine.DefinitionSubstitutions).toSorted()).toEqual(named.toSorted());
    for (const [name, arn] of Object.entries<any>(machine.DefinitionSubstitutions))
      expect(arn['Fn::GetAtt'][0]).toMatch(new RegExp(`^${name}[0-9A-F]{8}$`));
  });

  it('runs a day once: standard, traced, every state in its log and no data with it', () => {
    expect(machine).toMatchObject({
      StateMachineName: 'hems-prod-daily-run',
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
  });

  it('may invoke its tasks and start executions of itself, which is what a distributed map does', () => {
    const [[, policy] = ['', {} as any]] = ofType('AWS::IAM::Policy').filter(([id]) => id.startsWith('DailyRunRole'));
    const grants: any[] = policy.Properties.PolicyDocument.Statement;
    const on = (action: string): string =>
      JSON.stringify(grants.filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => Resource));
    for (const name of Object.keys(TASKS)) expect(on('lambda:InvokeFunction')).toContain(`"${name}`);
    expect(on('lambda:InvokeFunction')).not.toContain('*');
    expect(on('states:StartExecution')).toMatch(/stateMachine:hems-prod-daily-run"/);
    expect(on('states:DescribeExecution')).toMatch(/execution:hems-prod-daily-run:\*"/);
  });
});

describe('the maps of the daily run', () => {
  it.each(maps)(
    '%s runs its children as express executions, a number of them at once, over a list in its input',
    (_, map) => {
      expect(map.ItemProcessor.ProcessorConfig).toEqual({ Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' });
      expect(map.MaxConcurrency).toBeGreaterThan(0);
      expect(map.ItemReader).toBeUndefined();
      expect(map.ResultPath).toBeNull();
    },
  );

  it.each(maps)('%s goes on whatever became of a child, and whatever became of itself', (_, map) => {
    expect(map.ToleratedFailurePercentage).toBe(100);
    expect(map.Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: map.Next }]);
    const child = map.ItemProcessor.States[map.ItemProcessor.StartAt];
    expect(map.ItemProcessor.States[child.Catch[0].Next]).toMatchObject({ Type: 'Pass', End: true });
  });

  it('visit fewer shards at once where they forecast', () => {
    const { AggregateShards, ForecastShards } = file.States;
    expect(ForecastShards.MaxConcurrency).toBeLessThan(AggregateShards.MaxConcurrency);
  });
});

describe('the tasks of the daily run', () => {
  const SERVICE = [
    'Lambda.TooManyRequestsException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.ClientExecutionTimeoutException',
  ];

  it.each(tasks)(
    '%s is tried again by the name of its error: of the service, of the function, of the clock',
    (_, task) => {
      expect(task.Retry.map(({ ErrorEquals }: any) => ErrorEquals)).toEqual([
        SERVICE,
        ['States.TaskFailed', 'States.Timeout'],
      ]);
      expect(task.TimeoutSeconds).toBeGreaterThan(0);
    },
  );

  it('have all their tries within the five minutes of an express execution', () => {
    const lambda = Math.max(...ofType('AWS::Lambda::Function').map(([, { Properties }]) => Properties.Timeout));
    for (const [, map] of maps) {
      const child = map.ItemProcessor.States[map.ItemProcessor.StartAt];
      const [, failing] = child.Retry;
      const tries = failing.MaxAttempts + 1;
      const pauses = failing.IntervalSeconds * (1 + failing.BackoffRate);
      expect(tries * child.TimeoutSeconds + pauses).toBeLessThan(300);
      expect(child.TimeoutSeconds).toBeGreaterThan(lambda);
    }
  });

  it.each(Object.entries(TASKS))('%s may touch the tables of its record and no other', (name, { tables }) => {
    const policies = ofType('AWS::IAM::Policy').filter(([, { Properties }]) =>
      Properties.Roles.some(({ Ref }: { Ref: string }) => Ref.startsWith(`${name}Role`)),
    );
    const grants = policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
    const touched = (pattern: RegExp): string[] =>
      ['Homes', 'Energy', 'Operations', 'Ledger', 'Community', 'People', 'HistoryBlocks']
        .filter((id) =>
          grants.some(
            ({ Action, Resource }) => pattern.test([Action].flat().join()) && JSON.stringify(Resource).includes(id),
          ),
        )
        .map((id) => id.toLowerCase())
        .toSorted();
    const granted = (...accesses: string[]): string[] =>
      tables
        .filter(({ access }) => accesses.includes(access))
        .map(({ table }) => table)
        .toSorted();
    expect(touched(/dynamodb:GetItem/)).toEqual(granted('read', 'readWrite'));
    expect(touched(/dynamodb:UpdateItem/)).toEqual(granted('write', 'readWrite'));
    expect(JSON.stringify(grants)).not.toMatch(/DeleteItem|PutItem|Scan/);
  });

  it('ask the queues that hold readings, and not the one of the raw history, how far the day is taken in', () => {
    const urls = JSON.stringify(
      ofType('AWS::Lambda::Function').find(([id]) => id.startsWith('FreezeDay'))?.[1].Properties.Environment,
    );
    expect(urls).toMatch(/NotIngested[\s\S]+RuleFailures/);
    expect(urls).not.toMatch(/HistoryFailures|LostResults/);
    expect(Object.keys(ingest.findResources('AWS::SQS::Queue')).map((id) => id.slice(0, -8))).toContain(
      'HistoryFailures',
    );
  });
});

describe('schedules', () => {
  const at = (expression: string, target: string) => ({
    ScheduleExpression: expression,
    ScheduleExpressionTimezone: 'Asia/Seoul',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: Match.objectLike({
      Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^${target}`), 'Arn'] },
      Input: '{"scheduled":"<aws.scheduler.scheduled-time>"}',
    }),
  });
  it.each([
    ['the daily run at 00:20', 'cron(20 0 * * ? *)', 'StartRun'],
    ['the look whether it succeeded at 06:00', 'cron(0 6 * * ? *)', 'CheckRun'],
    ['the payout sweep each minute', 'rate(1 minute)', 'DispatchPayouts'],
  ])('call %s by the clock of Korea, and tell the time for which they call', (_, expression, target) => {
    workflows.hasResourceProperties('AWS::Scheduler::Schedule', at(expression, target));
  });

  it('may each invoke their own function and nothing else', () => {
    for (const [id, { Properties }] of ofType('AWS::IAM::Policy').filter(([, one]) =>
      /Daily|Sweep/.test(JSON.stringify(one.Properties.Roles)),
    )) {
      const invoked = Properties.PolicyDocument.Statement.filter(
        ({ Action }: any) => Action === 'lambda:InvokeFunction' && !id.startsWith('DailyRun'),
      );
      for (const { Resource } of invoked) expect([Resource].flat()).toHaveLength(1);
    }
  });
});
