import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ObjectStore } from '../../ports/object-store.ts';
import { checkedKey } from '../object-key.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

/** Of a stream, so many bytes are held twice over: the part that is sent and the one that fills. */
const PART_BYTES = 8 * 1024 * 1024;

/** One S3 bucket. Encryption, versions and expiry are the bucket's. */
export const s3ObjectStore = (bucket: string, config: S3ClientConfig = {}): ObjectStore => {
  const client = new S3Client({ ...SHORT_TIMEOUTS, ...config });
  const where = (key: string) => ({ Bucket: bucket, Key: checkedKey(key) });
  const bodyOf = async (key: string) => {
    try {
      return (await client.send(new GetObjectCommand(where(key)))).Body;
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };
  return {
    put: async (key, body) => void (await client.send(new PutObjectCommand({ ...where(key), Body: body }))),
    // a stream that breaks off aborts the upload: its parts are dropped, the key stays as it was
    putStream: async (key, body) => {
      const params = { ...where(key), Body: Readable.from(body, { objectMode: false }) };
      await new Upload({ client, params, partSize: PART_BYTES, queueSize: 1 }).done();
    },
    get: async (key) => await (await bodyOf(key))?.transformToByteArray(),
    getStream: async (key) => {
      const body = await bodyOf(key);
      if (body !== undefined && !(body instanceof Readable)) throw new Error(`S3 answered ${key} without a stream`);
      return body;
    },
    list: async (prefix) => {
      const keys: string[] = [];
      for await (const { Contents: contents = [] } of paginateListObjectsV2(
        { client },
        { Bucket: bucket, Prefix: prefix },
      )) {
        keys.push(...contents.flatMap(({ Key }) => Key ?? []));
      }
      // S3 lists by UTF-8 bytes already; said here because the port promises it.
      return keys;
    },
    delete: async (key) => void (await client.send(new DeleteObjectCommand(where(key)))),
    uploadForm: async (key, { maxBytes, seconds }) =>
      await createPresignedPost(client, {
        ...where(key),
        Conditions: [['content-length-range', 0, maxBytes]],
        Expires: seconds,
      }),
    downloadUrl: async (key, { fileName, seconds }) => {
      const asDownload = `attachment; filename="${checkedKey(fileName)}"`;
      const command = new GetObjectCommand({ ...where(key), ResponseContentDisposition: asDownload });
      return await getSignedUrl(client, command, { expiresIn: seconds });
    },
  };
};
