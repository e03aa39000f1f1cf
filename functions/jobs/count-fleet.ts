import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { measure } from '../runtime/metrics.ts';
import { table } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { countFleet } from '../use-cases/devices/count-fleet.ts';

const called = z.object({ scheduled: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)) });

/** Tells each hour which share of the fleet is there. Where no home has a gateway there are no shares. */
export const handler = step(called, async ({ scheduled }) => {
  const fleet = await countFleet({ table: await table() }, scheduled);
  const { gateways, connected, devices, silent } = fleet;
  measure('FleetSeen', gateways);
  if (gateways > 0) measure('FleetOnlinePercent', (100 * connected) / gateways);
  if (devices > 0) measure('FleetSilentPercent', (100 * silent) / devices);
  log.info('fleet counted', fleet);
});
