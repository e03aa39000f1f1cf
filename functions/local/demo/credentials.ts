import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { GatewayAddress } from '@hems/shared/events/topics';
import { makeKey } from '../../adapters/embedded/signing-request.ts';
import type { DeviceRegistry } from '../../ports/device-registry.ts';

const schema = z.object({ certificateId: z.string(), certificatePem: z.string(), privateKeyPem: z.string() });
/** What a gateway keeps to itself: the key it made, and the certificate it was given for it. */
export type Credentials = z.infer<typeof schema>;

/** Makes a key as a gateway does, and has it certified. */
export const register = async (registry: DeviceRegistry, address: GatewayAddress): Promise<Credentials> => {
  const { privateKeyPem, signingRequestPem } = await makeKey();
  return { ...(await registry.register(address, signingRequestPem)), privateKeyPem };
};

const readKept = async (path: string): Promise<Credentials | undefined> => {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // absent, or cut short: the registry gives another certificate
    return undefined;
  }
};

/** The certificate a gateway had before, as long as the registry knows it; otherwise a new one. */
export const credentialsOf = async (
  registry: DeviceRegistry,
  address: GatewayAddress,
  path: string,
): Promise<Credentials> => {
  const kept = await readKept(path);
  if (kept && (await registry.gatewayOf(kept.certificateId))?.gateway === address.gateway) return kept;
  const credentials = await register(registry, address);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(credentials), { mode: 0o600 });
  return credentials;
};
