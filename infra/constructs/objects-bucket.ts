import { Duration, Validations } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Bucket, CfnBucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { HemsBucket } from './bucket.ts';
import { allow, mayUseKey, type Access } from './grants.ts';
import type { House } from './house.ts';

/**
 * A day, after which what residents sent is no longer read whatever became of it, and a week for an archive. S3 counts from the midnight (UTC)
 * after that, and its old version stays a day more: the bytes of an import are gone two to three days after it came, of an archive eight
 * to nine.
 */
const KEPT_DAYS = { imports: 1, exports: 7 } as const;
export type Folder = keyof typeof KEPT_DAYS;

/**
 * Branch `main` of an Amplify app. Which app, is not known yet: the web app's own headers name this bucket, so its stack comes after. A
 * link carries its right in itself and no cookie goes with it; this only says from which pages a browser may use one.
 */
const WEB_ORIGINS = 'https://main.*.amplifyapp.com';

const ACTIONS: Record<Access, string[]> = {
  read: ['s3:GetObject'],
  write: ['s3:PutObject', 's3:AbortMultipartUpload'],
  readWrite: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
};

/** History files in and archives out, by presigned links of the web app; what arrives is told on the default bus. */
export class ObjectsBucket extends HemsBucket {
  readonly #house: House;

  constructor(
    scope: Construct,
    id: string,
    { house, accessLogs }: { readonly house: House; readonly accessLogs: Bucket },
  ) {
    super(scope, id, { house, accessLogs });
    this.#house = house;
    for (const [folder, days] of Object.entries(KEPT_DAYS))
      this.addLifecycleRule({
        prefix: `${folder}/`,
        expiration: Duration.days(days),
        noncurrentVersionExpiration: Duration.days(1),
      });
    this.addCorsRule({
      allowedOrigins: [WEB_ORIGINS],
      allowedMethods: [HttpMethods.POST, HttpMethods.GET],
      allowedHeaders: ['*'],
      maxAge: 3600,
    });
    const resource = this.node.defaultChild;
    if (!(resource instanceof CfnBucket)) throw new Error('a bucket is made of one CfnBucket');
    // by the resource's own property: the library would deploy a function of its own for it
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }

  /** Files of one folder; whoever reads also learns that a file is not there. */
  open(reader: IFunction, folder: Folder, access: Access): void {
    this.#allowIn(reader, folder, ACTIONS[access]);
    mayUseKey(reader, { key: this.#house.dataKey, through: 's3', access });
    if (access !== 'write')
      allow(reader, {
        actions: ['s3:ListBucket'],
        on: [this.bucketArn],
        conditions: { StringLike: { 's3:prefix': `${folder}/*` } },
      });
  }

  #allowIn(reader: IFunction, folder: Folder, actions: string[]): void {
    allow(reader, { actions, on: [`${this.bucketArn}/${folder}/*`] });
    Validations.of(reader.role ?? reader).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${this.arnAsRead()}/${folder}/*]`,
      reason: 'Whose file it is, is known at the request only; no other folder is open.',
    });
  }
}
