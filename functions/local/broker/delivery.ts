import { setTimeout as sleep } from 'node:timers/promises';
import type { RuleEvent } from '@hems/shared/events/rules';
import type { Queue } from '../../ports/queue.ts';
import type { Taken } from './micro-batches.ts';

export type DeliveryParts = {
  /** resolves when everything is durable, rejects when nothing can be said */
  readonly handle: (events: RuleEvent[]) => Promise<unknown>;
  /** takes the events that the handler failed on to the end, as the dead-letter queue of a Lambda function does */
  readonly deadLetters: Queue;
  readonly say: (line: string) => void;
};

export type Delivery = {
  /** settles every message of the batch, sooner or later; never rejects */
  readonly deliver: (batch: readonly Taken[]) => Promise<void>;
  readonly counters: { deadLettered: number; unsaid: number };
  /** resolves when no message is being tried again */
  readonly idle: () => Promise<void>;
};

/** Before the attempts on a message that failed alone. */
const PAUSES_MS = [50, 200, 500];

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Hands batches to the handler. A batch that fails is halved until the failing messages stand alone, so one bad message does not take
 * its neighbours along; those are tried again beside the traffic, then given up to the dead letters, and only then acknowledged.
 */
export const delivery = ({ handle, deadLetters, say }: DeliveryParts): Delivery => {
  const counters = { deadLettered: 0, unsaid: 0 };
  const stragglers = new Set<Promise<void>>();

  const attempt = async (batch: readonly Taken[]): Promise<unknown> => {
    try {
      await handle(batch.map(({ event }) => event));
      return undefined;
    } catch (error) {
      return error ?? new Error('the handler rejected without a reason');
    }
  };
  const giveUp = async ({ event, done }: Taken, error: unknown): Promise<void> => {
    const what = `${event.channel} of gateway ${event.gateway} failed: ${messageOf(error)}`;
    try {
      await deadLetters.send(JSON.stringify(event));
      counters.deadLettered += 1;
      say(`${what}; kept in the dead-letter queue`);
      done();
    } catch (queueError) {
      counters.unsaid += 1;
      say(`${what}; the dead-letter queue failed too (${messageOf(queueError)}), so the device has to send it again`);
      done(new Error('not stored', { cause: queueError }));
    }
  };
  const tryAgain = async (taken: Taken, firstError: unknown): Promise<void> => {
    let error = firstError;
    for (const pause of PAUSES_MS) {
      await sleep(pause);
      error = await attempt([taken]);
      if (error === undefined) return taken.done();
    }
    await giveUp(taken, error);
  };
  const deliver = async (batch: readonly Taken[]): Promise<void> => {
    const error = await attempt(batch);
    const [only] = batch;
    if (error === undefined) {
      for (const { done } of batch) done();
    } else if (batch.length === 1 && only) {
      const straggler = tryAgain(only, error).finally(() => stragglers.delete(straggler));
      stragglers.add(straggler);
    } else {
      const half = Math.ceil(batch.length / 2);
      await deliver(batch.slice(0, half));
      await deliver(batch.slice(half));
    }
  };
  return {
    deliver,
    counters,
    idle: async () => {
      while (stragglers.size > 0) await Promise.all(stragglers);
    },
  };
};
