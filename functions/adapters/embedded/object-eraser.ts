import type { ObjectEraser } from '../../ports/object-eraser.ts';
import type { ObjectStore } from '../../ports/object-store.ts';

/** `ObjectEraser` over a store that keeps no earlier versions. */
export const objectEraser = (objects: Pick<ObjectStore, 'list' | 'delete'>): ObjectEraser => ({
  count: async (prefix) => (await objects.list(prefix)).length,
  erase: async (prefix) => {
    for (const key of await objects.list(prefix)) await objects.delete(key);
  },
});
