import { signSigV4, type AwsCredentials } from '../../signing/sign-sigv4.ts';
import { partnerClient, type ClientParts, type PartnerClient } from './call.ts';

export type SigV4Parts = Omit<ClientParts, 'sign'> & {
  /** asked at each attempt: those of a role that was taken on end within the hour */
  readonly credentials: () => Promise<AwsCredentials>;
  readonly region: string;
  /** of the plan of use */
  readonly apiKey: string;
  readonly nowS?: () => number;
};

/** A client that signs with Signature Version 4 of AWS. */
export const sigV4Client = ({
  credentials,
  region,
  apiKey,
  nowS = () => Math.floor(Date.now() / 1000),
  ...parts
}: SigV4Parts): PartnerClient =>
  partnerClient({
    ...parts,
    sign: async ({ headers, ...request }) =>
      signSigV4(
        { ...request, headers: { ...headers, 'x-api-key': apiKey } },
        { credentials: await credentials(), region, nowS: nowS() },
      ),
  });
