import * as z from 'zod';
import { samePresence } from '@hems/models/device/presence';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { changeGateway, readGateway } from '../stores/gateways.ts';

type Deps = { readonly table: Table; readonly pause: Pause; readonly bus: EventBus };

export const recheck = z.object({
  householdId: z.string(),
  gateway: z.string(),
  word: z.object({ state: z.literal('disconnected'), version: z.int(), atMs: z.int() }),
});
type Recheck = z.infer<typeof recheck>;

/** Says that a gateway is offline, once for each time it went away, if it has not come back since; notices let one through in 24 hours. */
export const recheckPresence = async (deps: Deps, { householdId, gateway, word }: Recheck): Promise<void> => {
  const place = { householdId, gateway };
  const found = await readGateway(deps.table, place);
  if (found?.status !== 'active' || !found.presence || !samePresence(found.presence, word)) return;
  if (found.toldOfflineMs === word.atMs) return;
  // one key for the gateway: one over a bad line is told of once a day, not each time
  const detail = { householdId, atMs: word.atMs, key: `offline:${gateway}`, facts: { gateway } };
  await deps.bus.publish([{ type: 'gateway.offline', detail }]);
  await changeGateway(deps, place, (before) => ({ ...before, toldOfflineMs: word.atMs }));
};
