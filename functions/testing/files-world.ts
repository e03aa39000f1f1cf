import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectLinks } from '../adapters/embedded/object-links.ts';
import { folderObjectStore } from '../adapters/embedded/object-store.ts';
import { fileReader } from '../adapters/files/file-reader.ts';
import { zipArchiver } from '../adapters/files/zip.ts';
import { aWorld } from './world.ts';

/** A back end in memory with a folder for files. */
export const aFilesWorld = async () => {
  const world = await aWorld();
  const folder = await mkdtemp(join(tmpdir(), 'hems-files-'));
  const links = objectLinks(new Uint8Array(32).fill(3), world.clock);
  const objects = folderObjectStore(folder, { origin: 'http://127.0.0.1:8000', links, clock: world.clock });
  const formats = { reader: fileReader, archiver: zipArchiver };
  return { ...world, ...formats, folder, links, objects, close: async () => await rm(folder, { recursive: true }) };
};
export type FilesWorld = Awaited<ReturnType<typeof aFilesWorld>>;
