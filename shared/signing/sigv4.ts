import { sha256, utf8, type Bytes } from './digest.ts';
import { canonicalQuery, encoded, type HttpRequest } from './request.ts';

/** Signature Version 4 of AWS: what a request is signed as, shared by the one who signs and the one who checks. */

export const SCHEME = 'AWS4-HMAC-SHA256';
export const SERVICE = 'execute-api';

/** Where and when a signature counts; partners sign for `SERVICE`. */
export type Scope = { readonly date: string; readonly region: string; readonly service: string };

export const scopeText = ({ date, region, service }: Scope): string => `${date}/${region}/${service}/aws4_request`;

export const hex = (bytes: Bytes): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** `YYYYMMDDTHHMMSSZ` of epoch seconds. */
export const amzDate = (epochS: number): string => new Date(epochS * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, '');

const hmac = async (key: Bytes, text: string): Promise<Bytes> => {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, utf8(text)));
};

/** Each segment of the path is encoded once more than it was sent, as every service but S3 expects it. */
const canonicalPath = (pathname: string): string => pathname.split('/').map(encoded).join('/');

/** The request by its signed headers only, names ascending; every one of them has to be there. */
export const canonicalRequest = async (
  { method, url, headers, body }: HttpRequest,
  signedHeaders: readonly string[],
): Promise<string> => {
  const { pathname, searchParams } = new URL(url);
  const lines = signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replaceAll(/ +/g, ' ')}`);
  return [
    method.toUpperCase(),
    canonicalPath(pathname),
    canonicalQuery([...searchParams]),
    ...lines,
    '',
    signedHeaders.join(';'),
    hex(await sha256(body)),
  ].join('\n');
};

/** The signature of a canonical request, in hexadecimal. */
export const signatureOf = async (
  canonical: string,
  { secret, scope, amzDate: at }: { readonly secret: string; readonly scope: Scope; readonly amzDate: string },
): Promise<string> => {
  const { date, region, service } = scope;
  const ofDate = await hmac(utf8(`AWS4${secret}`), date);
  const ofRegion = await hmac(ofDate, region);
  const ofService = await hmac(ofRegion, service);
  const key = await hmac(ofService, 'aws4_request');
  const toSign = [SCHEME, at, scopeText(scope), hex(await sha256(utf8(canonical)))].join('\n');
  return hex(await hmac(key, toSign));
};
