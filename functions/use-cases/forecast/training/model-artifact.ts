import { readModelFile, type Models } from '@hems/models/forecast/model-file';
import type { FileReader } from '../../../ports/files.ts';
import type { ObjectStore } from '../../../ports/object-store.ts';

const BLOCK = 512;
const NAME_BYTES = 100;
const SIZE_AT = 124;
const SIZE_BYTES = 12;
const MODEL_NAME = /^(\.\/)?model\.json$/;

const textAt = (bytes: Uint8Array, from: number, length: number): string =>
  new TextDecoder().decode(bytes.subarray(from, from + length)).replace(/\0.*$/s, '');

/** The file in a tar (POSIX ustar): a block that names it and its size in octal, then its bytes in whole blocks. */
const fileOf = (tar: Uint8Array, name: RegExp): Uint8Array | undefined => {
  for (let at = 0; at + BLOCK <= tar.length;) {
    const size = Number.parseInt(textAt(tar, at + SIZE_AT, SIZE_BYTES).trim() || '0', 8);
    if (Number.isNaN(size)) throw new Error(`it is no tar: block ${at / BLOCK} holds no size`);
    if (name.test(textAt(tar, at, NAME_BYTES))) return tar.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
};

const bytesOf = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const all: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    all.push(chunk);
    length += chunk.length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of all) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
};

/** The file is there and whole, and made for other features than this code has. */
export class ForeignModel extends Error {
  override readonly name = 'ForeignModel';
}

const modelsIn = (file: unknown, key: string): Models => {
  try {
    return readModelFile(file);
  } catch (error) {
    throw new ForeignModel(`${key}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
};

type Deps = { readonly objects: ObjectStore; readonly reader: Pick<FileReader, 'unpacked'> };

/** The model in a training's `model.tar.gz`. Throws where there is none, and `ForeignModel` where it was made for other code than this. */
export const readModelArtifact = async (
  { objects, reader }: Deps,
  key: string,
): Promise<{ readonly models: Models; readonly bytes: Uint8Array }> => {
  const stored = await objects.getStream(key);
  if (!stored) throw new Error(`there is no ${key}; look whether the training ended, or start another`);
  const bytes = fileOf(await bytesOf(reader.unpacked(stored)), MODEL_NAME);
  if (!bytes) throw new Error(`${key} holds no model.json; look at the log of the training`);
  return { models: modelsIn(JSON.parse(new TextDecoder().decode(bytes)), key), bytes };
};
