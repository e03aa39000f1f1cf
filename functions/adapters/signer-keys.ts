import { createHash, type KeyObject } from 'node:crypto';
import * as z from 'zod';

const ecPublic = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() });
type EcPublic = z.infer<typeof ecPublic>;

/** The public part as a JSON Web Key; throws where the key is not of P-256. */
export const publicJwk = (key: KeyObject): EcPublic => ecPublic.parse(key.export({ format: 'jwk' }));

/** Thumbprint of the key (RFC 7638): the same wherever the key is, and another one for another key. */
export const keyIdOf = ({ crv, kty, x, y }: EcPublic): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
