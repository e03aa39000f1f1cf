import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { batchRule, readingRule } from '@hems/shared/events/rules';
import { INGEST_MODES } from '../config.ts';
import { synthesised } from './synthesised.ts';

const streamed = synthesised('prod', 'timestream', 'stream');
const stream = streamed.ingest;
const drain = synthesised('prod', 'timestream', 'drain').ingest;

type Statement = { readonly Action: string | string[]; readonly Resource: unknown; readonly Condition?: unknown };
const statementsOf = (template: Template, role: RegExp): Statement[] =>
  Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => role.test(Ref)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
const actionsThrough = (template: Template, role: RegExp, service: RegExp): string[] =>
  statementsOf(template, role)
    .flatMap(({ Action }) => Action)
    .filter((action) => service.test(action))
    .toSorted();
const rulesOf = (template: Template): string[] =>
  Object.values(template.findResources('AWS::IoT::TopicRule')).map(({ Properties }) => Properties.RuleName);

describe('a stage with a stream', () => {
  it.each([readingRule, batchRule])(
    'puts what $name makes of a message into it, a home’s messages in their order',
    (rule) => {
      stream.hasResourceProperties('AWS::IoT::TopicRule', {
        RuleName: rule.name,
        TopicRulePayload: {
          Sql: rule.sql,
          Actions: [
            {
              Kinesis: {
                StreamName: { Ref: Match.stringLikeRegexp('^Readings') },
                PartitionKey: '${topic(3)}',
                RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('StreamRole'), 'Arn'] },
              },
            },
          ],
          ErrorAction: { Sqs: Match.anyValue() },
        },
      });
    },
  );

  it('keeps them a day, encrypted with the key of the stage, and grows by itself', () => {
    stream.hasResourceProperties('AWS::Kinesis::Stream', {
      RetentionPeriodHours: 24,
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      StreamEncryption: { EncryptionType: 'KMS', KeyId: Match.anyValue() },
    });
  });

  it('hands over up to 500 from the oldest on, halves what throws, and gives up into a bucket, not at all by dropping', () => {
    stream.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 5,
      ParallelizationFactor: 6,
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      // the age decides
      MaximumRetryAttempts: 10_000,
      MaximumRecordAgeInSeconds: 21_600,
      DestinationConfig: {
        OnFailure: {
          Destination: {
            'Fn::GetStackOutput': Match.objectLike({ OutputName: Match.stringLikeRegexp('SetAside.*Arn') }),
          },
        },
      },
    });
  });

  it('lets rules put, and the reader read and set aside, and neither anything else', () => {
    expect(actionsThrough(stream, /StreamRole/, /^(kinesis|s3):/)).toEqual(['kinesis:PutRecord', 'kinesis:PutRecord']);
    expect(actionsThrough(stream, /^StreamIngestRole/, /^(kinesis|s3):/)).toEqual([
      'kinesis:DescribeStream',
      'kinesis:DescribeStreamSummary',
      'kinesis:GetRecords',
      'kinesis:GetShardIterator',
      'kinesis:ListShards',
      's3:ListBucket',
      's3:PutObject',
    ]);
    const tables = (role: RegExp): string[] => actionsThrough(stream, role, /^dynamodb:/);
    expect(tables(/^StreamIngestRole/)).toEqual(tables(/^IngestRole/));
  });

  it('opens the key through Kinesis alone: to the rules to write, to the reader to read', () => {
    const keyActions = (role: RegExp): string[] =>
      statementsOf(stream, role)
        .filter(({ Condition }) => JSON.stringify(Condition ?? '').includes('kinesis.'))
        .flatMap(({ Action }) => Action);
    expect(keyActions(/StreamIngestRole/)).toEqual(['kms:Decrypt', 'kms:DescribeKey']);
    expect(new Set(keyActions(/(Reading|Batch)StreamRole/))).toContain('kms:GenerateDataKey');
  });

  it('has no rule that writes the history beside the function that does, under Timestream', () => {
    expect(rulesOf(stream).filter((name) => name.includes('history'))).toEqual([]);
    stream.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { INGEST_MODE: 'stream', TELEMETRY_STORE: 'timestream' } },
    });
  });

  it('settles no day while its reader is behind or has given something up', () => {
    streamed.workflows.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          INGEST_STREAM_FUNCTION: Match.anyValue(),
          INGEST_STREAM_MAPPING: Match.anyValue(),
          INGEST_SET_ASIDE: Match.anyValue(),
        },
      },
    });
    expect(actionsThrough(streamed.workflows, /^FreezeDay/, /^s3:/)).toEqual(['s3:ListBucket']);
  });

  it('wakes somebody when it is five minutes behind, and when something was given up', () => {
    stream.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Lambda',
      MetricName: 'IteratorAge',
      Threshold: 300_000,
      AlarmDescription: Match.stringLikeRegexp('#stream-is-behind$'),
    });
    for (const MetricName of [
      'OnFailureDestinationDeliveredEventCount',
      'DroppedEventCount',
      'DestinationDeliveryFailures',
    ])
      stream.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName,
        Threshold: 1,
        AlarmDescription: Match.stringLikeRegexp('#stream-is-behind$'),
      });
  });
});

describe('a stage that leaves its stream', () => {
  it('has rules that call the function, while the reader goes on', () => {
    for (const { name } of [readingRule, batchRule])
      drain.hasResourceProperties('AWS::IoT::TopicRule', {
        RuleName: name,
        TopicRulePayload: { Actions: [{ Lambda: Match.anyValue() }] },
      });
    drain.resourceCountIs('AWS::Kinesis::Stream', 1);
    drain.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
    expect(actionsThrough(drain, /./, /^kinesis:Put/)).toEqual([]);
  });

  it('has the rules that write the history again, before the function leaves it to them', () => {
    expect(rulesOf(drain).filter((name) => name.includes('history'))).toHaveLength(2);
    drain.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { INGEST_MODE: 'drain' } },
    });
  });
});

it.each(INGEST_MODES)('under %s the stack says so, for the next deployment to know', (mode) => {
  synthesised('prod', 'timestream', mode).ingest.hasOutput('IngestMode', { Value: mode });
});

it('a stage without a stream has neither a stream nor a bucket for what it gave up', () => {
  const direct = synthesised('prod', 'timestream');
  direct.ingest.resourceCountIs('AWS::Kinesis::Stream', 0);
  expect(Object.keys(direct.data.findResources('AWS::S3::Bucket')).filter((id) => id.startsWith('SetAside'))).toEqual(
    [],
  );
});
