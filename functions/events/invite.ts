import { busEvent } from '../runtime/bus-event.ts';
import { log } from '../runtime/log.ts';
import { bus, clock, pause, table } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { invite } from '../use-cases/notices/invite.ts';

/** Rule `invitations` of the bus: a saving event was announced. */
export const handler = step(busEvent, async (event) => {
  const report = await invite({ table: await table(), clock: await clock(), pause, bus: await bus() }, event);
  log.info('households invited', report);
  return report;
});
