import type { CommandResult } from '@hems/shared/events/commands';
import type { Pause } from '../ports/pause.ts';
import { ConditionFailed, type Table } from '../ports/table.ts';
import { putOrder, readOrder, type Order } from './stores/orders.ts';

/** The way of an order. The last four end it: none of them is more than another, the later word stands. */
const RANK: Record<Order['state'], number> = {
  sent: 0,
  accepted: 1,
  applied: 2,
  verified: 3,
  rejected: 3,
  expired: 3,
  failed: 3,
};

export type Recorded = 'recorded' | 'known' | 'unknown-order' | 'other-gateway';

/** The order once the result is known: of two words the one further on the way stands, of equals the later, whichever arrives first. */
export const after = (order: Order, { state, ts, reason }: CommandResult): Order => {
  const further = RANK[state] - RANK[order.state];
  if (further < 0 || (further === 0 && ts <= order.stateTs)) return order;
  const { reason: _ofBefore, ...rest } = order;
  return { ...rest, state, stateTs: ts, ...(reason !== undefined && { reason }) };
};

const MAX_ATTEMPTS = 12;

/** Notes what a gateway says of an order. Only the gateway the order went to is heard. A repeat changes nothing. */
export const recordOrderResult = async (
  { table, pause }: { readonly table: Table; readonly pause: Pause },
  { householdId, gateway }: { readonly householdId: string; readonly gateway: string },
  result: CommandResult,
): Promise<Recorded> => {
  for (let attempt = 1; ; attempt += 1) {
    const found = await readOrder(table, householdId, result.cmd_id);
    if (!found) return 'unknown-order';
    if (found.order.gateway !== gateway) return 'other-gateway';
    const order = after(found.order, result);
    if (order === found.order) return 'known';
    try {
      await putOrder(table, householdId, { order, version: found.version });
      return 'recorded';
    } catch (error) {
      if (!(error instanceof ConditionFailed) || attempt === MAX_ATTEMPTS) throw error;
      await pause(attempt);
    }
  }
};
