import { isInnerList, parseDictionary, type Dictionary } from 'structured-headers';

export type Bytes = Uint8Array<ArrayBuffer>;

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** Bytes in base64, as a structured field writes them between colons. */
export const toBase64 = (bytes: Bytes): string => btoa(String.fromCharCode(...bytes));

/** Compares every byte, whatever the first difference. */
export const sameBytes = (a: Bytes, b: Bytes): boolean =>
  a.length === b.length && a.reduce((differences, byte, index) => differences | (byte ^ (b[index] ?? 0)), 0) === 0;

/** The value of `Content-Digest` (RFC 9530) for a body, by SHA-256. */
export const contentDigest = async (body: Bytes): Promise<string> => `sha-256=:${toBase64(await sha256(body))}:`;

/** A field as a dictionary of RFC 9651, or undefined where it is none. */
export const dictionaryOf = (field: string): Dictionary | undefined => {
  try {
    return parseDictionary(field);
  } catch {
    return undefined;
  }
};

/** Whether `Content-Digest` holds the SHA-256 of this body. Other algorithms may stand beside it; alone they are not enough. */
export const holdsDigestOf = async (field: string, body: Bytes): Promise<boolean> => {
  const member = dictionaryOf(field)?.get('sha-256');
  if (member === undefined || isInnerList(member)) return false;
  const [said] = member;
  return said instanceof ArrayBuffer && sameBytes(new Uint8Array(said), await sha256(body));
};
