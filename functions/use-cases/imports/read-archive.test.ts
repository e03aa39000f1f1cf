import { createGzip, gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { FileRefused } from '@hems/models/history/reasons';
import { fileReader } from '../../adapters/files/file-reader.ts';
import { chunksOf, day, HEADER, read, refusalOf } from '../../testing/history-files.ts';

const consumed = async (bytes: AsyncIterable<Uint8Array>): Promise<number> => {
  let count = 0;
  for await (const chunk of bytes) count += chunk.length;
  return count;
};

describe('an archive', () => {
  const csv = HEADER + day('2026-01-31');

  it.each([
    ['gzip', () => gzipSync(csv)],
    ['zip', () => zipSync({ 'usage.csv': strToU8(csv) })],
    ['zip of a Mac', () => zipSync({ 'usage.csv': strToU8(csv), '__MACOSX/._usage.csv': strToU8('x') })],
    ['zip without compression', () => zipSync({ 'usage.csv': [strToU8(csv), { level: 0 }] })],
  ])('%s with one file is read as that file', async (_, pack) => {
    expect((await read(pack())).days).toMatchObject([{ date: '2026-01-31', importWh: 30_000 }]);
    expect((await read(pack(), 3)).days).toHaveLength(1);
  });

  it.each([
    ['with two files', () => zipSync({ 'a.csv': strToU8(csv), 'b.csv': strToU8(csv) }), 'several-files'],
    ['with an archive', () => zipSync({ 'a.zip': zipSync({ 'b.csv': strToU8(csv) }) }), 'nested-archive'],
    [
      'with an archive by another name',
      () => zipSync({ 'a.csv': zipSync({ 'b.csv': strToU8(csv) }) }),
      'nested-archive',
    ],
    ['in an archive', () => gzipSync(gzipSync(csv)), 'nested-archive'],
    ['with nothing', () => zipSync({}), 'empty'],
    [
      'that is a spreadsheet',
      () => zipSync({ '[Content_Types].xml': strToU8('<x/>'), 'xl/a.xml': strToU8('<x/>') }),
      'spreadsheet',
    ],
    ['that is an old spreadsheet', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'spreadsheet'],
    ['cut short', () => zipSync({ 'a.csv': strToU8(csv) }).subarray(0, 100), 'damaged-archive'],
    ['cut short as gzip', () => gzipSync(csv).subarray(0, 100), 'damaged-archive'],
    ['with a flipped bit', () => flipped(gzipSync(csv)), 'damaged-archive'],
  ])('%s is refused', async (_, pack, code) => {
    expect((await refusalOf(read(pack()))).code).toBe(code);
  });

  it('of ten gigabytes of zeros is refused after a few megabytes', async () => {
    const zeros = Readable.from(
      (function* () {
        const megabyte = Buffer.alloc(1024 * 1024);
        for (let at = 0; at < 10 * 1024; at += 1) yield megabyte;
      })(),
    );
    let packed = 0;
    const counted = async function* () {
      for await (const chunk of zeros.pipe(createGzip({ level: 1 }))) {
        const bytes: Uint8Array = chunk;
        packed += bytes.length;
        yield bytes;
      }
    };
    expect((await refusalOf(consumed(fileReader.unpacked(counted())))).code).toBe('inflates-too-much');
    expect(packed).toBeLessThan(1_000_000);
    zeros.destroy();
  });

  it('whose one entry is a bomb is refused while it unpacks', async () => {
    const bomb = zipSync({ 'a.csv': new Uint8Array(16 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(200_000);
    expect((await refusalOf(consumed(fileReader.unpacked(chunksOf(bomb))))).code).toBe('inflates-too-much');
    expect(await refusalOf(read(bomb))).toBeInstanceOf(FileRefused);
  });
});

const flipped = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes);
  copy[60] = (copy[60] ?? 0) ^ 0xff;
  return copy;
};
