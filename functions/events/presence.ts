import * as z from 'zod';
import { presenceEvent } from '@hems/shared/events/presence';
import { measure } from '../runtime/metrics.ts';
import { bus, pause, rechecks, registry, table } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { takePresence } from '../use-cases/devices/take-presence.ts';

/** Rule `hems_presence`. */
export const handler = step(z.object(presenceEvent.shape), async (event) => {
  const deps = {
    table: await table(),
    pause,
    bus: await bus(),
    registry: await registry(),
    rechecks: await rechecks(),
  };
  const isNews = await takePresence(deps, event);
  if (isNews) measure(event.eventType === 'connected' ? 'GatewaysConnected' : 'GatewaysDisconnected', 1);
});
