import { ConditionFailed } from '../../ports/table.ts';
import { lanePut, readLane, type EndpointRef, type Lane } from '../stores/webhook-endpoints.ts';
import { nextDueMs } from '../stores/webhook-deliveries.ts';
import type { TellDeps } from './deps.ts';
import { DELAY_MAX_MS, wake } from './wake.ts';

/** Longer than the function may run: a lane whose holder was killed is free after this. */
const LEASE_MS = 90_000;
const SECOND_MS = 1000;

/** Each endpoint has one lane: whoever has it delivers, and one that hangs holds up nobody but itself. Undefined: another has it. */
export const takeLane = async ({ table, clock }: TellDeps, ref: EndpointRef): Promise<Lane | undefined> => {
  const lane = await readLane(table, ref);
  const nowMs = clock.now();
  if (lane.untilMs > nowMs) return undefined;
  const taken = { ...lane, untilMs: nowMs + LEASE_MS };
  try {
    await table.put(lanePut(ref, taken));
  } catch (error) {
    if (error instanceof ConditionFailed) return undefined;
    throw error;
  }
  return { ...taken, version: lane.version + 1 };
};

/** Has somebody come at the time of the next retry, if a queue can wait so long and nobody was asked already. Answers when the next one comes. */
const askAgain = async (deps: TellDeps, ref: EndpointRef, { wakeAtMs }: Lane): Promise<number> => {
  const nowMs = deps.clock.now();
  const nextMs = await nextDueMs(deps.table, ref);
  if (nextMs === undefined || nextMs <= nowMs || nextMs - nowMs > DELAY_MAX_MS) return wakeAtMs;
  const isAsked = wakeAtMs > nowMs && wakeAtMs <= nextMs + SECOND_MS;
  if (isAsked) return wakeAtMs;
  await wake(deps, ref, nextMs - nowMs);
  return nextMs;
};

/** Gives the lane back and sees to the next visit. Later retries, and what a crash leaves behind, are the sweep's. */
export const leaveLane = async (deps: TellDeps, ref: EndpointRef, lane: Lane): Promise<void> => {
  const { table, clock } = deps;
  const wakeAtMs = await askAgain(deps, ref, lane);
  try {
    await table.put(lanePut(ref, { ...lane, untilMs: 0, wakeAtMs }));
  } catch (error) {
    // it took longer than the lease, and another has the lane
    if (!(error instanceof ConditionFailed)) throw error;
  }
  // whoever came while the lane was taken has gone again: what they came for is looked at now
  const leftMs = await nextDueMs(table, ref);
  if (leftMs !== undefined && leftMs <= clock.now()) await wake(deps, ref, 0);
};
