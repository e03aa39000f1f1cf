import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { fileReader, objects } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { judgeTraining } from '../use-cases/forecast/training/judge-training.ts';

/** What the state machine `forecast-training` hands its task: the file that the training left. */
const judgeTask = z.object({ artifact: z.string().min(1) });

/** The gate between a model that was trained and the one in force. */
export const handler = step(judgeTask, async ({ artifact }) => {
  const judged = await judgeTraining({ objects: await objects(), reader: await fileReader() }, artifact);
  log.info('training judged', judged);
  return { promoted: judged.promoted, modelVersion: judged.modelVersion };
});
