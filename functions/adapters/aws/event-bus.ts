import { EventBridgeClient, PutEventsCommand, type EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import type { BusEvent, EventBus } from '../../ports/event-bus.ts';
import { chunks } from '../chunks.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

/** PutEvents takes this many. */
const CHUNK = 10;

/** Amazon EventBridge. An event that the bus did not take is an error of the whole call: a repeat is harmless, a loss is not. */
export const eventBridgeBus = (busName: string, config: EventBridgeClientConfig = {}): EventBus => {
  const client = new EventBridgeClient({ ...SHORT_TIMEOUTS, ...config });
  const put = async (events: readonly BusEvent[]): Promise<void> => {
    const { FailedEntryCount: failed = 0, Entries: entries = [] } = await client.send(
      new PutEventsCommand({
        Entries: events.map(({ type, detail }) => ({
          EventBusName: busName,
          Source: 'hems',
          DetailType: type,
          Detail: JSON.stringify(detail),
        })),
      }),
    );
    if (failed === 0) return;
    const reason = entries.find(({ ErrorCode }) => ErrorCode)?.ErrorMessage ?? 'no reason given';
    throw new Error(`the bus ${busName} took ${events.length - failed} of ${events.length} events: ${reason}`);
  };
  return {
    publish: async (events) => {
      for (const chunk of chunks(events, CHUNK)) await put(chunk);
    },
  };
};
