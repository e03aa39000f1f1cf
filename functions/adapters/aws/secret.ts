import {
  GetSecretValueCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from '@aws-sdk/client-secrets-manager';
import { SHORT_TIMEOUTS } from './timeouts.ts';

/** A secret of AWS Secrets Manager as text, read at the first need and kept for the life of the function. */
export const secret = (name: string, config: SecretsManagerClientConfig = {}): (() => Promise<string>) => {
  const client = new SecretsManagerClient({ ...SHORT_TIMEOUTS, ...config });
  const read = async (): Promise<string> => {
    const { SecretString: value } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    if (!value) throw new Error(`secret ${name} holds no text; store the value as a plain string`);
    return value.trim();
  };
  let known: Promise<string> | undefined;
  return () =>
    (known ??= read().catch((error: unknown) => {
      known = undefined;
      throw error;
    }));
};
