import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { archiver, clock, keys, objects, table, telemetry } from '../runtime/ports.ts';
import { queue } from '../runtime/queue.ts';
import { exportHousehold } from '../use-cases/exports/export-household.ts';

const asked = z.object({ householdId: z.string(), exportId: z.string() });

/** Writes the archive that somebody asked for. Received at least once; a second call finds it written. */
export const handler = queue(asked, async (place) => {
  const deps = {
    table: await table(),
    clock: await clock(),
    keys: await keys(),
    telemetry: await telemetry(),
    objects: await objects(),
    archiver: await archiver(),
  };
  const fate = await exportHousehold(deps, place);
  log.info('household export', { fate });
});
