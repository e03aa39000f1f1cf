import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { keysContract } from '../contract/keys.contract.ts';
import { kmsKeys } from './keys.ts';
import { motoClient } from './moto-client.ts';

const config = motoClient(process.env['MOTO_URL']);
const client = new KMSClient(config);

keysContract('KMS', async () => {
  const { KeyMetadata: field } = await client.send(new CreateKeyCommand({}));
  const { KeyMetadata: index } = await client.send(
    new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
  );
  const open = () =>
    kmsKeys({ fieldKeyId: field?.KeyId ?? '', indexKeyId: index?.KeyId ?? '', clock: { now: () => 0 } }, config);
  return { keys: open(), again: async () => open(), close: async () => {} };
});
