import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { putSteering, readSteering } from '../stores/steering.ts';
import { ConditionFailed } from '../../ports/table.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
const ATTEMPTS = 5;

/** A resident ordered the device by hand: until that ends, the plan leaves it alone, also one that is switched on meanwhile. */
export const noteByHand = async (
  deps: Deps,
  householdId: string,
  order: { readonly deviceId: string; readonly untilMs: number },
): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    const before = await readSteering(deps.table, householdId);
    const others = before.byHand.filter(({ deviceId }) => deviceId !== order.deviceId);
    const nowMs = deps.clock.now();
    // the device holds one order: what the plan had it do is over
    const sent = before.sent.map((one) =>
      one.deviceId === order.deviceId && one.untilMs > nowMs ? { ...one, untilMs: nowMs } : one,
    );
    try {
      return await putSteering(deps, householdId, { ...before, sent, byHand: [...others, order] });
    } catch (error) {
      if (!(error instanceof ConditionFailed) || attempt === ATTEMPTS) throw error;
    }
  }
};
