import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { Unzip, UnzipInflate, type UnzipFile } from 'fflate';
import { FileRefused } from '@hems/models/history/reasons';
import { begins } from '@hems/models/history/signature';

/** What an upload may be once it is unpacked: a file of 50 MB that shrinks as histories do. */
const MAX_BYTES = 200 * 1024 * 1024;
/** Histories shrink to a twentieth or so; what shrinks to a two-hundredth is nothing but repetition. */
const MAX_RATIO = 200;
/** Small files may be nothing but repetition. */
const RATIO_FROM = 4 * 1024 * 1024;
/** Deflate grows up to a thousandfold: a piece of this size fills no memory. */
const PIECE = 4096;

const GZIP = [0x1f, 0x8b];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const EMPTY_ZIP = [0x50, 0x4b, 0x05, 0x06];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

const bomb = (why: string): FileRefused =>
  new FileRefused(
    'inflates-too-much',
    `the archive unpacks to ${why}; send the file itself, in parts if it is that long`,
  );

/** Counts what came in and went out of an unpacker and stops it in time. */
const meter = () => {
  let taken = 0;
  let given = 0;
  return {
    in: (bytes: number): void => {
      taken += bytes;
    },
    out: (bytes: number): void => {
      given += bytes;
      if (given > MAX_BYTES) throw bomb(`more than ${MAX_BYTES} bytes`);
      if (given > RATIO_FROM && given > taken * MAX_RATIO) throw bomb(`more than ${MAX_RATIO} times its size`);
    },
  };
};

const damaged = (error: unknown): FileRefused =>
  error instanceof FileRefused
    ? error
    : new FileRefused(
        'damaged-archive',
        `the archive is damaged or cut short (${error instanceof Error ? error.message : String(error)}); send it again`,
      );

async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const count = meter();
  const counted = async function* () {
    for await (const chunk of chunks)
      for (let at = 0; at < chunk.length; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE);
        count.in(piece.length);
        yield piece;
      }
  };
  const source = Readable.from(counted(), { objectMode: false });
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    const inflated: AsyncIterable<Uint8Array> = gunzip;
    for await (const bytes of inflated) {
      count.out(bytes.length);
      yield bytes;
    }
  } catch (error) {
    throw damaged(error);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

const ARCHIVE_NAME = /\.(zip|gz|7z|rar|tar|tgz|bz2|xz)$/i;
const SHEET_NAME = /^(\[Content_Types\]\.xml|xl\/|_rels\/)/;
/** What archivers add of their own. */
const isNothing = (name: string): boolean => name.endsWith('/') || name.startsWith('__MACOSX/');

const spreadsheet = (): FileRefused =>
  new FileRefused('spreadsheet', 'this is a spreadsheet; save it as CSV and send that');

/** The one file of a zip, in the order of its bytes: no directory is believed, so no entry is read twice. */
async function* unzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const count = meter();
  let out: Uint8Array[] = [];
  let found: UnzipFile | undefined;
  let isWhole = false;
  const unzip = new Unzip((file) => {
    if (isNothing(file.name)) return;
    if (SHEET_NAME.test(file.name)) throw spreadsheet();
    if (ARCHIVE_NAME.test(file.name))
      throw new FileRefused('nested-archive', 'the archive holds an archive; send the file itself');
    if (found) throw new FileRefused('several-files', 'the archive holds several files; send one history');
    found = file;
    file.ondata = (error, data, isLast) => {
      if (error) throw damaged(error);
      count.out(data.length);
      out.push(data);
      isWhole ||= isLast;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  const push = (piece: Uint8Array, isLast: boolean): Uint8Array[] => {
    count.in(piece.length);
    try {
      unzip.push(piece, isLast);
    } catch (error) {
      throw damaged(error);
    }
    const taken = out;
    out = [];
    return taken;
  };
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += PIECE) yield* push(chunk.subarray(at, at + PIECE), false);
  yield* push(new Uint8Array(), true);
  if (!found) throw new FileRefused('empty', 'the archive holds no file');
  if (!isWhole) throw damaged(new Error('its file does not end'));
}

async function* after(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** The bytes again with a first chunk that is long enough to tell what they are. */
const withStart = async (all: AsyncIterator<Uint8Array>) => {
  let start = new Uint8Array();
  while (start.length < ZIP.length) {
    const next = await all.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  return { start, bytes: after(start, all) };
};

const isArchive = (start: Uint8Array): boolean => begins(start, GZIP) || begins(start, ZIP);

/** The file itself: as it was sent, or out of a gzip or zip that holds nothing else. It stops at 200 MB and at bombs. */
export async function* unpacked(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const all = chunks[Symbol.asyncIterator]();
  try {
    const { start, bytes } = await withStart(all);
    if (start.length === 0 || begins(start, EMPTY_ZIP)) throw new FileRefused('empty', 'the file is empty');
    if (begins(start, OLE)) throw spreadsheet();
    if (!isArchive(start)) {
      yield* bytes;
      return;
    }
    const inner = await withStart(begins(start, GZIP) ? gunzipped(bytes) : unzipped(bytes));
    if (isArchive(inner.start))
      throw new FileRefused('nested-archive', 'the archive holds an archive; send the file itself');
    if (begins(inner.start, OLE)) throw spreadsheet();
    yield* inner.bytes;
  } finally {
    // whoever stops early leaves no file open
    await all.return?.();
  }
}
