import type { RuleEvent } from '@hems/shared/events/rules';
import type { Queue } from '../../ports/queue.ts';
import { delivery } from './delivery.ts';
import { microBatches, type LaneCounters, type MicroBatchLimits, type Taken } from './micro-batches.ts';

type RuleHandler = (events: RuleEvent[]) => Promise<unknown>;

export type UplinkParts = {
  readonly ingest: RuleHandler;
  readonly commandResult: RuleHandler;
  readonly health: RuleHandler;
  readonly deadLetters: Queue;
  readonly say: (line: string) => void;
};

export type UplinkCounters = {
  readonly lanes: Readonly<Record<RuleEvent['channel'], Readonly<LaneCounters>>>;
  readonly deadLettered: number;
  /** messages that were neither stored nor kept, and therefore not acknowledged */
  readonly unsaid: number;
};

export type Uplink = {
  /** one per connection; keeps a flooding device from filling everybody's batches */
  sender(): (taken: Taken) => void;
  counters(): UplinkCounters;
  /** resolves when every message taken so far has been answered */
  drained(): Promise<void>;
};

/** AWS IoT Core's limit of unacknowledged publishes per connection. Later ones wait their turn at the device's own expense. */
const UNACKNOWLEDGED_MAX = 100;

/** Readings and batches have a lane each: a back-fill in batches never stands in front of a live reading. */
const LANES: Record<RuleEvent['channel'], MicroBatchLimits> = {
  reading: { maxMessages: 1000, maxBytes: 4_000_000, inFlight: 1 },
  batch: { maxMessages: 1000, maxBytes: 1_000_000, inFlight: 1 },
  'cmd/result': { maxMessages: 100, maxBytes: 1_000_000, inFlight: 1 },
  health: { maxMessages: 100, maxBytes: 1_000_000, inFlight: 1 },
};

export const uplink = ({ ingest, commandResult, health, deadLetters, say }: UplinkParts): Uplink => {
  const deliver = {
    ingest: delivery({ handle: ingest, deadLetters, say }),
    commandResult: delivery({ handle: commandResult, deadLetters, say }),
    health: delivery({ handle: health, deadLetters, say }),
  };
  const all = Object.values(deliver);
  const lanes = {
    reading: microBatches(LANES.reading, deliver.ingest.deliver),
    batch: microBatches(LANES.batch, deliver.ingest.deliver),
    'cmd/result': microBatches(LANES['cmd/result'], deliver.commandResult.deliver),
    health: microBatches(LANES.health, deliver.health.deliver),
  };
  return {
    sender: () => inTurn((taken) => lanes[taken.event.channel].push(taken)),
    counters: () => ({
      lanes: {
        reading: lanes.reading.counters,
        batch: lanes.batch.counters,
        'cmd/result': lanes['cmd/result'].counters,
        health: lanes.health.counters,
      },
      deadLettered: all.reduce((sum, { counters }) => sum + counters.deadLettered, 0),
      unsaid: all.reduce((sum, { counters }) => sum + counters.unsaid, 0),
    }),
    drained: async () => {
      await Promise.all(Object.values(lanes).map(async (lane) => await lane.idle()));
      await Promise.all(all.map(async ({ idle }) => await idle()));
    },
  };
};

/** Lets `UNACKNOWLEDGED_MAX` messages of one connection through at a time, in their order. */
const inTurn = (push: (taken: Taken) => void): ((taken: Taken) => void) => {
  let unacknowledged = 0;
  const backlog: Taken[] = [];
  const start = (taken: Taken): void => {
    unacknowledged += 1;
    push({
      event: taken.event,
      bytes: taken.bytes,
      done: (error) => {
        unacknowledged -= 1;
        // what a refused connection still has waiting will be sent again; answering it keeps nothing hanging
        if (error) for (const left of backlog.splice(0)) left.done(error);
        taken.done(error);
        const next = backlog.shift();
        if (next) start(next);
      },
    });
  };
  return (taken) => {
    if (unacknowledged < UNACKNOWLEDGED_MAX) start(taken);
    else backlog.push(taken);
  };
};
