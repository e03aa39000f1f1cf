import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { clock, erasures, table } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { carryOnErasures } from '../use-cases/erasure/start.ts';

/** Begins erasures again that were cut off or wait. An alarm reads how many are older than a day; nobody waits for more than three. */
export const handler = step(z.unknown(), async () => {
  const counts = await carryOnErasures({ table: await table(), clock: await clock(), erasures: await erasures() });
  log.info('erasures looked at', counts);
});
