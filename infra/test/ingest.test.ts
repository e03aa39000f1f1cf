import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { batchRule, commandResultRule, HISTORY_RULES, readingRule, type Rule } from '@hems/shared/events/rules';
import { synthesised } from './synthesised.ts';

const withTimestream = synthesised('prod', 'timestream').ingest;
const withBlocks = synthesised('prod', 'blocks').ingest;

const LAMBDA_RULES: [Rule, string][] = [
  [readingRule, 'Ingest'],
  [batchRule, 'Ingest'],
  [commandResultRule, 'CommandResultFunction'],
];

describe.each(LAMBDA_RULES)('rule $name', (rule, target) => {
  it('hands each message to its function in SQL that knows encode, and failures to a queue', () => {
    withBlocks.hasResourceProperties('AWS::IoT::TopicRule', {
      RuleName: rule.name,
      TopicRulePayload: {
        Sql: rule.sql,
        AwsIotSqlVersion: '2016-03-23',
        RuleDisabled: false,
        Actions: [{ Lambda: { FunctionArn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^${target}`), 'Arn'] } } }],
        ErrorAction: { Sqs: { QueueUrl: { Ref: Match.stringLikeRegexp('^RuleFailures') }, RoleArn: Match.anyValue() } },
      },
    });
  });
});

describe('who may invoke', () => {
  it('each rule its own function, from this account, and nobody else', () => {
    const permissions = Object.values(withTimestream.findResources('AWS::Lambda::Permission')).map(
      ({ Properties }) => Properties,
    );
    expect(permissions).toHaveLength(LAMBDA_RULES.length);
    for (const permission of permissions)
      expect(permission).toMatchObject({
        Action: 'lambda:InvokeFunction',
        Principal: 'iot.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: { 'Fn::GetAtt': [expect.stringMatching(/Rule/), 'Arn'] },
      });
  });
});

describe('raw history', () => {
  const NAMES = { electrical: 'Electrical', environment: 'Environment' };
  it.each(HISTORY_RULES)(
    'of $table quantities is written by the broker to its own table, one record each under three dimensions',
    ({ rule, table }) => {
      withTimestream.hasResourceProperties('AWS::IoT::TopicRule', {
        RuleName: rule.name,
        TopicRulePayload: {
          Sql: rule.sql,
          AwsIotSqlVersion: '2016-03-23',
          Actions: [
            {
              Timestream: {
                TableName: {
                  'Fn::GetStackOutput': { OutputName: Match.stringLikeRegexp(`History${NAMES[table]}.*Name`) },
                },
                RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^${NAMES[table]}HistoryRole`), 'Arn'] },
                Dimensions: [
                  { Name: 'household', Value: '${topic(3)}' },
                  { Name: 'device', Value: '${device_id}' },
                  { Name: 'kind', Value: '${kind}' },
                ],
                Timestamp: { Value: '${ts}', Unit: 'MILLISECONDS' },
              },
            },
          ],
          // and holds back no settlement by what it could not write
          ErrorAction: {
            Sqs: { QueueUrl: { Ref: Match.stringLikeRegexp('^HistoryFailures') }, RoleArn: Match.anyValue() },
          },
        },
      });
    },
  );

  it('has no such rule where it cannot', () => {
    withTimestream.resourceCountIs('AWS::IoT::TopicRule', 5);
    withBlocks.resourceCountIs('AWS::IoT::TopicRule', 3);
  });
});

describe('a message that cannot be taken in', () => {
  it('is tried twice more within six hours, then waits 14 days for a person', () => {
    const retries = Object.values(withBlocks.findResources('AWS::Lambda::EventInvokeConfig')).map(
      ({ Properties }) => Properties,
    );
    expect(retries).toHaveLength(2);
    for (const retry of retries)
      expect(retry).toMatchObject({
        MaximumRetryAttempts: 2,
        MaximumEventAgeInSeconds: 21_600,
        DestinationConfig: {
          OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringMatching(/NotIngested|LostResults/), 'Arn'] } },
        },
      });
    withBlocks.allResourcesProperties('AWS::SQS::Queue', {
      MessageRetentionPeriod: 1_209_600,
      KmsMasterKeyId: Match.anyValue(),
    });
  });
});

const actionsOf = (template: typeof withBlocks, role: RegExp): Record<string, string[]> => {
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
    Properties.Roles.some(({ Ref }: { Ref: string }) => role.test(Ref)),
  );
  const found: Record<string, string[]> = {};
  for (const { Action, Resource } of policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement))
    for (const table of new Set(
      JSON.stringify(Resource).match(/(Homes|Energy|HistoryBlocks|Operations|HistoryElectrical|HistoryEnvironment)/g),
    ))
      found[table] = [...(found[table] ?? []), ...[Action].flat()].toSorted();
  return found;
};

const READ = ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:Query'];
const WRITE = ['dynamodb:UpdateItem'];

describe('what ingest may touch', () => {
  it('reads homes, keeps energy, adds to the quarantine, and keeps the history in its own table', () => {
    expect(actionsOf(withBlocks, /^IngestRole/)).toEqual({
      Homes: READ,
      Energy: [...READ, ...WRITE].toSorted(),
      Operations: WRITE,
      HistoryBlocks: [...READ, ...WRITE].toSorted(),
    });
  });

  it('with Timestream writes points and does not touch the table for blocks', () => {
    expect(actionsOf(withTimestream, /^IngestRole/)).toEqual({
      Homes: READ,
      Energy: [...READ, ...WRITE].toSorted(),
      Operations: WRITE,
      HistoryElectrical: ['timestream:WriteRecords'],
      HistoryEnvironment: ['timestream:WriteRecords'],
    });
  });

  it('is not what a rule may touch: each writes to one Timestream table', () => {
    const write = ['timestream:WriteRecords'];
    expect(actionsOf(withTimestream, /^ElectricalHistoryRole/)).toEqual({ HistoryElectrical: write });
    expect(actionsOf(withTimestream, /^EnvironmentHistoryRole/)).toEqual({ HistoryEnvironment: write });
  });
});

describe('functions', () => {
  it('run Node 24 on arm64, traced, with a log that is encrypted and kept 180 days', () => {
    withBlocks.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogGroup: Match.anyValue() },
    });
    withBlocks.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 180, KmsKeyId: Match.anyValue() });
  });

  it('log warnings only: ingest runs for every message', () => {
    withBlocks.allResourcesProperties('AWS::Lambda::Function', { Environment: { Variables: { LOG_LEVEL: 'warn' } } });
  });
});
