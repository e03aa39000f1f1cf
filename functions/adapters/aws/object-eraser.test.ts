import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  NoSuchUpload,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { s3ObjectEraser } from './object-eraser.ts';

const s3 = mockClient(S3Client);
const eraser = s3ObjectEraser('bucket', { region: 'ap-northeast-2' });
beforeEach(() => {
  s3.reset();
  s3.on(ListMultipartUploadsCommand).resolves({});
});

const twoPages = (): void => {
  s3.on(ListObjectVersionsCommand)
    .resolvesOnce({
      Versions: [
        { Key: 'imports/h-1/a', VersionId: 'v2' },
        { Key: 'imports/h-1/a', VersionId: 'v1' },
      ],
      IsTruncated: true,
      NextKeyMarker: 'imports/h-1/a',
      NextVersionIdMarker: 'v1',
    })
    .resolvesOnce({ DeleteMarkers: [{ Key: 'imports/h-1/b', VersionId: 'm1' }] });
};

test('counts every version and every mark of a deletion, page by page', async () => {
  twoPages();
  expect(await eraser.count('imports/h-1/')).toBe(3);
  expect(s3.commandCalls(ListObjectVersionsCommand)[1]?.args[0].input).toMatchObject({
    Prefix: 'imports/h-1/',
    KeyMarker: 'imports/h-1/a',
    VersionIdMarker: 'v1',
  });
});

test('deletes each by its version, so that nothing is left for the lifecycle rule', async () => {
  twoPages();
  s3.on(DeleteObjectsCommand).resolves({});
  await eraser.erase('imports/h-1/');
  const deleted = s3.commandCalls(DeleteObjectsCommand).flatMap(({ args }) => args[0].input.Delete?.Objects);
  expect(deleted).toEqual([
    { Key: 'imports/h-1/a', VersionId: 'v2' },
    { Key: 'imports/h-1/a', VersionId: 'v1' },
    { Key: 'imports/h-1/b', VersionId: 'm1' },
  ]);
});

test('a version that could not be deleted is an error, not a silence', async () => {
  twoPages();
  s3.on(DeleteObjectsCommand).resolves({ Errors: [{ Key: 'imports/h-1/a', Code: 'AccessDenied' }] });
  await expect(eraser.erase('imports/h-1/')).rejects.toThrow(
    '1 of 2 versions were not deleted, the first: AccessDenied',
  );
});

test('where there is nothing, nothing is asked to be deleted', async () => {
  s3.on(ListObjectVersionsCommand).resolves({});
  await eraser.erase('imports/h-1/');
  expect(s3.commandCalls(DeleteObjectsCommand)).toHaveLength(0);
});

const brokenOff = (): void => {
  s3.on(ListObjectVersionsCommand).resolves({});
  s3.on(ListMultipartUploadsCommand)
    .resolvesOnce({
      Uploads: [{ Key: 'exports/h-1/e-1/archive.zip', UploadId: 'u1' }],
      IsTruncated: true,
      NextKeyMarker: 'exports/h-1/e-1/archive.zip',
      NextUploadIdMarker: 'u1',
    })
    .resolvesOnce({ Uploads: [{ Key: 'exports/h-1/e-2/archive.zip', UploadId: 'u2' }] });
};

test('counts the parts of an archive that broke off in the making, page by page', async () => {
  brokenOff();
  expect(await eraser.count('exports/h-1/')).toBe(2);
  expect(s3.commandCalls(ListMultipartUploadsCommand)[1]?.args[0].input).toMatchObject({
    Prefix: 'exports/h-1/',
    KeyMarker: 'exports/h-1/e-1/archive.zip',
    UploadIdMarker: 'u1',
  });
});

test('drops the parts of an archive that broke off, and of one that ended by itself in between', async () => {
  brokenOff();
  s3.on(AbortMultipartUploadCommand)
    .resolvesOnce({})
    .rejectsOnce(new NoSuchUpload({ message: 'gone', $metadata: {} }));
  await eraser.erase('exports/h-1/');
  const aborted = s3.commandCalls(AbortMultipartUploadCommand).map(({ args }) => args[0].input.UploadId);
  expect(aborted).toEqual(['u1', 'u2']);
});
