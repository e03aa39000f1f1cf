import { Duration, Validations } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-timestream';
import { KEPT_DAYS, type History as Kind } from '@hems/models/reading/retention';
import { Construct, type IConstruct } from 'constructs';
import { RETENTION_DAYS } from '../config.ts';
import { HemsBucket } from './bucket.ts';
import { allow, mayUseKey, type Access } from './grants.ts';
import type { House } from './house.ts';

export type HistoryProps = { readonly house: House; readonly accessLogs: Bucket };

/** The raw history in Timestream for LiveAnalytics. Its rows cannot be deleted one by one: they go by retention, which is by table. */
export class History extends Construct {
  readonly databaseName: string;
  readonly tables: Record<Kind, CfnTable>;
  readonly #refused: Bucket;
  readonly #house: House;

  constructor(scope: Construct, id: string, { house, accessLogs }: HistoryProps) {
    super(scope, id);
    this.#house = house;
    this.#refused = new HemsBucket(this, 'Refused', {
      house,
      accessLogs,
      expireAfter: Duration.days(RETENTION_DAYS.evidence),
    });
    const { ref: databaseName } = new CfnDatabase(this, 'Database', { kmsKeyId: house.dataKey.keyArn });
    this.databaseName = databaseName;
    this.tables = { electrical: this.#table('electrical'), environment: this.#table('environment') };
    Validations.of(this).acknowledge({
      id: 'CloudFormation-Validate::W3697',
      reason:
        'Closed to new accounts, and known to be: docs/adr/0006-store-decides-region.md. `npm run deploy` takes `blocks` there.',
    });
  }

  /** All tables, or the one named. The client first asks where its cell is: a call that takes no resource. */
  open(grantee: IGrantable & IConstruct, access: Access, only?: Kind): void {
    const on = (only ? [this.tables[only]] : Object.values(this.tables)).map(({ attrArn }) => attrArn);
    if (access !== 'write') allow(grantee, { actions: ['timestream:Select'], on });
    if (access !== 'read') allow(grantee, { actions: ['timestream:WriteRecords'], on });
    allow(grantee, { actions: ['timestream:DescribeEndpoints'], on: ['*'] });
    mayUseKey(grantee, { key: this.#house.dataKey, through: 'timestream', access });
    Validations.of(grantee).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'timestream:DescribeEndpoints takes no resource; a test lists every statement with a bare *.',
    });
  }

  #table(kind: Kind): CfnTable {
    return new CfnTable(this, kind === 'electrical' ? 'Electrical' : 'Environment', {
      databaseName: this.databaseName,
      retentionProperties: {
        MemoryStoreRetentionPeriodInHours: `${RETENTION_DAYS.historyMemoryHours}`,
        MagneticStoreRetentionPeriodInDays: `${KEPT_DAYS[kind]}`,
      },
      magneticStoreWriteProperties: {
        EnableMagneticStoreWrites: true,
        MagneticStoreRejectedDataLocation: {
          S3Configuration: {
            BucketName: this.#refused.bucketName,
            EncryptionOption: 'SSE_KMS',
            KmsKeyId: this.#house.dataKey.keyArn,
          },
        },
      },
      // can be set at creation only
      schema: { compositePartitionKey: [{ type: 'DIMENSION', name: 'household', enforcementInRecord: 'REQUIRED' }] },
    });
  }
}
