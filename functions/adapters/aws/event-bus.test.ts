import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, it } from 'vitest';
import { eventBridgeBus } from './event-bus.ts';

const bridge = mockClient(EventBridgeClient);
afterEach(() => bridge.reset());

const events = Array.from({ length: 12 }, (_, n) => ({ type: 'device.silent', detail: { n } }));

it('an event that the bus did not take is an error, although AWS answers 200', async () => {
  bridge.on(PutEventsCommand).resolves({
    FailedEntryCount: 1,
    Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException', ErrorMessage: 'rate exceeded' }],
  });
  const published = eventBridgeBus('hems', { region: 'us-east-1' }).publish(events);
  await expect(published).rejects.toThrow('the bus hems took 9 of 10 events: rate exceeded');
});

it('twelve events go in two requests, to the named bus', async () => {
  bridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  await eventBridgeBus('hems', { region: 'us-east-1' }).publish(events);
  const sent = bridge.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries ?? []);
  expect(sent.map((entries) => entries.length)).toEqual([10, 2]);
  expect(new Set(sent.flat().map(({ EventBusName }) => EventBusName))).toEqual(new Set(['hems']));
});
