import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { config, STACKS, TELEMETRY_STORES } from '../config.ts';
import { synthesised } from './synthesised.ts';

/** Walks over every resource of every stack, with either store. What is not listed here is not allowed. */

type Resource = { where: string; id: string; Type: string; Properties: any };

const everything: Resource[] = TELEMETRY_STORES.flatMap((store) => {
  const templates = synthesised('prod', store);
  return STACKS.flatMap((stack) =>
    Object.entries<any>(templates[stack].toJSON().Resources).map(([id, resource]) => ({
      where: `${store}/${stack}/${id}`,
      id,
      ...resource,
    })),
  );
});
const ofType = (...types: string[]): Resource[] => everything.filter(({ Type }) => types.includes(Type));

type Statement = {
  where: string;
  type: string;
  Effect: string;
  Action: string[];
  Resource: unknown[];
  Condition?: unknown;
};

const documentsOf = ({ Type, Properties }: Resource): any[] => {
  const inline =
    Type === 'AWS::IAM::Role' ? (Properties.Policies ?? []).map((policy: any) => policy.PolicyDocument) : [];
  return [Properties.PolicyDocument, Properties.KeyPolicy, ...inline].filter(Boolean);
};

const statements: Statement[] = everything.flatMap((resource) =>
  documentsOf(resource)
    .flatMap((document) => document.Statement)
    .map((statement) => ({
      where: resource.where,
      type: resource.Type,
      ...statement,
      Action: [statement.Action].flat(),
      Resource: [statement.Resource].flat(),
    })),
);
const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
/** in a key's own policy the resource `*` is the key, and its administrator is the account */
const grants = allowed.filter(({ type }) => type !== 'AWS::KMS::Key');

/** Actions that take no resource, each with where AWS says so. */
const WITHOUT_RESOURCE = new Set([
  // Step Functions developer guide, "Logging in CloudWatch Logs": log delivery "must use Resource: *"
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
  // API Gateway developer guide, "Set up CloudWatch logging": the account's role must be able to do all of its managed policy
  'logs:CreateLogGroup',
  'logs:CreateLogStream',
  'logs:DescribeLogStreams',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:PutLogEvents',
  'cloudwatch:PutMetricData', // service authorization reference, Amazon CloudWatch
  'ecr:GetAuthorizationToken', // service authorization reference, Amazon Elastic Container Registry
  'sagemaker:ListEndpoints', // service authorization reference, Amazon SageMaker
  'cloudwatch:GetMetricData', // service authorization reference, Amazon CloudWatch
  'xray:GetSamplingRules', // service authorization reference, AWS X-Ray
  'xray:GetSamplingTargets', // as above
  'xray:PutTraceSegments', // as above
  'xray:PutTelemetryRecords', // as above
  'timestream:DescribeEndpoints', // Timestream developer guide: "must use Resource: *"
]);

describe('policies', () => {
  it('are walked in every stack that has them', () => {
    expect(grants.length).toBeGreaterThan(60);
    expect(new Set(grants.map(({ where }) => where.split('/')[1]))).toEqual(
      new Set([
        'foundation',
        'data',
        'devices',
        'ingest',
        'workflows',
        'forecast',
        'privacy',
        'files',
        'api',
        'planning',
        'notifications',
        'partner',
        'openadr',
        'ops',
      ]),
    );
  });

  it('allow no action by wildcard', () => {
    const wild = grants.filter(({ Action }) => Action.some((action) => action.includes('*')));
    expect(wild).toEqual([]);
  });

  it('open everything (*) only to actions that take no resource', () => {
    const bare = grants.filter(({ Resource }) => Resource.includes('*'));
    expect(bare.flatMap(({ Action }) => Action).filter((action) => !WITHOUT_RESOURCE.has(action))).toEqual([]);
    expect(new Set(bare.flatMap(({ Action }) => Action))).toEqual(WITHOUT_RESOURCE);
  });

  it('have a wildcard inside a resource in six places: the command topic of any gateway, the partner API, a folder of a bucket, the executions of one state machine, what an execution of the training makes, and what an erasure deletes', () => {
    const partly = grants.filter(({ Resource }) => !Resource.includes('*') && JSON.stringify(Resource).includes('*'));
    const reach = partly.map(
      ({ Action, Resource }) =>
        `${Action.join()} ${/(?:(?<=execution:)[^"]*|[^":]*)\*[^"]*(?=")/.exec(JSON.stringify(Resource))?.[0]}`,
    );
    expect(new Set(reach)).toEqual(
      new Set([
        'iot:Publish topic/hems/v1/*/*/cmd',
        's3:PutObject /Objects/*',
        's3:PutObject /Refused/*',
        's3:PutObject /Training/*',
        's3:AbortMultipartUpload,s3:PutObject /imports/*',
        's3:GetObject /imports/*',
        's3:AbortMultipartUpload,s3:PutObject /exports/*',
        's3:GetObject /exports/*',
        's3:AbortMultipartUpload,s3:PutObject /training/*',
        's3:GetObject /training/*',
        's3:AbortMultipartUpload,s3:PutObject /models/*',
        's3:GetObject /models/*',
        // each is named after the execution that makes it
        'sagemaker:AddTags,sagemaker:CreateTrainingJob,sagemaker:DescribeTrainingJob,sagemaker:ListTags,sagemaker:StopTrainingJob training-job/hems-prod-forecast-*',
        'sagemaker:CreateModel,sagemaker:DeleteModel model/hems-prod-forecast-*',
        'sagemaker:CreateEndpointConfig,sagemaker:DeleteEndpointConfig endpoint-config/hems-prod-forecast-*',
        'sagemaker:CreateEndpoint,sagemaker:UpdateEndpoint endpoint-config/hems-prod-forecast-*',
        'states:DescribeExecution hems-prod-forecast-training:*',
        'states:DescribeExecution,states:StopExecution hems-prod-forecast-training:*',
        'states:DescribeExecution hems-prod-daily-run:*',
        'states:DescribeExecution,states:StopExecution hems-prod-daily-run:*',
        'states:DescribeExecution hems-prod-erasure:*',
        'states:DescribeExecution,states:StopExecution hems-prod-erasure:*',
        'iot:DeleteCertificate,iot:DetachThingPrincipal,iot:UpdateCertificate cert/*',
        'iot:DeleteConnection client/*',
        'iot:DeleteThing,iot:DescribeThing,iot:DetachThingPrincipal,iot:ListThingPrincipals,iot:UpdateThing thing/*',
        's3:AbortMultipartUpload,s3:DeleteObject,s3:DeleteObjectVersion /exports/*',
        // which gateway is provisioned, entered or cut off is known at the request only
        'iot:AttachThingPrincipal,iot:CreateThing,iot:DescribeThing,iot:UpdateThing thing/*',
        'iot:AttachPolicy,iot:AttachThingPrincipal,iot:DescribeCertificate,iot:UpdateCertificate cert/*',
        'iot:CreateThing,iot:DescribeThing,iot:ListThingPrincipals thing/*',
        'iot:ListThingPrincipals thing/*',
        'iot:UpdateCertificate cert/*',
        'iot:Connect client/claim-*',
        'iot:Subscribe topicfilter/$aws/certificates/create-from-csr/json/*',
        'iot:Receive topic/$aws/certificates/create-from-csr/json/*',
        // any method of the partner API: scopes decide, at each request
        'execute-api:Invoke /v1/*/partner/v1/*',
      ]),
    );
  });

  it('of keys name services of this account, beside the account itself', () => {
    const foreign = allowed.filter(
      ({ type, Condition, ...statement }: any) =>
        type === 'AWS::KMS::Key' && !Condition && !JSON.stringify(statement.Principal).includes(':root'),
    );
    expect(foreign).toEqual([]);
  });

  it('of keys open through one service only, or the data key of a named owner; a role without either makes blind indexes', () => {
    const use = grants.filter(({ Action }) => Action.some((action) => action.startsWith('kms:')));
    expect(use.length).toBeGreaterThan(20);
    const others = use.filter(
      ({ Action }) =>
        !isDeepStrictEqual(Action, ['kms:GenerateMac']) &&
        // vouching for settlement files: it opens nothing
        !isDeepStrictEqual(Action, ['kms:GetPublicKey', 'kms:Sign']),
    );
    for (const { Condition, where } of others)
      expect(JSON.stringify(Condition), where).toMatch(/kms:ViaService|kms:EncryptionContext:owner/);
  });

  it('attach nothing that AWS wrote for everyone', () => {
    for (const role of ofType('AWS::IAM::Role')) expect(role.Properties.ManagedPolicyArns, role.where).toBeUndefined();
  });

  it('let nobody from outside in', () => {
    const roles = ofType('AWS::IAM::Role').flatMap(({ Properties }) => Properties.AssumeRolePolicyDocument.Statement);
    const fromOutside = roles.filter(({ Principal }) => Principal.Service === undefined);
    // partners, each in its account and by the id that we told it
    expect(fromOutside.length).toBe(
      config.prod.partners.filter(({ account }) => account).length * TELEMETRY_STORES.length,
    );
    for (const { Principal, Condition } of fromOutside) {
      expect(JSON.stringify(Principal.AWS)).toContain(':root');
      expect(Condition.StringEquals['sts:ExternalId']).toMatch(/^hems-/);
    }
    expect(new Set(roles.flatMap(({ Principal }) => Principal.Service ?? []))).toEqual(
      new Set([
        'apigateway.amazonaws.com',
        'lambda.amazonaws.com',
        'iot.amazonaws.com',
        'states.amazonaws.com',
        'scheduler.amazonaws.com',
        'sagemaker.amazonaws.com',
        'codebuild.amazonaws.com',
      ]),
    );
  });
});

describe('asynchronous edges', () => {
  const invokers = (id: string) =>
    ofType('AWS::Lambda::Permission').filter(({ Properties }) =>
      JSON.stringify(Properties.FunctionName).includes(`"${id}"`),
    );
  /** by a request, or by AWS IoT that wants to know whether to provision a gateway */
  const isWaitedFor = ({ Properties }: Resource) =>
    Properties.Principal === 'apigateway.amazonaws.com' ||
    JSON.stringify(Properties.SourceArn).includes(':provisioningtemplate/');
  const calledBy = (type: string, id: string) =>
    ofType(type).some(({ Properties }) =>
      JSON.stringify([Properties.Target?.Arn, Properties.DefinitionSubstitutions]).includes(`"${id}"`),
    );
  const isScheduled = (id: string) => calledBy('AWS::Scheduler::Schedule', id);

  it('every function that is invoked and not waited for gives up into a queue', () => {
    const asynchronous = ofType('AWS::Lambda::Function').filter(
      ({ id }) => isScheduled(id) || invokers(id).some((permission) => !isWaitedFor(permission)),
    );
    // by rules of the broker, by schedules, by rules of the bus
    expect(asynchronous.length).toBe((4 + 14 + 4) * TELEMETRY_STORES.length);
    for (const { id, where } of asynchronous) {
      const retry = ofType('AWS::Lambda::EventInvokeConfig').find(
        ({ Properties }) => Properties.FunctionName.Ref === id,
      );
      expect(retry?.Properties.DestinationConfig?.OnFailure?.Destination, where).toBeDefined();
    }
  });

  it('every function is invoked by someone, from this account or this API, by a schedule or as a task', () => {
    for (const { id, where } of ofType('AWS::Lambda::Function')) {
      const isFed = ofType('AWS::Lambda::EventSourceMapping').some(
        ({ Properties }) => Properties.FunctionName.Ref === id,
      );
      const byRole = isScheduled(id) || isFed || calledBy('AWS::StepFunctions::StateMachine', id);
      expect(byRole || invokers(id).length > 0, where).toBe(true);
      for (const permission of invokers(id)) expect(permission.Properties.SourceArn, permission.where).toBeDefined();
    }
  });

  it('every rule puts what it could not do into a queue', () => {
    const rules = ofType('AWS::IoT::TopicRule');
    expect(rules).toHaveLength(12);
    for (const { Properties, where } of rules)
      expect(Properties.TopicRulePayload.ErrorAction?.Sqs?.QueueUrl, where).toBeDefined();
  });

  it('every queue has a dead-letter queue or is one', () => {
    const queues = ofType('AWS::SQS::Queue');
    const ends = JSON.stringify([
      ...ofType('AWS::Lambda::EventInvokeConfig').map(({ Properties }) => Properties.DestinationConfig),
      ...ofType('AWS::IoT::TopicRule').map(({ Properties }) => Properties.TopicRulePayload.ErrorAction),
      ...queues.map(({ Properties }) => Properties.RedrivePolicy),
    ]);
    for (const { id, Properties, where } of queues)
      expect(Properties.RedrivePolicy ?? ends.includes(`"${id}"`), where).toBeTruthy();
  });

  it('every schedule puts a call that came to nothing into a queue', () => {
    const schedules = ofType('AWS::Scheduler::Schedule');
    expect(schedules).toHaveLength(14 * TELEMETRY_STORES.length);
    for (const { Properties, where } of schedules)
      expect(JSON.stringify(Properties.Target.DeadLetterConfig), where).toMatch(/MissedCalls|Untold|NotPlanned/);
  });

  it('no bus rule is without one, and there is no other subscription', () => {
    expect(ofType('AWS::Events::Rule')).toHaveLength(4 * TELEMETRY_STORES.length);
    for (const { Properties, where } of ofType('AWS::Events::Rule'))
      for (const target of Properties.Targets) expect(target.DeadLetterConfig, where).toBeDefined();
    expect(ofType('AWS::SNS::Subscription')).toEqual([]);
  });
});

describe('at rest', () => {
  const KEY: Record<string, (properties: any) => unknown> = {
    'AWS::DynamoDB::GlobalTable': ({ Replicas }) =>
      Replicas.every((replica: any) => replica.SSESpecification.KMSMasterKeyId),
    'AWS::Timestream::Database': ({ KmsKeyId }) => KmsKeyId,
    'AWS::SQS::Queue': ({ KmsMasterKeyId }) => KmsMasterKeyId,
    'AWS::SNS::Topic': ({ KmsMasterKeyId }) => KmsMasterKeyId,
    'AWS::Logs::LogGroup': ({ KmsKeyId }) => KmsKeyId,
    'AWS::Events::EventBus': ({ KmsKeyIdentifier }) => KmsKeyIdentifier,
    'AWS::Events::Archive': ({ KmsKeyIdentifier }) => KmsKeyIdentifier,
  };
  it.each(Object.keys(KEY))('every %s is encrypted with a key of ours', (type) => {
    expect(ofType(type).length).toBeGreaterThan(0);
    for (const { where, Properties } of ofType(type)) expect(KEY[type]?.(Properties), where).toBeTruthy();
  });

  it('every bucket too, but for the one that S3 itself writes access logs to', () => {
    const others = ofType('AWS::S3::Bucket').filter(
      ({ Properties }) =>
        Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm !==
        'aws:kms',
    );
    expect(others.map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['AccessLogs', 'AccessLogs']);
  });

  it('every log forgets after 180 days', () => {
    for (const { where, Properties } of ofType('AWS::Logs::LogGroup'))
      expect(Properties.RetentionInDays, where).toBe(180);
  });
});

describe('names', () => {
  it('carry no value that differs between accounts, and what holds data has none of ours', () => {
    for (const { Properties, where } of ofType(
      'AWS::DynamoDB::GlobalTable',
      'AWS::S3::Bucket',
      'AWS::Timestream::Table',
      'AWS::Cognito::UserPool',
    )) {
      expect([Properties.TableName, Properties.BucketName, Properties.UserPoolName], where).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
  });
});
