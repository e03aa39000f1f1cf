import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { TABLES } from '../constructs/table.ts';
import { synthesised } from './synthesised.ts';

const withTimestream = synthesised('prod', 'timestream').data;
const withBlocks = synthesised('prod', 'blocks').data;

const TABLE = 'AWS::DynamoDB::GlobalTable';
const onlyReplica = (properties: object) => ({ Properties: { Replicas: [Match.objectLike(properties)] } });

describe.each([
  ['timestream', withTimestream],
  ['blocks', withBlocks],
])('tables with telemetryStore=%s', (_, data) => {
  it('are those of the Table port, can be restored to any second of 35 days and cannot be deleted by mistake', () => {
    data.resourceCountIs(TABLE, TABLES.length);
    data.allResources(TABLE, onlyReplica({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }));
    data.allResources(TABLE, onlyReplica({ DeletionProtectionEnabled: true }));
    data.allResources(TABLE, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('are encrypted with the key of the stage and paid by use', () => {
    data.allResourcesProperties(TABLE, {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      BillingMode: 'PAY_PER_REQUEST',
    });
    data.allResources(TABLE, onlyReplica({ SSESpecification: { KMSMasterKeyId: Match.anyValue() } }));
  });

  it('let quarter hours (400 days), orders (7) and quarantine (30) expire by expiresAt', () => {
    data.allResourcesProperties(TABLE, { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } });
  });

  it('are keyed by pk and sk, and by two index keys whose index names DynamoDB accepts', () => {
    const byKey = (indexName: string, key: string) => ({
      IndexName: indexName,
      KeySchema: [
        { AttributeName: key, KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    });
    data.allResourcesProperties(TABLE, {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [byKey('by-i1', 'i1'), byKey('by-i2', 'i2')],
    });
  });
});

describe('raw history in Timestream', () => {
  it('keeps electricity 365 days and the air of rooms 90, each a day of them in memory', () => {
    withTimestream.resourceCountIs('AWS::Timestream::Table', 2);
    const tables = Object.entries(withTimestream.findResources('AWS::Timestream::Table'));
    const kept = tables.map(([id, { Properties }]) => [id.replace(/[0-9A-F]{8}$/, ''), Properties.RetentionProperties]);
    expect(Object.fromEntries(kept)).toEqual({
      HistoryElectrical: { MemoryStoreRetentionPeriodInHours: '24', MagneticStoreRetentionPeriodInDays: '365' },
      HistoryEnvironment: { MemoryStoreRetentionPeriodInHours: '24', MagneticStoreRetentionPeriodInDays: '90' },
    });
  });

  it('takes late points, and says which it could not', () => {
    withTimestream.allResourcesProperties('AWS::Timestream::Table', {
      MagneticStoreWriteProperties: {
        EnableMagneticStoreWrites: true,
        MagneticStoreRejectedDataLocation: { S3Configuration: { EncryptionOption: 'SSE_KMS' } },
      },
    });
  });

  it('is partitioned by household, which can be said at creation only', () => {
    withTimestream.allResourcesProperties('AWS::Timestream::Table', {
      Schema: { CompositePartitionKey: [{ Type: 'DIMENSION', Name: 'household', EnforcementInRecord: 'REQUIRED' }] },
    });
  });

  it('is encrypted with the key of the stage', () => {
    withTimestream.hasResourceProperties('AWS::Timestream::Database', { KmsKeyId: Match.anyValue() });
  });

  it('is absent from an account that cannot have it', () => {
    withBlocks.resourceCountIs('AWS::Timestream::Database', 0);
    withBlocks.resourceCountIs('AWS::Timestream::Table', 0);
  });
});

describe('buckets', () => {
  it('are private, encrypted, kept, and refuse plain text', () => {
    withTimestream.resourceCountIs('AWS::S3::Bucket', 4);
    withTimestream.allResources('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: Match.anyValue(),
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
    const policies = Object.values(withTimestream.findResources('AWS::S3::BucketPolicy'));
    expect(policies).toHaveLength(4);
    for (const { Properties } of policies)
      expect(Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
  });

  it('forget what Timestream refused, and their access logs, after 90 days', () => {
    const expiring = Object.values(withTimestream.findResources('AWS::S3::Bucket')).filter(({ Properties }) =>
      Properties.LifecycleConfiguration.Rules.some(
        (rule: { ExpirationInDays?: number }) => rule.ExpirationInDays === 90,
      ),
    );
    expect(expiring).toHaveLength(2);
  });
});

describe('what holds data', () => {
  it('keeps its logical id: another id is another, empty resource', () => {
    const ids = Object.entries(withTimestream.toJSON().Resources)
      .filter(([, { Type }]: [string, any]) => /GlobalTable|Timestream|S3::Bucket$/.test(Type))
      .map(([id]) => id);
    expect(ids.toSorted()).toEqual([
      'AccessLogs8B620ECA',
      'Community9EC49F80',
      'Energy0DCC2D8F',
      'HistoryBlocksF4EC5C93',
      'HistoryDatabaseA34D306D',
      'HistoryElectricalBF934E9F',
      'HistoryEnvironment1E375E7B',
      'HistoryRefusedE10FDEE4',
      'Homes77C01188',
      'LedgerB7379752',
      'ObjectsA92BA4F1',
      'Operations993AC38D',
      'PeopleE38C8D03',
      'Training1DBE9C16',
    ]);
  });
});
