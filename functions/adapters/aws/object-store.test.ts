import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { s3ObjectStore } from './object-store.ts';

it('lists more reports than S3 answers at once', async () => {
  const bucket = mockClient(S3Client);
  bucket
    .on(ListObjectsV2Command, { ContinuationToken: undefined })
    .resolves({ Contents: [{ Key: 'reports/1' }], IsTruncated: true, NextContinuationToken: 'page-2' })
    .on(ListObjectsV2Command, { ContinuationToken: 'page-2' })
    .resolves({ Contents: [{ Key: 'reports/2' }] });
  expect(await s3ObjectStore('objects', { region: 'us-east-1' }).list('reports/')).toEqual(['reports/1', 'reports/2']);
  bucket.restore();
});
