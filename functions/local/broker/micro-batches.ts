import type { RuleEvent } from '@hems/shared/events/rules';

/** A message between its arrival and its acknowledgement. `done` without an error acknowledges it. */
export type Taken = {
  readonly event: RuleEvent;
  readonly bytes: number;
  readonly done: (error?: Error) => void;
};

export type MicroBatchLimits = {
  readonly maxMessages: number;
  readonly maxBytes: number;
  /** batches handled at the same time */
  readonly inFlight: number;
};

/** What one lane has done since the start. */
export type LaneCounters = { messages: number; bytes: number; batches: number; handlerMs: number };

export type MicroBatches = {
  push(taken: Taken): void;
  readonly counters: LaneCounters;
  /** resolves when nothing waits and nothing is in flight */
  idle(): Promise<void>;
};

/** While a batch is with the handler the next one gathers: under load batches grow by themselves, at rest a message goes alone. */
export const microBatches = (
  limits: MicroBatchLimits,
  deliver: (batch: readonly Taken[]) => Promise<void>,
): MicroBatches => {
  const counters: LaneCounters = { messages: 0, bytes: 0, batches: 0, handlerMs: 0 };
  let waiting: Taken[] = [];
  let running = 0;
  let busySince = 0;
  let scheduled = false;
  const idlers: (() => void)[] = [];

  const run = async (batch: readonly Taken[]): Promise<void> => {
    if (running === 0) busySince = performance.now();
    running += 1;
    counters.batches += 1;
    counters.messages += batch.length;
    await deliver(batch);
    running -= 1;
    if (running === 0) counters.handlerMs += performance.now() - busySince;
    if (waiting.length > 0) dispatch();
    else if (running === 0) for (const resolve of idlers.splice(0)) resolve();
  };
  const cut = (): Taken[] => {
    let bytes = 0;
    let count = 0;
    for (const { bytes: size } of waiting) {
      if (count > 0 && (count === limits.maxMessages || bytes + size > limits.maxBytes)) break;
      count += 1;
      bytes += size;
    }
    counters.bytes += bytes;
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return batch;
  };
  const dispatch = (): void => {
    scheduled = false;
    while (waiting.length > 0 && running < limits.inFlight) void run(cut());
  };

  return {
    counters,
    push: (taken) => {
      waiting.push(taken);
      if (scheduled || running >= limits.inFlight) return;
      scheduled = true;
      // after the sockets that are readable now have been read, so that their messages go together
      setImmediate(dispatch);
    },
    idle: async () => {
      if (waiting.length === 0 && running === 0) return;
      await new Promise<void>((resolve) => idlers.push(resolve));
    },
  };
};
