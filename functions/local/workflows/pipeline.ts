import type { Pipeline } from '../../ports/pipeline.ts';
import type { Queue } from '../../ports/queue.ts';
import type { Taken } from '../broker/micro-batches.ts';
import type { Uplink } from '../broker/uplink.ts';

/**
 * The ingest pipeline of this process: the messages between their arrival and their acknowledgement, and the dead letters. Every
 * dead letter counts; the queue brings them back at the next start, so they are `waiting` in its own words.
 */
export const localPipeline = (
  lanes: Uplink,
  deadLetters: Queue,
): { readonly uplink: Uplink; readonly pipeline: Pipeline } => {
  // a set keeps the order of insertion, so its first member has waited longest
  const underWay = new Set<Taken>();
  const watched = (taken: Taken): Taken => {
    underWay.add(taken);
    return {
      ...taken,
      done: (error) => {
        underWay.delete(taken);
        taken.done(error);
      },
    };
  };
  return {
    uplink: {
      ...lanes,
      sender: () => {
        const send = lanes.sender();
        return (taken) => send(watched(taken));
      },
    },
    pipeline: {
      watermark: async () => {
        const [oldest] = underWay;
        const { waiting, dead } = await deadLetters.depth();
        return { ...(oldest && { oldestWaitingMs: oldest.event.received }), deadLetters: waiting + dead };
      },
    },
  };
};
