import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** The first that the browser takes is used. */
const ENCODINGS = ['br', 'gzip'] as const;
type Encoding = (typeof ENCODINGS)[number];

/** CloudFront, which stands before Amplify Hosting, compresses from 1,000 bytes on, and nothing that is compressed already. */
const LEAST_BYTES = 1000;
const COMPRESSIBLE = /^(text\/|application\/(json|manifest\+json)|image\/svg\+xml)/;

/** How to send a file; undefined: as it is. */
export const encodingOf = (accepted: string | undefined, type: string, bytes: number): Encoding | undefined => {
  if (bytes < LEAST_BYTES || !COMPRESSIBLE.test(type)) return undefined;
  const offers = (accepted ?? '').split(',').map((offer) => offer.trim());
  return ENCODINGS.find((encoding) =>
    offers.some((offer) => offer.split(';')[0] === encoding && !/;\s*q=0(\.0*)?$/.test(offer)),
  );
};

/** As strong as a server affords on the fly: what is measured here is not flattered. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const compress = { br: async (plain: Buffer) => promisify(brotliCompress)(plain, BROTLI), gzip: promisify(gzip) };

type Asked = {
  readonly file: string;
  readonly etag: string;
  readonly encoding: Encoding;
  readonly plain: Buffer;
};

type Kept = { readonly etag: string; readonly bytes: Promise<Buffer> };
/** by encoding and file: as many as the app has files */
const kept = new Map<string, Kept>();

/** Compresses a file once and again when it has changed. */
export const compressed = async ({ file, etag, encoding, plain }: Asked): Promise<Buffer> => {
  const key = `${encoding} ${file}`;
  const before = kept.get(key);
  if (before?.etag === etag) return before.bytes;
  const bytes = compress[encoding](plain);
  kept.set(key, { etag, bytes });
  return bytes;
};
