import { ConditionFailed } from '../../ports/table.ts';
import { readPartner } from '../stores/partners.ts';
import { endpointPut, readEndpoint, type EndpointRef, type KeptEndpoint } from '../stores/webhook-endpoints.ts';
import { deliveryMove, dueDeliveries, type Delivery, type KeptDelivery } from '../stores/webhook-deliveries.ts';
import { untilWon } from '../until-won.ts';
import { deliveryAfter, endpointAfter } from './after-attempt.ts';
import type { WebhookDeps } from './deps.ts';
import { leaveLane, takeLane } from './lane.ts';
import { openEndpoint, post, type Opened } from './post.ts';
import { whyDead } from './tell-partner.ts';

/** Posts to one endpoint at once. */
const AT_ONCE = 8;
/** Nothing new is begun after this; a post that hangs takes ten seconds more. */
const BUDGET_MS = 20_000;

/** `dead`: given up after the last retry. `kept`: not posted, the endpoint is not active. `ended`: endpoints that became broken or were gone. */
export type DeliverReport = Readonly<
  Record<'delivered' | 'failed' | 'dead' | 'kept' | 'broken' | 'gone' | 'unreadable', number>
>;
type Counts = { -readonly [Name in keyof DeliverReport]: number };

const nothing = (): Counts => ({ delivered: 0, failed: 0, dead: 0, kept: 0, broken: 0, gone: 0, unreadable: 0 });

/** False: another has written it meanwhile, and their word stands. */
const write = async ({ table, clock }: WebhookDeps, kept: KeptDelivery, after: Delivery): Promise<boolean> => {
  try {
    await table.transact(deliveryMove(kept, after, clock.now()));
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};

const noteEndpoint = (deps: WebhookDeps, ref: EndpointRef, after: Delivery): Promise<'broken' | 'gone' | undefined> =>
  untilWon(deps.pause, async () => {
    const kept = await readEndpoint(deps.table, ref);
    const endpoint = kept && endpointAfter(kept.endpoint, after, deps.clock.now());
    if (!kept || !endpoint) return undefined;
    await deps.table.put(endpointPut({ ...kept, endpoint }));
    if (endpoint.status === 'active') return undefined;
    return endpoint.status === 'broken' ? 'broken' : 'gone';
  });

const outcomeOf = ({ state, why }: Delivery): 'delivered' | 'failed' | 'dead' | 'kept' => {
  if (state === 'delivered') return 'delivered';
  if (state === 'pending') return 'failed';
  return why === 'delivery-failed' ? 'dead' : 'kept';
};

type Round = { readonly ref: EndpointRef; readonly opened: Opened; readonly isDoubted: boolean };

/** Posts, then writes what came of it. Killed in between, the message is due again when the lane is free: it may arrive twice, never not at all. */
const deliverOne = async (
  deps: WebhookDeps,
  { ref, opened, isDoubted }: Round,
  { kept, counts }: { readonly kept: KeptDelivery; readonly counts: Counts },
): Promise<void> => {
  const posted = await post(deps, opened, kept.delivery);
  const after = deliveryAfter(kept.delivery, posted, deps.clock.now());
  if (!(await write(deps, kept, after))) return;
  counts[outcomeOf(after)] += 1;
  if (after.state === 'pending' || (after.state === 'delivered' && !isDoubted)) return;
  const ended = await noteEndpoint(deps, ref, after);
  if (ended !== undefined) counts[ended] += 1;
};

/** What cannot be posted now is kept as dead, to be replayed. */
const keep = async (deps: WebhookDeps, kept: KeptDelivery, why: Delivery['why']): Promise<boolean> =>
  write(deps, kept, { ...kept.delivery, state: 'dead', why, nextAtMs: null });

const whyNot = async ({ table }: WebhookDeps, endpoint: KeptEndpoint | undefined): Promise<Delivery['why']> => {
  if (!endpoint) return 'endpoint-disabled';
  const partner = await readPartner(table, endpoint.partnerId);
  return partner?.status === 'suspended' ? 'partner-suspended' : whyDead(endpoint.endpoint);
};

/** The messages that are due now, at most a handful. False: there are none. */
const deliverSome = async (deps: WebhookDeps, ref: EndpointRef, counts: Counts): Promise<boolean> => {
  const { table, clock } = deps;
  const { due, unreadable } = await dueDeliveries(table, ref, { nowMs: clock.now(), limit: AT_ONCE });
  for (const key of unreadable) await table.delete(key);
  counts.unreadable += unreadable.length;
  if (due.length === 0) return unreadable.length > 0;
  const endpoint = await readEndpoint(table, ref);
  const why = await whyNot(deps, endpoint);
  if (!endpoint || why !== null) {
    const done = await Promise.all(due.map((kept) => keep(deps, kept, why)));
    counts.kept += done.filter(Boolean).length;
    return true;
  }
  const round = { ref, opened: await openEndpoint(deps, endpoint), isDoubted: endpoint.endpoint.deadInARow > 0 };
  await Promise.all(due.map((kept) => deliverOne(deps, round, { kept, counts })));
  return true;
};

/** Delivers what is due to an endpoint, unless another is at it. What is not done in its time, the next visit does. */
export const deliver = async (deps: WebhookDeps, ref: EndpointRef): Promise<DeliverReport> => {
  const counts = nothing();
  const lane = await takeLane(deps, ref);
  if (!lane) return counts;
  const endsMs = deps.clock.now() + BUDGET_MS;
  while (deps.clock.now() < endsMs && (await deliverSome(deps, ref, counts)));
  await leaveLane(deps, ref, lane);
  return counts;
};
