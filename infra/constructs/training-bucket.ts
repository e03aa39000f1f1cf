import { Duration, Validations } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct, IConstruct } from 'constructs';
import { HemsBucket } from './bucket.ts';
import { allow, mayUseKey, type Access } from './grants.ts';
import type { House } from './house.ts';

/** `training`: what homes used, for a day. `models`: what was learnt from it, which holds nothing of any home and may be in force for long. */
const FOLDERS = ['training', 'models'] as const;
type Folder = (typeof FOLDERS)[number];
/** The job reads them within hours; S3 counts to midnight, and a day more for what is then an old version: gone after four at most. */
const TRAINING_KEPT_DAYS = 1;

const ACTIONS: Record<Access, string[]> = {
  read: ['s3:GetObject'],
  write: ['s3:PutObject', 's3:AbortMultipartUpload'],
  readWrite: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
};

export type BucketUse = {
  /** whose role a finding of the rules is told of */
  readonly role: IConstruct;
  readonly folder: Folder;
  readonly access: Access;
};

/** What forecasts are trained on and what comes of it, apart from the files of residents: SageMaker sees this bucket and no other. */
export class TrainingBucket extends HemsBucket {
  readonly #house: House;

  constructor(
    scope: Construct,
    id: string,
    { house, accessLogs }: { readonly house: House; readonly accessLogs: Bucket },
  ) {
    super(scope, id, { house, accessLogs });
    this.#house = house;
    this.addLifecycleRule({
      prefix: 'training/',
      expiration: Duration.days(TRAINING_KEPT_DAYS),
      noncurrentVersionExpiration: Duration.days(1),
    });
  }

  /** One folder; whoever reads may also list it. */
  open(grantee: IGrantable, { role, folder, access }: BucketUse): void {
    allow(grantee, { actions: ACTIONS[access], on: [`${this.bucketArn}/${folder}/*`] });
    mayUseKey(grantee, { key: this.#house.dataKey, through: 's3', access });
    if (access !== 'write')
      allow(grantee, {
        actions: ['s3:ListBucket'],
        on: [this.bucketArn],
        conditions: { StringLike: { 's3:prefix': `${folder}/*` } },
      });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${this.arnAsRead()}/${folder}/*]`,
      reason: 'Each training writes files of its own; the other folder and the files of residents are not open.',
    });
  }
}
