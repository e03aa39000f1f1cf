import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { RETENTION_DAYS } from '../config.ts';
import type { House } from './house.ts';

export type HemsBucketProps = { readonly house: House; readonly accessLogs: Bucket; readonly expireAfter?: Duration };

const OLD_VERSIONS: LifecycleRule = {
  noncurrentVersionExpiration: Duration.days(RETENTION_DAYS.evidence),
  abortIncompleteMultipartUploadAfter: Duration.days(1),
};

/** Private, encrypted with the stage's key, TLS only, versioned, its reads logged. */
export class HemsBucket extends Bucket {
  constructor(scope: Construct, id: string, { house, accessLogs, expireAfter }: HemsBucketProps) {
    super(scope, id, {
      encryption: BucketEncryption.KMS,
      encryptionKey: house.dataKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      // eslint-disable-next-line typescript/no-unsafe-type-assertion -- the library's own class and interface disagree on an optional property
      serverAccessLogsBucket: accessLogs as IBucket,
      serverAccessLogsPrefix: `${id}/`,
      lifecycleRules: [OLD_VERSIONS, ...(expireAfter ? [{ expiration: expireAfter }] : [])],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /**
   * The ARN as another stack reads it from this one, word for word: a finding is acknowledged by its text. The output is the one that CDK makes
   * for a reference and makes here if it is not there yet; if CDK came to call it otherwise the finding would not be found, and synthesis fail.
   */
  arnAsRead(): string {
    const stack = Stack.of(this);
    const scope = stack.node.tryFindChild('Publish') ?? new Construct(stack, 'Publish');
    const id = `Output${JSON.stringify(stack.resolve(this.bucketArn))}`;
    const known = scope.node.tryFindChild(id);
    const output = known instanceof CfnOutput ? known : new CfnOutput(scope, id, { value: this.bucketArn });
    return JSON.stringify({
      'Fn::GetStackOutput': {
        StackName: stack.stackName,
        Region: stack.region,
        OutputName: stack.getLogicalId(output),
      },
    });
  }
}
