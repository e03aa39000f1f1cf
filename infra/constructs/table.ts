import { RemovalPolicy } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  AttributeType,
  Billing,
  TableEncryptionV2,
  TableV2,
  type GlobalSecondaryIndexPropsV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow, mayUseKey, type Access } from './grants.ts';
import type { House } from './house.ts';

/** The tables of `functions/ports/table.ts`; a test compares the two. */
export const TABLES = ['homes', 'energy', 'history', 'operations', 'ledger', 'community', 'people'] as const;
export type TableName = (typeof TABLES)[number];

const text = (name: string) => ({ name, type: AttributeType.STRING });
/** DynamoDB refuses a name of less than three characters, so the indexes are not called after their keys alone. */
const INDEXES = { 'by-i1': 'i1', 'by-i2': 'i2' };
export const INDEX_NAMES = ['by-i1', 'by-i2'] as const satisfies (keyof typeof INDEXES)[];
const index = ([indexName, key]: [string, string]): GlobalSecondaryIndexPropsV2 => ({
  indexName,
  partitionKey: text(key),
  sortKey: text('sk'),
});

/** A table as the `Table` port needs it: pk + sk, two index keys, `expiresAt`; on demand, restorable to any second of 35 days, hard to delete. */
export class HemsTable extends TableV2 {
  readonly #house: House;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id, {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      globalSecondaryIndexes: Object.entries(INDEXES).map(index),
      timeToLiveAttribute: 'expiresAt',
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.customerManagedKey(house.dataKey),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#house = house;
  }

  /** Requests that were turned away. CloudWatch keeps an index's apart: those of the table do not hold them. */
  throttles(kind: 'Read' | 'Write', indexName?: (typeof INDEX_NAMES)[number]): Metric {
    return new Metric({
      namespace: 'AWS/DynamoDB',
      metricName: `${kind}ThrottleEvents`,
      dimensionsMap: { TableName: this.tableName, ...(indexName && { GlobalSecondaryIndexName: indexName }) },
    });
  }

  /** What the deployed use cases ask of the `Table` adapter, whose puts are updates. None of them deletes but what `forget` names. */
  open(grantee: IGrantable, access: Access): void {
    if (access !== 'write') {
      // a condition on an item says less than the item, so who reads may check
      const reads = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem'];
      allow(grantee, { actions: reads, on: [this.tableArn] });
      const indexes = Object.keys(INDEXES).map((name) => `${this.tableArn}/index/${name}`);
      allow(grantee, { actions: ['dynamodb:Query'], on: [this.tableArn, ...indexes] });
    }
    if (access !== 'read') allow(grantee, { actions: ['dynamodb:UpdateItem'], on: [this.tableArn] });
    mayUseKey(grantee, { key: this.#house.dataKey, through: 'dynamodb', access });
  }

  /**
   * Takes items out of partitions whose names begin so, and of no others: partners delete what is theirs, and the order of what is due is
   * rewritten. No household's partition may be named.
   */
  forget(grantee: IGrantable, partitions: readonly string[]): void {
    allow(grantee, {
      actions: ['dynamodb:DeleteItem'],
      on: [this.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions.map((begin) => `${begin}*`) } },
    });
  }

  /** For good. The erasure alone may: everything else ends things by state, or lets them expire. */
  erase(grantee: IGrantable): void {
    allow(grantee, { actions: ['dynamodb:DeleteItem'], on: [this.tableArn] });
  }
}
