import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { measure } from '../runtime/metrics.ts';
import { clock, erasures, table } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { carryOnErasures } from '../use-cases/erasure/start.ts';

/** Begins erasures again that were cut off or wait. Tells how many are older than a day; nobody waits for more than three. */
export const handler = step(z.unknown(), async () => {
  const counts = await carryOnErasures({ table: await table(), clock: await clock(), erasures: await erasures() });
  measure('ErasuresLate', counts.late);
  log.info('erasures looked at', counts);
});
