import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  NoSuchUpload,
  S3Client,
  type ListMultipartUploadsCommandOutput,
  type ListObjectVersionsCommandOutput,
  type MultipartUpload,
  type ObjectIdentifier,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type { ObjectEraser } from '../../ports/object-eraser.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

/** One versioned S3 bucket: every version and delete marker goes, and the parts of every upload that broke off: nothing waits for a lifecycle rule. */
export const s3ObjectEraser = (bucket: string, config: S3ClientConfig = {}): ObjectEraser => {
  const client = new S3Client({ ...SHORT_TIMEOUTS, ...config });
  /** a page holds at most 1,000, which is what one delete takes */
  const versions = async function* (prefix: string): AsyncGenerator<ObjectIdentifier[]> {
    let page: ListObjectVersionsCommandOutput | undefined;
    do {
      page = await client.send(
        new ListObjectVersionsCommand({
          Bucket: bucket,
          Prefix: prefix,
          KeyMarker: page?.NextKeyMarker,
          VersionIdMarker: page?.NextVersionIdMarker,
        }),
      );
      const { Versions = [], DeleteMarkers = [] } = page;
      yield [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    } while (page.IsTruncated);
  };
  const uploads = async function* (prefix: string): AsyncGenerator<MultipartUpload> {
    let page: ListMultipartUploadsCommandOutput | undefined;
    do {
      page = await client.send(
        new ListMultipartUploadsCommand({
          Bucket: bucket,
          Prefix: prefix,
          KeyMarker: page?.NextKeyMarker,
          UploadIdMarker: page?.NextUploadIdMarker,
        }),
      );
      yield* page.Uploads ?? [];
    } while (page.IsTruncated);
  };
  const abort = async ({ Key, UploadId }: MultipartUpload): Promise<void> => {
    try {
      await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
    } catch (error) {
      // ended by itself since it was listed
      if (!(error instanceof NoSuchUpload)) throw error;
    }
  };
  const deleteAll = async (page: ObjectIdentifier[]): Promise<void> => {
    const { Errors: errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: page, Quiet: true } }),
    );
    const [first] = errors;
    if (first)
      throw new Error(`${errors.length} of ${page.length} versions were not deleted, the first: ${first.Code}`);
  };
  return {
    count: async (prefix) => {
      let count = 0;
      for await (const page of versions(prefix)) count += page.length;
      for await (const _ of uploads(prefix)) count += 1;
      return count;
    },
    // an upload that completes in between is a version then
    erase: async (prefix) => {
      for await (const upload of uploads(prefix)) await abort(upload);
      for await (const page of versions(prefix)) if (page.length > 0) await deleteAll(page);
    },
  };
};
