import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { objectLinksContract, objectStoreContract } from '../contract/object-store.contract.ts';
import { motoClient } from './moto-client.ts';
import { s3ObjectStore } from './object-store.ts';

const config = { ...motoClient(process.env['MOTO_URL']), forcePathStyle: true };

objectStoreContract('S3', async () => {
  await new S3Client(config).send(new CreateBucketCommand({ Bucket: 'objects' }));
  return { store: s3ObjectStore('objects', config), close: async () => {} };
});

objectLinksContract('S3', async () => {
  await new S3Client(config).send(new CreateBucketCommand({ Bucket: 'linked' }));
  return { store: s3ObjectStore('linked', config), close: async () => {} };
});
