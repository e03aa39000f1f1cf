import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { clock, table } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { publishAggregates } from '../use-cases/government/publish-aggregates.ts';

/** Publishes the aggregates of the latest final month, where nobody has yet; every other day it finds them published. */
export const handler = step(z.unknown(), async () => {
  const { month, published } = await publishAggregates({ table: await table(), clock: await clock() });
  log.info('aggregates looked at', { month, published });
});
