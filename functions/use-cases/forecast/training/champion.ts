import { toModelFile, type Models } from '@hems/models/forecast/model-file';
import type { FileReader } from '../../../ports/files.ts';
import type { ObjectStore } from '../../../ports/object-store.ts';
import { championKey, shippedKey } from './folders.ts';
import { ForeignModel, readModelArtifact } from './model-artifact.ts';

type Deps = {
  readonly objects: ObjectStore;
  readonly reader: Pick<FileReader, 'unpacked'>;
  /** half a megabyte; loaded where it is needed only */
  readonly shippedModels: () => Promise<Models>;
};

export type Champion = {
  /** which model the next one is compared with */
  readonly champion: 'in force' | 'shipped';
  /** why it is not the one in force, where one is */
  readonly reason: string | null;
};

/**
 * Lays the model in force beside the homes, and the one that ships, so that all are judged on the same weeks. Until one is in force, and where
 * the one in force was made for other features than this code has, both are the one that ships. Whatever else is wrong with the one in force
 * ends the training: nothing takes the place of a model that it was not compared with.
 */
export const layChampion = async (
  deps: Deps,
  { execution, artifact }: { readonly execution: string; readonly artifact: string | null },
): Promise<Champion> => {
  const shipped = new TextEncoder().encode(JSON.stringify(toModelFile(await deps.shippedModels())));
  const lay = async (bytes: Uint8Array, champion: Champion): Promise<Champion> => {
    await deps.objects.put(shippedKey(execution), shipped);
    await deps.objects.put(championKey(execution), bytes);
    return champion;
  };
  if (artifact === null) return lay(shipped, { champion: 'shipped', reason: null });
  try {
    const { bytes } = await readModelArtifact(deps, artifact);
    return await lay(bytes, { champion: 'in force', reason: null });
  } catch (error) {
    if (!(error instanceof ForeignModel)) throw error;
    return lay(shipped, { champion: 'shipped', reason: error.message });
  }
};
