import { CfnOutput, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { RETENTION_DAYS } from '../config.ts';
import type { Access } from '../constructs/grants.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import { ObjectsBucket } from '../constructs/objects-bucket.ts';
import { HemsBucket } from '../constructs/bucket.ts';
import { PersonalKeys } from '../constructs/personal-keys.ts';
import { History } from '../constructs/history.ts';
import type { House } from '../constructs/house.ts';
import { SettlementKey } from '../constructs/settlement-key.ts';
import { HemsTable, type TableName } from '../constructs/table.ts';
import { TrainingBucket } from '../constructs/training-bucket.ts';

/** Everything that is kept. */
export class DataStack extends HemsStack {
  readonly house: House;
  readonly tables: Record<TableName, HemsTable>;
  /** imports and exports of residents */
  readonly objects: ObjectsBucket;
  /** what forecasts are trained on, and the models */
  readonly training: TrainingBucket;
  readonly personal: PersonalKeys;
  /** vouches for settlement files: older files are checked with it for years */
  readonly settlementKey: SettlementKey;
  /** under `telemetryStore=timestream` only; `blocks` keeps the history in the table of that name */
  readonly history: History | undefined;
  /** where there is a stream: the batches of readings that its reader gave up */
  readonly setAside: HemsBucket | undefined;

  constructor(scope: Construct, house: House) {
    super(scope, 'data', { choice: house, holds: 'tables, raw history, objects' });
    this.house = house;
    this.tables = {
      homes: new HemsTable(this, 'Homes', house),
      energy: new HemsTable(this, 'Energy', house),
      history: new HemsTable(this, 'HistoryBlocks', house),
      operations: new HemsTable(this, 'Operations', house),
      ledger: new HemsTable(this, 'Ledger', house),
      community: new HemsTable(this, 'Community', house),
      people: new HemsTable(this, 'People', house),
    };
    const accessLogs = this.#accessLogs();
    this.objects = new ObjectsBucket(this, 'Objects', { house, accessLogs });
    this.training = new TrainingBucket(this, 'Training', { house, accessLogs });
    this.personal = new PersonalKeys(this, 'Personal');
    this.settlementKey = new SettlementKey(this, 'SettlementKey');
    this.history =
      house.telemetryStore === 'timestream' ? new History(this, 'History', { house, accessLogs }) : undefined;

    this.setAside =
      house.ingestMode === 'direct'
        ? undefined
        : new HemsBucket(this, 'SetAside', { house, accessLogs, expireAfter: Duration.days(RETENTION_DAYS.setAside) });

    const names = Object.entries(this.tables).map(([name, { tableName }]) => [name, tableName]);
    new CfnOutput(this, 'Tables', { value: this.toJsonString(Object.fromEntries(names)) });
  }

  /** The raw history, wherever this deployment keeps it. */
  openHistory(grantee: IGrantable & Construct, access: Access): void {
    if (this.history) this.history.open(grantee, access);
    // a block of a day is read before points are added to it
    else this.tables.history.open(grantee, access === 'write' ? 'readWrite' : access);
  }

  #accessLogs(): Bucket {
    const logs = new Bucket(this, 'AccessLogs', {
      // the S3 log writer cannot use a customer key
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(RETENTION_DAYS.evidence) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(logs).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds the access logs; logging its own would never end.',
    });
    return logs;
  }
}
