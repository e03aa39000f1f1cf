import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesised } from './synthesised.ts';

const { files, data, web, api } = synthesised('prod', 'blocks');

/** What the role of a function may do, action by action with the resource as text. */
const mayDo = (template: Template, role: RegExp): string[] =>
  Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => role.test(Ref)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .flatMap(({ Action, Resource }: { Action: string | string[]; Resource: unknown }) =>
      [Action].flat().map((action) => `${action} ${JSON.stringify(Resource)}`),
    );
const onFiles = (template: Template, role: RegExp): string[] =>
  mayDo(template, role)
    .filter((statement) => statement.startsWith('s3:'))
    .map((statement) => `${statement.split(' ')[0]} ${/\/(imports|exports)\/\*/.exec(statement)?.[1] ?? 'list'}`)
    .toSorted();

describe('the bucket of files', () => {
  it('takes files from pages of the web app’s hosting, and the web app may send to no other bucket', () => {
    data.hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: {
        CorsRules: [
          Match.objectLike({ AllowedMethods: ['POST', 'GET'], AllowedOrigins: ['https://main.*.amplifyapp.com'] }),
        ],
      },
    });
    const headers = JSON.stringify(web.findResources('AWS::Amplify::App'));
    expect(headers).toMatch(
      /connect-src[^;]* https:\/\/",\{"Fn::GetStackOutput":[^}]*ObjectsA92BA4F1RegionalDomainName/,
    );
    expect(headers).not.toMatch(/\*\.s3|s3\.amazonaws/);
  });

  it('forgets what residents send after a day and archives after seven, and what was removed a day later', () => {
    const rule = (Prefix: string, ExpirationInDays: number) =>
      Match.objectLike({
        Prefix,
        ExpirationInDays,
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        Status: 'Enabled',
      });
    data.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: Match.arrayWith([rule('imports/', 1), rule('exports/', 7)]) },
    });
  });

  it('tells the bus of what arrives', () => {
    data.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
  });
});

describe('a history file that arrives', () => {
  it('is handed to its function by key and size, with two retries and a queue for what nobody could read', () => {
    files.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: {
          bucket: {
            name: [{ 'Fn::GetStackOutput': Match.objectLike({ OutputName: Match.stringLikeRegexp('RefObjects') }) }],
          },
          object: { key: [{ prefix: 'imports/' }] },
        },
      },
      Targets: [
        Match.objectLike({
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^NotRead'), 'Arn'] } },
          InputTransformer: {
            InputPathsMap: { 'detail-object-key': '$.detail.object.key', 'detail-object-size': '$.detail.object.size' },
            InputTemplate: '{"key":<detail-object-key>,"bytes":<detail-object-size>}',
          },
        }),
      ],
    });
    files.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^NotRead'), 'Arn'] } } },
    });
  });

  it('is read by a function that sees no other file', () => {
    expect(onFiles(files, /^ImportFileRole/)).toEqual(['s3:GetObject imports', 's3:ListBucket list']);
  });
});

describe('an archive', () => {
  it('is asked for through a queue, tried three times, one by one, and no longer than a quarter of an hour each', () => {
    files.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 960,
      KmsMasterKeyId: Match.anyValue(),
      RedrivePolicy: {
        maxReceiveCount: 3,
        deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^NotWritten'), 'Arn'] },
      },
    });
    files.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
    files.hasResourceProperties('AWS::Lambda::Function', {
      Timeout: 900,
      Environment: { Variables: Match.objectLike({ OBJECTS: Match.anyValue(), FIELD_KEY: Match.anyValue() }) },
    });
  });

  it('is written by a function that reads everything of a household and writes nothing but how far it is', () => {
    expect(onFiles(files, /^ExportHouseholdRole/)).toEqual(['s3:AbortMultipartUpload exports', 's3:PutObject exports']);
    const writes = mayDo(files, /^ExportHouseholdRole/).filter((statement) =>
      statement.startsWith('dynamodb:UpdateItem'),
    );
    expect(writes).toHaveLength(1);
    expect(writes[0]).toContain('Homes');
  });

  it('that is late raises an alarm which says who waits', () => {
    files.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateAgeOfOldestMessage',
      Threshold: 900,
      AlarmDescription: Match.stringLikeRegexp('quarter of an hour.*archives-are-late'),
    });
  });
});

describe('links that the API gives', () => {
  it('are no wider than for sending a history file, and for getting an archive', () => {
    expect(onFiles(api, /^importsRole/)).toEqual(['s3:AbortMultipartUpload imports', 's3:PutObject imports']);
    expect(onFiles(api, /^exportsRole/)).toEqual(['s3:GetObject exports', 's3:ListBucket list']);
    expect(mayDo(api, /^exportsRole/).filter((statement) => statement.startsWith('sqs:'))).toEqual([
      expect.stringMatching(/^sqs:SendMessage /),
    ]);
    expect(mayDo(api, /^importsRole/).filter((statement) => statement.startsWith('sqs:'))).toEqual([]);
  });
});
