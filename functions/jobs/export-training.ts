import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { clock, fileReader, ids, objects, table } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { layChampion } from '../use-cases/forecast/training/champion.ts';
import { exportTraining } from '../use-cases/forecast/training/export-training.ts';

/** What the state machine `forecast-training` hands its task: its own name, and the file of the model in force. */
const exportTask = z.object({ execution: z.string().min(1), champion: z.string().nullable() });

/** Writes what is learnt from and what the result is compared with. A second call of the same execution replaces both. */
export const handler = step(exportTask, async ({ execution, champion: artifact }) => {
  const store = await objects();
  const deps = { table: await table(), clock: await clock(), ids: await ids(), objects: store };
  const exported = await exportTraining(deps, execution);
  const shippedModels = async () => (await import('@hems/models/forecast/shipped-model')).shippedModels();
  const laid = await layChampion(
    { objects: store, reader: await fileReader(), shippedModels },
    { execution, artifact },
  );
  log.info('training exported', { ...exported, ...laid });
  return exported;
});
