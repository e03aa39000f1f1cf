import { objections } from '@hems/models/forecast/promotion';
import type { FileReader } from '../../../ports/files.ts';
import type { ObjectStore } from '../../../ports/object-store.ts';
import { readModelArtifact } from './model-artifact.ts';

export type Judged = {
  readonly promoted: boolean;
  readonly modelVersion: string;
  /** why it is not promoted */
  readonly objections: readonly string[];
  readonly metrics: Readonly<Record<string, number>>;
};

/**
 * Whether the model that a training left takes the place of the one in force. Its figures are read from the file that would be served, and that
 * this code can read it is part of the judgement.
 */
export const judgeTraining = async (
  deps: { readonly objects: ObjectStore; readonly reader: Pick<FileReader, 'unpacked'> },
  artifact: string,
): Promise<Judged> => {
  const { provenance } = (await readModelArtifact(deps, artifact)).models;
  const against = objections(provenance.metrics);
  return {
    promoted: against.length === 0,
    modelVersion: provenance.modelVersion,
    objections: against,
    metrics: provenance.metrics,
  };
};
