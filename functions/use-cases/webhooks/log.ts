import type { DeliveryView } from '@hems/shared/partner-api/webhooks';
import { ConditionFailed } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import type { EndpointRef } from '../stores/webhook-endpoints.ts';
import {
  deadSince,
  deliveryMove,
  deliveryView,
  listDeliveries,
  readDelivery,
  type Delivery,
  type KeptDelivery,
} from '../stores/webhook-deliveries.ts';
import type { TellDeps } from './deps.ts';
import { requireEndpoint } from './endpoints.ts';
import { envelopeOf, leave } from './tell-partner.ts';
import { wake } from './wake.ts';

const PAGE = 50;
const REPLAYED_MAX = 200;
const AT_ONCE = 10;

export const readDeliveries = async (
  deps: Pick<TellDeps, 'table'>,
  ref: EndpointRef,
  { state, cursor }: { readonly state?: Delivery['state'] | undefined; readonly cursor?: string | undefined },
): Promise<{ deliveries: DeliveryView[]; cursor: string | null }> => {
  await requireEndpoint(deps, ref);
  const page = await listDeliveries(deps.table, ref, { state, cursor, limit: PAGE });
  return { deliveries: page.deliveries.map(deliveryView), cursor: page.cursor };
};

/** A message to this endpoint alone, by which its owner sees that it works. `effect`: asked for again under it, it is the same message. */
export const ping = async (deps: TellDeps, ref: EndpointRef, effect: string): Promise<{ deliveryId: string }> => {
  const kept = await requireEndpoint(deps, ref);
  const { partnerId } = ref;
  const message = envelopeOf({ partnerId, type: 'sandbox.ping', data: {}, key: effect }, deps.clock.now());
  await leave(deps, kept, message);
  return { deliveryId: message.deliveryId };
};

/** False: it is not dead any more. */
const revive = async ({ table, clock }: TellDeps, kept: KeptDelivery): Promise<boolean> => {
  if (kept.delivery.state !== 'dead') return false;
  const nowMs = clock.now();
  const pending = { ...kept.delivery, state: 'pending', why: null, nextAtMs: nowMs, tries: 0 } as const;
  try {
    await table.transact(deliveryMove(kept, pending, nowMs));
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};

const wanted = async (
  { table }: TellDeps,
  ref: EndpointRef,
  which: { readonly deliveryId: string } | { readonly sinceMs: number },
): Promise<readonly KeptDelivery[]> => {
  if ('sinceMs' in which) return deadSince(table, ref, { sinceMs: which.sinceMs, limit: REPLAYED_MAX });
  const kept = await readDelivery(table, ref, which.deliveryId);
  if (!kept) throw new Refused('not-found', 'this endpoint has no such delivery, or not any more', 'no-delivery');
  return [kept];
};

/** Has dead messages delivered again, each with a full row of attempts, under the id it had. Again is harmless: what is not dead is left alone. */
export const replay = async (
  deps: TellDeps,
  ref: EndpointRef,
  which: { readonly deliveryId: string } | { readonly sinceMs: number },
): Promise<{ replayed: number; more: boolean }> => {
  const { endpoint } = await requireEndpoint(deps, ref);
  if (endpoint.status !== 'active')
    throw new Refused('conflict', `the endpoint is ${endpoint.status}; make it active first`, 'endpoint-not-active');
  const found = await wanted(deps, ref, which);
  const waiting = found.values();
  let replayed = 0;
  const work = async (): Promise<void> => {
    for (const kept of waiting) if (await revive(deps, kept)) replayed += 1;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (replayed > 0) await wake(deps, ref, 0);
  return { replayed, more: 'sinceMs' in which && found.length === REPLAYED_MAX };
};
