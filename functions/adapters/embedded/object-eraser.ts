import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectEraser } from '../../ports/object-eraser.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { checkedKey } from '../object-key.ts';

/** `ObjectEraser` over a folder that keeps no earlier versions. Folders go too: they are called after the household. */
export const objectEraser = (folder: string, objects: Pick<ObjectStore, 'list'>): ObjectEraser => ({
  count: async (prefix) => (await objects.list(prefix)).length,
  erase: async (prefix) => {
    const path = join(folder, ...checkedKey(prefix.replace(/\/$/, '')).split('/'));
    await rm(path, { recursive: true, force: true });
  },
});
