import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeKey } from '../../adapters/embedded/signing-request.ts';
import { certificateIdOfPem, type Authority } from './authority.ts';

/**
 * The certificate that gateways of this data directory would leave the factory with, `claim.pem` and `claim.key` beside the authority's.
 * It is made anew at each start; the one before opens nothing any more.
 */
export const issueClaimCertificate = async (authority: Authority, directory: string): Promise<string> => {
  const { privateKeyPem, signingRequestPem } = await makeKey();
  const certificatePem = await authority.certify(signingRequestPem);
  await writeFile(join(directory, 'claim.key'), privateKeyPem, { mode: 0o600 });
  await writeFile(join(directory, 'claim.pem'), certificatePem);
  return certificateIdOfPem(certificatePem);
};
