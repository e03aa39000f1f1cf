import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
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
}
