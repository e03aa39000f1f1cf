import type { KinesisStreamEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import { SLOT_MS } from '@hems/models/calendar/seoul';
import { handler } from '../../events/ingest-stream.ts';
import type { Table } from '../../ports/table.ts';
import { useWorld } from '../../testing/ingest-modes.ts';
import { aReading, aWorld, HOME } from '../../testing/world.ts';
import { readLiveStates } from '../../use-cases/stores/live.ts';
import { lambdaContext } from '../lambda-context.ts';
import { aBroker, dial } from '../testing/broker.ts';
import { localStream } from './stream.ts';

const reading = (ts: number, seq: number) =>
  JSON.stringify(
    aReading({
      deviceId: 'meter-1',
      kind: 'smart_meter',
      ts,
      boot: 1,
      seq,
      q: 0,
      quantities: { power_w: 400, energy_import_wh: 1000 + seq },
    }),
  );

it('a gateway’s readings go over MQTT, the stream and its function into the tables, while the table fails now and then', async () => {
  const world = await aWorld();
  const now = Date.now();
  world.clock.set(now);
  let puts = 0;
  const unsteady: Table = {
    ...world.table,
    put: async (put) => {
      puts += 1;
      if (puts % 5 === 0) throw Object.assign(new Error('too fast'), { name: 'ThrottlingException' });
      await world.table.put(put);
    },
  };
  const given: KinesisStreamEvent[] = [];
  const batches: number[] = [];
  const stream = localStream({
    handler: async (event) => {
      batches.push(event.Records.length);
      return await handler(event, lambdaContext('ingest-stream', 60_000));
    },
    setAside: async (event) => void given.push(event),
    shards: 4,
    batchSize: 500,
    windowMs: 20,
    attempts: 200,
  });
  const host = await aBroker({ table: world.table, ingest: async (events) => await stream.put(events) });
  useWorld(world, unsteady);
  const client = await dial(host, await host.gateway({ household: HOME.telemetryId, gateway: HOME.gateway }), {
    clientId: HOME.gateway,
  });
  const start = now - SLOT_MS;
  const sent = Array.from({ length: 40 }, (_, at) => reading(start + at * 10_000, at + 1));
  const topic = `hems/v1/${HOME.telemetryId}/${HOME.gateway}/reading`;
  // acknowledged means taken in
  await Promise.all(sent.map(async (one) => await client.publishAsync(topic, one, { qos: 1 })));

  const stored = await world.telemetry.series({
    household: HOME.telemetryId,
    deviceId: 'meter-1',
    kind: 'smart_meter',
    quantity: 'energy_import_wh',
    fromMs: start,
    toMs: now,
  });
  expect(stored.map(({ value }) => value)).toEqual(sent.map((_, at) => 1001 + at));
  expect((await readLiveStates(world.table, HOME.householdId)).get('meter-1')?.quantities.energy_import_wh).toBe(1040);
  expect(given).toEqual([]);
  expect(Math.max(...batches)).toBeGreaterThan(1);
  await client.endAsync();
  await host.close();
  await world.database.close();
});
