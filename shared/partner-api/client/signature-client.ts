import type { SigningKey } from '../../signing/keys.ts';
import { signRequest } from '../../signing/sign-request.ts';
import { partnerClient, type ClientParts, type PartnerClient } from './call.ts';

/** A client that signs by RFC 9421, with a key from `privateKey`. */
export const signatureClient = ({
  key,
  nowS = () => Math.floor(Date.now() / 1000),
  ...parts
}: Omit<ClientParts, 'sign'> & { readonly key: SigningKey; readonly nowS?: () => number }): PartnerClient =>
  partnerClient({
    ...parts,
    sign: async (request) => signRequest(request, { key, nowS: nowS(), nonce: crypto.randomUUID() }),
  });
