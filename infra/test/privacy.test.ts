import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { STACKS, TELEMETRY_STORES } from '../config.ts';
import { synthesised } from './synthesised.ts';

const templates = synthesised('prod', 'timestream');
const { privacy } = templates;
const resources: Record<string, any> = privacy.toJSON().Resources;
const ofType = (type: string): [string, any][] => Object.entries(resources).filter(([, { Type }]) => Type === type);

type Statement = { stack: string; policy: string; Action: string[]; Resource: unknown };
const statementsOf = (store: (typeof TELEMETRY_STORES)[number]): Statement[] => {
  const all = synthesised('prod', store);
  return STACKS.flatMap((stack) =>
    Object.entries<any>(all[stack].findResources('AWS::IAM::Policy')).flatMap(([policy, { Properties }]) =>
      Properties.PolicyDocument.Statement.map((statement: any) => ({
        ...statement,
        stack,
        policy,
        Action: [statement.Action].flat(),
      })),
    ),
  );
};

/** Taking something away for good, wherever it is. */
const DELETES =
  /^(dynamodb:DeleteItem|dynamodb:BatchWriteItem|s3:DeleteObject|cognito-idp:AdminDelete|iot:Delete(Thing|Certificate)|kms:ScheduleKeyDeletion)/;

/** What is a partner's own, and the order in which it is due: partitions of no household. */
const isOfPartners = ({ Action, Condition }: { Action: string[]; Condition?: any }): boolean =>
  Action.join() === 'dynamodb:DeleteItem' &&
  [Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []]
    .flat()
    .every((key: string) => /^(PARTNER#|OPENADR-DUE|OPENADR-OWED|OPENADR-CLIENT#)[*]$/.test(key)) &&
  Condition !== undefined;

describe('deleting', () => {
  it.each(TELEMETRY_STORES)('is granted to the step of an erasure and to nothing else (%s)', (store) => {
    const deleting = statementsOf(store).filter(
      (one) => one.Action.some((action) => DELETES.test(action)) && !isOfPartners(one),
    );
    expect(new Set(deleting.map(({ stack, policy }) => `${stack}/${policy.replace(/Role.*/, '')}`))).toEqual(
      new Set(['privacy/EraseStep']),
    );
  });

  it('reaches every table, the folders of residents, their accounts and their gateways', () => {
    const grants = JSON.stringify(statementsOf('timestream').filter(({ policy }) => policy.startsWith('EraseStep')));
    const tables = Object.values(templates.data.findResources('AWS::DynamoDB::GlobalTable')).length;
    const emptied = (store: 'timestream' | 'blocks') =>
      statementsOf(store)
        .filter((one) => one.Action.includes('dynamodb:DeleteItem') && !isOfPartners(one))
        .flatMap(({ Resource }) => Resource);
    // in Timestream the raw history ends with its retention
    expect(emptied('timestream')).toHaveLength(tables - 1);
    expect(emptied('blocks')).toHaveLength(tables);
    for (const what of [
      '/imports/*',
      '/exports/*',
      's3:DeleteObjectVersion',
      's3:AbortMultipartUpload',
      's3:ListBucketMultipartUploads',
      'cognito-idp:AdminDeleteUser',
      'iot:DeleteThing',
      'events:PutEvents',
    ])
      expect(grants).toContain(what);
    expect(grants).not.toMatch(
      /dynamodb:Scan|s3:GetObject|kms:ScheduleKeyDeletion|"Resource":"\*","Effect":"Allow","Action":"dynamodb/,
    );
  });
});

describe('the state machine erasure', () => {
  const file = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../functions/workflows/erasure.asl.json'), 'utf8'),
  );
  const states = Object.entries<any>(file.States);
  const tasks = states.filter(([, { Type }]) => Type === 'Task');

  it('is the file that the local host executes', () => {
    const [[, { Properties }] = ['', {} as any]] = ofType('AWS::StepFunctions::StateMachine');
    expect(JSON.parse(Properties.DefinitionString)).toEqual(file);
    expect(Properties).toMatchObject({
      StateMachineName: 'hems-prod-erasure',
      StateMachineType: 'STANDARD',
      LoggingConfiguration: { IncludeExecutionData: false },
    });
  });

  it('goes through every step that the function knows, in its order, once', () => {
    const steps = /STEPS = \[([^\]]+)\]/.exec(
      readFileSync(join(import.meta.dirname, '../../functions/use-cases/erasure/erase-step.ts'), 'utf8'),
    )?.[1];
    expect(tasks.map(([, { Parameters }]) => Parameters.step)).toEqual(
      [...(steps ?? '').matchAll(/'(\w+)'/g)].map(([, name]) => name),
    );
    const reached = new Set<string>();
    const walk = (name: string | undefined): void => {
      if (name === undefined || reached.has(name)) return;
      reached.add(name);
      const { Next, Default, Choices = [] } = file.States[name];
      for (const next of [Next, Default, ...Choices.map((choice: any) => choice.Next)]) walk(next);
    };
    walk(file.StartAt);
    expect([...reached].toSorted()).toEqual(Object.keys(file.States).toSorted());
  });

  it.each(tasks)('%s is tried again by the name of its error and outlives its function', (_, task) => {
    expect(task.Retry.map(({ ErrorEquals }: any) => ErrorEquals).flat()).toEqual(
      expect.arrayContaining(['Lambda.ServiceException', 'States.TaskFailed', 'States.Timeout']),
    );
    const lambda = Math.max(...ofType('AWS::Lambda::Function').map(([, { Properties }]) => Properties.Timeout));
    expect(task.TimeoutSeconds).toBeGreaterThan(lambda);
  });
});

describe('an erasure that does not come to an end', () => {
  it('is looked at every quarter of an hour', () => {
    privacy.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(15 minutes)',
      Target: Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^CheckErasures'), 'Arn'] } }),
    });
  });

  it('wakes somebody: when a run fails, when the schedule does not come, and when 24 of the 72 hours are over', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm').map(([id, { Properties }]) => [id, Properties.AlarmDescription]);
    expect(alarms.map(([id]) => String(id).replace(/[0-9A-F]{8}$/, ''))).toEqual(
      expect.arrayContaining([
        'ErasureFails',
        'ErasureIsLate',
        'EraseStepFails',
        'CheckErasuresFails',
        'MissedCallsNotEmpty',
      ]),
    );
  });
});

describe('what remains', () => {
  it('is told to the function in days, each as the resource keeps it', () => {
    const [, step] = ofType('AWS::Lambda::Function').find(([id]) => id.startsWith('EraseStep')) ?? [];
    const told = Object.fromEntries(
      step.Properties.Environment.Variables.REMAINS.split(' ').map((one: string) => one.split('=')),
    );
    const logs = Object.values<any>(privacy.findResources('AWS::Logs::LogGroup'));
    expect(new Set(logs.map(({ Properties }) => String(Properties.RetentionInDays)))).toEqual(new Set([told.logs]));
    const [archive] = Object.values<any>(templates.foundation.findResources('AWS::Events::Archive'));
    expect(String(archive.Properties.RetentionDays)).toBe(told['event-archive']);
    const queues = STACKS.flatMap((stack) => Object.values<any>(templates[stack].findResources('AWS::SQS::Queue')));
    // a queue that does not say keeps a message four days
    const days = queues.map(({ Properties }) => (Properties.MessageRetentionPeriod ?? 4 * 86_400) / 86_400);
    const longest = Math.max(...days);
    expect(String(longest)).toBe(told['dead-letters']);
    const accessLogs = Object.entries<any>(templates.data.findResources('AWS::S3::Bucket')).find(([id]) =>
      id.startsWith('AccessLogs'),
    );
    expect(String(accessLogs?.[1].Properties.LifecycleConfiguration.Rules[0].ExpirationInDays)).toBe(
      told['object-logs'],
    );
    const tables = Object.values<any>(templates.data.findResources('AWS::DynamoDB::GlobalTable'));
    // the recovery window of a table that does not set one is 35 days
    for (const { Properties } of tables)
      for (const { PointInTimeRecoverySpecification } of Properties.Replicas)
        expect(PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
    expect(Number(told.backups)).toBeGreaterThanOrEqual(35);
  });
});
