import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { GatewayAddress } from '@hems/shared/events/topics';
import { DEMO_HOUSEHOLDS, idsOf } from '../demo/households.ts';

const credentials = z.object({ certificatePem: z.string(), privateKeyPem: z.string() });

/** The first demo gateway of a data directory, with its certificate. */
export const demoGateway = async (
  folder: string,
): Promise<{ address: GatewayAddress; credentials: z.infer<typeof credentials> }> => {
  const { telemetryId, gateway } = idsOf(DEMO_HOUSEHOLDS[0]?.home.seed ?? 0);
  const kept: unknown = JSON.parse(await readFile(join(folder, 'demo', `${gateway}.certificate.json`), 'utf8'));
  return { address: { household: telemetryId, gateway }, credentials: credentials.parse(kept) };
};

export const certificateAuthorityPem = (folder: string): string => join(folder, 'ca', 'ca.pem');
