import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListObjectsV2Command,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
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

const CREDENTIALS = { region: 'ap-northeast-2', credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' } };

it('an archive that breaks off after its first part is aborted, so that no part of it is kept or paid for', async () => {
  const bucket = mockClient(S3Client);
  bucket.on(CreateMultipartUploadCommand).resolves({ UploadId: 'upload-1' });
  bucket.on(UploadPartCommand).resolves({ ETag: 'part' });
  bucket.on(AbortMultipartUploadCommand).resolves({});
  const breaking = (async function* () {
    for (let piece = 0; piece < 20; piece += 1) yield new Uint8Array(1024 * 1024);
    throw new Error('the history went away');
  })();
  await expect(
    s3ObjectStore('objects', CREDENTIALS).putStream('exports/h-1/e-1/archive.zip', breaking),
  ).rejects.toThrow(/the history went away/);
  expect(bucket.commandCalls(AbortMultipartUploadCommand)).toHaveLength(1);
  expect(bucket.commandCalls(CompleteMultipartUploadCommand)).toEqual([]);
  bucket.restore();
});

it('an upload form holds S3 to one key, to the size and to the time', async () => {
  const { url, fields } = await s3ObjectStore('objects', CREDENTIALS).uploadForm('imports/h-1/i-1/file', {
    maxBytes: 50_000_000,
    seconds: 900,
  });
  expect(url).toBe('https://objects.s3.ap-northeast-2.amazonaws.com/');
  const policy = JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString()) as {
    conditions: unknown[];
    expiration: string;
  };
  expect(policy.conditions).toContainEqual(['content-length-range', 0, 50_000_000]);
  expect(policy.conditions).toContainEqual({ key: 'imports/h-1/i-1/file' });
  expect(policy.conditions).toContainEqual({ bucket: 'objects' });
  const seconds = (Date.parse(policy.expiration) - Date.now()) / 1000;
  expect(seconds).toBeGreaterThan(890);
  expect(seconds).toBeLessThanOrEqual(900);
});

it('a download link is signed for an hour and for its file name', async () => {
  const as = { fileName: 'hems-2026-11-23.zip', seconds: 3600 };
  const url = new URL(await s3ObjectStore('objects', CREDENTIALS).downloadUrl('exports/h-1/e-1/archive.zip', as));
  expect(url.pathname).toBe('/exports/h-1/e-1/archive.zip');
  expect(url.searchParams.get('X-Amz-Expires')).toBe('3600');
  expect(url.searchParams.get('response-content-disposition')).toBe('attachment; filename="hems-2026-11-23.zip"');
  await expect(
    s3ObjectStore('objects', CREDENTIALS).downloadUrl('exports/h-1', { ...as, fileName: '"; filename="x' }),
  ).rejects.toThrow(/is no object key/);
});
