import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, it } from 'vitest';
import { secret } from './secret.ts';

const vault = mockClient(SecretsManagerClient);
afterEach(() => vault.reset());
const read = (): (() => Promise<string>) => secret('hems/weather-key', { region: 'ap-northeast-2' });

it('reads a secret once, and without the line end that a shell leaves behind it', async () => {
  vault.on(GetSecretValueCommand, { SecretId: 'hems/weather-key' }).resolves({ SecretString: 'a+b/c==\n' });
  const key = read();
  expect([await key(), await key()]).toEqual(['a+b/c==', 'a+b/c==']);
  expect(vault.calls()).toHaveLength(1);
});

it('asks again after a failure, and refuses an empty secret by its name', async () => {
  vault.on(GetSecretValueCommand).rejectsOnce(new Error('throttled')).resolves({ SecretString: '' });
  const key = read();
  await expect(key()).rejects.toThrow('throttled');
  await expect(key()).rejects.toThrow('secret hems/weather-key holds no text');
});
