import { FileRefused } from '@hems/models/history/reasons';
import { begins } from '@hems/models/history/signature';

const UTF8_BOM = [0xef, 0xbb, 0xbf];
const UTF16_BOM = [0xff, 0xfe];
const SAMPLE = 64 * 1024;

const isUtf8 = (sample: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
};

/** A spreadsheet in Korea saves CSV as CP949, which the web calls `euc-kr`. */
const encodingOf = (sample: Uint8Array): 'utf-8' | 'utf-16le' | 'euc-kr' => {
  if (begins(sample, UTF16_BOM)) return 'utf-16le';
  return begins(sample, UTF8_BOM) || isUtf8(sample) ? 'utf-8' : 'euc-kr';
};

type Decoder = InstanceType<typeof TextDecoder>;

const decode = (decoder: Decoder, bytes: Uint8Array | undefined): string => {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch {
    throw new FileRefused('encoding', `the file is not text in ${decoder.encoding}; save it as UTF-8`);
  }
};

/** The file as text without a byte order mark, decoded as what its first 64 KiB are. */
async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let sample = Buffer.alloc(0);
  let decoder: Decoder | undefined;
  for await (const chunk of chunks) {
    if (decoder) {
      yield decode(decoder, chunk);
      continue;
    }
    sample = Buffer.concat([sample, chunk]);
    if (sample.length < SAMPLE) continue;
    decoder = new TextDecoder(encodingOf(sample), { fatal: true });
    yield decode(decoder, sample);
  }
  if (!decoder) {
    decoder = new TextDecoder(encodingOf(sample), { fatal: true });
    yield decode(decoder, sample);
  }
  yield decode(decoder, undefined);
}

/** Texts, and what they begin with. */
export type Texts = { readonly start: string; readonly whole: AsyncIterable<string> };

export const textsOf = async (chunks: AsyncIterable<Uint8Array>): Promise<Texts> => {
  const texts = decoded(chunks);
  const first = await texts.next();
  const start = first.done === true ? '' : first.value;
  const whole = async function* () {
    yield start;
    yield* texts;
  };
  return { start: start.slice(0, SAMPLE), whole: whole() };
};
