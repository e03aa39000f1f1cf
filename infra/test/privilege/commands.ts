import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

const ROOT = join(import.meta.dirname, '../../..');

/**
 * What each call of the SDK that our adapters import needs in IAM, by the client it is of. Closed: a call that is not here fails the test of the bundles.
 * Calls that need more than their own name say so: a transaction is its parts, a missing object is told only to who may list.
 */
const NEEDS: Record<string, readonly string[]> = {
  'client-cloudwatch GetMetricDataCommand': ['cloudwatch:GetMetricData'],
  'client-cognito-identity-provider AdminDeleteUserCommand': ['cognito-idp:AdminDeleteUser'],
  'client-cognito-identity-provider AdminGetUserCommand': ['cognito-idp:AdminGetUser'],
  'client-cognito-identity-provider AdminUserGlobalSignOutCommand': ['cognito-idp:AdminUserGlobalSignOut'],
  'client-dynamodb BatchGetItemCommand': ['dynamodb:BatchGetItem'],
  'client-dynamodb DeleteItemCommand': ['dynamodb:DeleteItem'],
  'client-dynamodb GetItemCommand': ['dynamodb:GetItem'],
  'client-dynamodb QueryCommand': ['dynamodb:Query'],
  'client-dynamodb TransactWriteItemsCommand': [
    'dynamodb:UpdateItem',
    'dynamodb:DeleteItem',
    'dynamodb:ConditionCheckItem',
  ],
  'client-dynamodb UpdateItemCommand': ['dynamodb:UpdateItem'],
  'client-eventbridge PutEventsCommand': ['events:PutEvents'],
  'client-iot AttachPolicyCommand': ['iot:AttachPolicy'],
  'client-iot AttachThingPrincipalCommand': ['iot:AttachThingPrincipal'],
  'client-iot CreateCertificateFromCsrCommand': ['iot:CreateCertificateFromCsr'],
  'client-iot CreateThingCommand': ['iot:CreateThing'],
  'client-iot DeleteCertificateCommand': ['iot:DeleteCertificate'],
  'client-iot DeleteThingCommand': ['iot:DeleteThing'],
  'client-iot DescribeCertificateCommand': ['iot:DescribeCertificate'],
  'client-iot DescribeThingCommand': ['iot:DescribeThing'],
  'client-iot DetachThingPrincipalCommand': ['iot:DetachThingPrincipal'],
  'client-iot ListPrincipalThingsCommand': ['iot:ListPrincipalThings'],
  'client-iot ListThingPrincipalsCommand': ['iot:ListThingPrincipals'],
  'client-iot UpdateCertificateCommand': ['iot:UpdateCertificate'],
  'client-iot UpdateThingCommand': ['iot:UpdateThing'],
  'client-iot-data-plane DeleteConnectionCommand': ['iot:DeleteConnection'],
  'client-iot-data-plane PublishCommand': ['iot:Publish'],
  'client-kms DecryptCommand': ['kms:Decrypt'],
  'client-kms GenerateDataKeyCommand': ['kms:GenerateDataKey'],
  'client-kms GenerateMacCommand': ['kms:GenerateMac'],
  'client-kms GetPublicKeyCommand': ['kms:GetPublicKey'],
  'client-kms SignCommand': ['kms:Sign'],
  'client-s3 AbortMultipartUploadCommand': ['s3:AbortMultipartUpload'],
  'client-s3 DeleteObjectCommand': ['s3:DeleteObject'],
  'client-s3 DeleteObjectsCommand': ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  'client-s3 GetObjectCommand': ['s3:GetObject', 's3:ListBucket'],
  'client-s3 HeadObjectCommand': ['s3:GetObject', 's3:ListBucket'],
  'client-s3 ListMultipartUploadsCommand': ['s3:ListBucketMultipartUploads'],
  'client-s3 ListObjectVersionsCommand': ['s3:ListBucketVersions'],
  'client-s3 ListObjectsV2Command': ['s3:ListBucket'],
  'client-s3 paginateListObjectsV2': ['s3:ListBucket'],
  'client-s3 PutObjectCommand': ['s3:PutObject'],
  'lib-storage Upload': ['s3:PutObject', 's3:AbortMultipartUpload'],
  's3-presigned-post createPresignedPost': ['s3:PutObject', 's3:AbortMultipartUpload'],
  'client-sagemaker-runtime InvokeEndpointCommand': ['sagemaker:InvokeEndpoint'],
  'client-secrets-manager GetSecretValueCommand': ['secretsmanager:GetSecretValue'],
  'client-sesv2 SendEmailCommand': ['ses:SendEmail'],
  'client-sfn DescribeExecutionCommand': ['states:DescribeExecution'],
  'client-sfn StartExecutionCommand': ['states:StartExecution'],
  'client-sqs DeleteMessageCommand': ['sqs:DeleteMessage'],
  'client-sqs GetQueueAttributesCommand': ['sqs:GetQueueAttributes'],
  'client-sqs ReceiveMessageCommand': ['sqs:ReceiveMessage'],
  'client-sqs SendMessageCommand': ['sqs:SendMessage'],
  'client-ssm GetParameterCommand': ['ssm:GetParameter'],
  'client-timestream-query paginateQuery': ['timestream:Select', 'timestream:DescribeEndpoints'],
  'client-timestream-write WriteRecordsCommand': ['timestream:WriteRecords', 'timestream:DescribeEndpoints'],
};

const IMPORT = /import (?!type )\{([^}]*)\} from '@aws-sdk\/(client-[\w-]+|lib-storage|s3-presigned-post)'/g;
/** Names that call: commands, and what calls for us. Clients, errors and types do not. */
const CALLS = /^(\w+Command|paginate\w+|Upload|createPresignedPost)$/;

const callsIn = (source: string): string[] =>
  [...source.matchAll(IMPORT)].flatMap(([, names = '', client = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => CALLS.test(name))
      .map((name) => `${client} ${name}`),
  );

const ADAPTER = /functions\/adapters\/aws\/[\w-]+\.ts$/;

/** The calls of the SDK that the adapters in a bundle are written with. Only adapters import the SDK: a lint rule. */
export const callsOf = ({ inputs }: Metafile['outputs'][string]): string[] => [
  ...new Set(
    Object.entries(inputs)
      .filter(([path, { bytesInOutput }]) => ADAPTER.test(path) && bytesInOutput > 0)
      .flatMap(([path]) => callsIn(readFileSync(join(ROOT, /functions\/.*$/.exec(path)?.[0] ?? ''), 'utf8'))),
  ),
];

export const needsOf = (call: string): readonly string[] => {
  const needs = NEEDS[call];
  if (!needs) throw new Error(`infra/test/privilege/commands.ts does not say what ${call} needs`);
  return needs;
};

/** Of a function: rights that no call in its bundle explains, beside what the services around it do in its name and keys that open through others. */
export const unexplained = (
  bundle: Metafile['outputs'][string],
  { granted, ofService }: { readonly granted: ReadonlySet<string>; readonly ofService: ReadonlySet<string> },
): string[] => {
  const explained = new Set(callsOf(bundle).flatMap(needsOf));
  return [...granted].filter(
    (right) => !ofService.has(right) && !right.includes(' via ') && !explained.has(right.split(' ', 1)[0] ?? ''),
  );
};
