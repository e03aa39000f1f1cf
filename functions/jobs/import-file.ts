import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { clock, fileReader, objects, table } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { importFile } from '../use-cases/imports/import-file.ts';

/** What the rule of the bus makes of the bucket's `Object Created`. */
const arrived = z.object({ key: z.string(), bytes: z.int() });

/** Reads a history file that has arrived. Told of at least once; a second call finds it read. */
export const handler = step(arrived, async (file) => {
  const deps = { table: await table(), clock: await clock(), objects: await objects(), reader: await fileReader() };
  const fate = await importFile(deps, file);
  log.info('history file', { fate, bytes: file.bytes });
});
