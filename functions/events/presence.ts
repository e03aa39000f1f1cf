import * as z from 'zod';
import { presenceEvent } from '@hems/shared/events/presence';
import { bus, pause, rechecks, registry, table } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { takePresence } from '../use-cases/devices/take-presence.ts';

/** Rule `hems_presence`. */
export const handler = step(z.object(presenceEvent.shape), async (event) =>
  takePresence(
    { table: await table(), pause, bus: await bus(), registry: await registry(), rechecks: await rechecks() },
    event,
  ),
);
