import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../ports/object-store.ts';
import { checkedKey } from '../object-key.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

/** One S3 bucket. Encryption, versions and expiry are the bucket's. */
export const s3ObjectStore = (bucket: string, config: S3ClientConfig = {}): ObjectStore => {
  const client = new S3Client({ ...SHORT_TIMEOUTS, ...config });
  const where = (key: string) => ({ Bucket: bucket, Key: checkedKey(key) });
  return {
    put: async (key, body) => void (await client.send(new PutObjectCommand({ ...where(key), Body: body }))),
    get: async (key) => {
      try {
        const { Body: body } = await client.send(new GetObjectCommand(where(key)));
        return await body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
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
  };
};
