import { bus, pause, table } from '../runtime/ports.ts';
import { queue } from '../runtime/queue.ts';
import { recheck, recheckPresence } from '../use-cases/devices/recheck-presence.ts';

/** The queue of gateways that went away three minutes ago. */
export const handler = queue(recheck, async (one) =>
  recheckPresence({ table: await table(), pause, bus: await bus() }, one),
);
