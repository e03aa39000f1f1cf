import type { HttpRequest } from './request.ts';
import { amzDate, canonicalRequest, hex, SCHEME, scopeText, SERVICE, signatureOf } from './sigv4.ts';
import { sha256 } from './digest.ts';

/** Credentials of the partner's role, short-lived where there is a session token. */
export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** Everything that the client sends, signed; a header that is added on the way is not. */
export const signSigV4 = async (
  request: HttpRequest,
  {
    credentials,
    region,
    nowS,
  }: { readonly credentials: AwsCredentials; readonly region: string; readonly nowS: number },
): Promise<Readonly<Record<string, string>>> => {
  const at = amzDate(nowS);
  const scope = { date: at.slice(0, 8), region, service: SERVICE };
  const headers: Record<string, string> = {
    ...request.headers,
    host: new URL(request.url).host,
    'x-amz-content-sha256': hex(await sha256(request.body)),
    'x-amz-date': at,
  };
  if (credentials.sessionToken !== undefined) headers['x-amz-security-token'] = credentials.sessionToken;
  const signedHeaders = Object.keys(headers).toSorted();
  const canonical = await canonicalRequest({ ...request, headers }, signedHeaders);
  const signature = await signatureOf(canonical, { secret: credentials.secretAccessKey, scope, amzDate: at });
  const { accessKeyId } = credentials;
  const authorization = `${SCHEME} Credential=${accessKeyId}/${scopeText(scope)}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return { ...headers, authorization };
};
