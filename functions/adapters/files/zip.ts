import { Zip, ZipDeflate } from 'fflate';
import type { Archiver, Section } from '../../ports/files.ts';

/** Text is packed in pieces of about this many characters. */
const PIECE = 64 * 1024;
/** Between the least and the most work: tables of numbers shrink little more for twice the time. */
const LEVEL = 4;

type Packing = {
  readonly take: () => Uint8Array[];
  readonly add: (path: string) => ZipDeflate;
  readonly end: () => void;
};

const packing = (nowMs: number): Packing => {
  let out: Uint8Array[] = [];
  const zip = new Zip((error, data) => {
    if (error) throw error;
    out.push(data);
  });
  return {
    take: () => {
      const taken = out;
      out = [];
      return taken;
    },
    add: (path) => {
      const entry = new ZipDeflate(path, { level: LEVEL });
      entry.mtime = nowMs;
      zip.add(entry);
      return entry;
    },
    end: () => zip.end(),
  };
};

/** One file of the archive; whether anything was written of it. */
async function* packed(pack: Packing, { path, texts }: Section): AsyncGenerator<Uint8Array, boolean> {
  const encoder = new TextEncoder();
  let entry: ZipDeflate | undefined;
  let held = '';
  const push = (isLast: boolean): Uint8Array[] => {
    entry ??= pack.add(path);
    entry.push(encoder.encode(held), isLast);
    held = '';
    return pack.take();
  };
  for await (const text of texts()) {
    held += text;
    if (held.length >= PIECE) yield* push(false);
  }
  if (!entry && held === '') return false;
  yield* push(true);
  return true;
}

async function* zipOf(
  sections: readonly Section[],
  { nowMs, written }: Parameters<Archiver['zip']>[1],
): AsyncGenerator<Uint8Array> {
  const pack = packing(nowMs);
  for (const section of sections) {
    yield* packed(pack, section);
    await written();
  }
  pack.end();
  yield* pack.take();
}

export const zipArchiver: Archiver = { zip: zipOf };
