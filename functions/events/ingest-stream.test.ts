import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RuleEvent } from '@hems/shared/events/rules';
import { localDate } from '@hems/models/calendar/seoul';
import { lambdaContext } from '../local/lambda-context.ts';
import type { Table } from '../ports/table.ts';
import { useWorld } from '../testing/ingest-modes.ts';
import { figuresOf } from '../testing/told-figures.ts';
import { aReading, aRuleEvent, aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { replayQuarantine } from '../use-cases/replay-quarantine.ts';
import { freezeDay } from '../use-cases/runs/freeze-day.ts';
import { putProfile, putDevice } from '../use-cases/stores/households.ts';
import { newGateway } from '../use-cases/stores/gateways.ts';
import { listQuarantine } from '../use-cases/stores/quarantine.ts';
import { handler } from './ingest-stream.ts';

let world: World;
beforeEach(async () => {
  world = await aWorld();
  for (const at of [2, 3, 4]) await aNeighbour(at);
  useWorld(world);
});
afterEach(() => world.database.close());

/** Home h-2 … with telemetry id t-2 …, a gateway and a meter. */
const aNeighbour = async (at: number): Promise<void> => {
  const [householdId, telemetryId, gateway] = [`h-${at}`, `t-${at}`, `g-${at}`];
  await putProfile(world.table, { householdId, telemetryId, buildingType: 'apartment' });
  await world.table.put(newGateway({ householdId, gateway }));
  await putDevice(world.table, householdId, {
    deviceId: 'meter-1',
    kind: 'smart_meter',
    name: 'meter',
    gateway,
    status: 'active',
  });
};

const readingOf = (home: number, minute = 0): RuleEvent =>
  aRuleEvent(
    'reading',
    aReading({
      deviceId: 'meter-1',
      kind: 'smart_meter',
      ts: NOON - 600_000 + minute * 60_000,
      boot: 1,
      seq: minute + 1,
      q: 0,
      quantities: { power_w: 100 * home, energy_import_wh: 1000 * home },
    }),
    { household: `t-${home}`, gateway: `g-${home}` },
  );

const recordOf = (text: string, at: number, partitionKey: string): KinesisStreamRecord => ({
  awsRegion: 'ap-northeast-2',
  eventID: `shardId-000000000000:${at}`,
  eventName: 'aws:kinesis:record',
  eventSource: 'aws:kinesis',
  eventSourceARN: 'arn:aws:kinesis:ap-northeast-2:123456789012:stream/readings',
  eventVersion: '1.0',
  invokeIdentityArn: 'arn:aws:iam::123456789012:role/reader',
  kinesis: {
    kinesisSchemaVersion: '1.0',
    partitionKey,
    sequenceNumber: `4959033827149025660855969253836157109592157598913658${String(at).padStart(4, '0')}`,
    data: Buffer.from(text).toString('base64'),
    approximateArrivalTimestamp: NOON / 1000,
  },
});
type Said = RuleEvent | string;
const batch = (...said: Said[]): KinesisStreamEvent => ({
  Records: said.map((one, at) =>
    typeof one === 'string' ? recordOf(one, at, HOME.telemetryId) : recordOf(JSON.stringify(one), at, one.household),
  ),
});
/** What is answered, as places in the batch. */
const failuresOf = async (event: KinesisStreamEvent): Promise<number[]> => {
  const { batchItemFailures } = await handler(event, lambdaContext('ingest-stream', 60_000));
  return batchItemFailures.map(({ itemIdentifier }) =>
    event.Records.findIndex(({ kinesis }) => kinesis.sequenceNumber === itemIdentifier),
  );
};
const keptOut = async () =>
  (await listQuarantine(world.table, { date: localDate(NOON), limit: 50 })).entries.toSorted((a, b) =>
    a.reason.localeCompare(b.reason),
  );
/** The homes whose quarter hours have something in them. */
const homesHeard = async (): Promise<number[]> => {
  const slots = await Promise.all(
    [1, 2, 3, 4].map(async (home) => ({
      home,
      page: await world.table.query({ table: 'energy', value: `H#h-${home}`, prefix: 'S#' }),
    })),
  );
  return slots.filter(({ page }) => page.items.length > 0).map(({ home }) => home);
};

/** A table that cannot write for some homes, by number. */
const failingFor = (error: Error, ...homes: number[]): Table => ({
  ...world.table,
  put: async (put) => {
    if (homes.some((home) => put.pk === `H#h-${home}`)) throw error;
    await world.table.put(put);
  },
});
/** As our code fails on a message that it does not know, and as DynamoDB refuses an item. */
const OURS = new TypeError("Cannot read properties of undefined (reading 'quantities')");
const REFUSED = Object.assign(new Error('Item size has exceeded the maximum allowed size'), {
  name: 'ValidationException',
});
const THROTTLED = Object.assign(new Error('Throughput exceeds the current capacity'), { name: 'ThrottlingException' });

/** Works for so many writes, and then never again. */
const endingAfter = (writes: number): Table => {
  let left = writes;
  return {
    ...world.table,
    put: async (put) => {
      left -= 1;
      if (left < 0) throw new Error('the table is gone');
      await world.table.put(put);
    },
  };
};

const ALL = [1, 2, 3, 4].map((home) => readingOf(home));

describe('a batch of the stream', () => {
  it('is taken in whole, and nothing is answered', async () => {
    expect(await failuresOf(batch(...ALL))).toEqual([]);
    expect(await homesHeard()).toEqual([1, 2, 3, 4]);
  });

  it('with what no rule makes keeps that with its reason and takes the rest', async () => {
    expect(await failuresOf(batch(readingOf(1), 'no JSON', '{"channel":"gossip"}', readingOf(4)))).toEqual([]);
    expect(await homesHeard()).toEqual([1, 4]);
    const kept = await keptOut();
    expect(kept.map(({ reason, event }) => [reason, event.household])).toEqual([
      ['not-a-rule-event', HOME.telemetryId],
      ['not-a-rule-event', HOME.telemetryId],
    ]);
    expect(kept.map(({ detail }) => detail).join()).toContain('channel');
  });

  it('of an unknown home, of another gateway or of no reading is kept out like a single message', async () => {
    const denied = [
      { ...readingOf(1), household: 't-9' },
      { ...readingOf(2), gateway: 'g-9' },
      aRuleEvent('reading', 'hello'),
    ];
    expect(await failuresOf(batch(...denied, readingOf(3)))).toEqual([]);
    expect((await keptOut()).map(({ reason }) => reason)).toEqual(['not-json', 'unknown-household', 'wrong-gateway']);
    expect(await homesHeard()).toEqual([3]);
  });
});

describe('a table that fails', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    'after %i writes is answered with the first message that is not taken; the repeat takes it and all after it',
    async (writes) => {
      const events = batch(...ALL);
      useWorld(world, endingAfter(writes));
      const [failed] = await failuresOf(events);
      const heard = await homesHeard();
      // what lies before the checkpoint does not come again
      expect(heard).toEqual(expect.arrayContaining([1, 2, 3, 4].slice(0, failed)));
      useWorld(world);
      expect(await failuresOf({ Records: events.Records.slice(failed ?? ALL.length) })).toEqual([]);
      expect(await homesHeard()).toEqual([1, 2, 3, 4]);
      expect(await keptOut()).toEqual([]);
    },
  );

  it('for everything is answered with the first message, and nothing is kept out: it is not their fault', async () => {
    useWorld(world, endingAfter(0));
    expect(await failuresOf(batch(...ALL))).toEqual([0]);
    expect(await keptOut()).toEqual([]);
  });

  it('for the third home is answered with its message: what is before it does not come again', async () => {
    useWorld(world, failingFor(THROTTLED, 3));
    expect(await failuresOf(batch(...ALL))).toEqual([2]);
    // of what follows nothing is said, though some of it may have got in beside it
    expect(await homesHeard()).toEqual(expect.arrayContaining([1, 2]));
    expect(await homesHeard()).not.toContain(3);
    expect(await keptOut()).toEqual([]);
  });

  it('for the quarantine too throws, so that the batch comes again in halves', async () => {
    useWorld(world, endingAfter(0));
    await expect(failuresOf(batch('no JSON', readingOf(1)))).rejects.toThrow('the table is gone');
  });
});

describe('how many messages were not taken', () => {
  const notTaken = async (events: KinesisStreamEvent) => {
    const figures = await figuresOf(async () => await failuresOf(events).catch(() => undefined));
    return figures.filter(({ metric }) => metric === 'MessagesNotTaken').map(({ value }) => value);
  };

  it('is those that come again where the table fails, and none where all were', async () => {
    useWorld(world, endingAfter(0));
    expect(await notTaken(batch(...ALL))).toEqual([4]);
    useWorld(world, failingFor(THROTTLED, 3));
    expect(await notTaken(batch(...ALL))).toEqual([2]);
    useWorld(world);
    expect(await notTaken(batch(...ALL))).toEqual([0]);
  });

  it('is all of them where the quarantine fails too', async () => {
    useWorld(world, endingAfter(0));
    expect(await notTaken(batch('no JSON', readingOf(1)))).toEqual([2]);
  });

  it('is none where one is kept out, which is among all that came', async () => {
    const figures = await figuresOf(async () => await failuresOf(batch(readingOf(1), 'no JSON')));
    expect(figures.filter(({ metric }) => metric === 'MessagesQuarantined')).toEqual([
      { metric: 'MessagesQuarantined', value: 1, of: 'not-a-rule-event' },
    ]);
    expect(figures.filter(({ metric }) => metric === 'IngestDelayMs')).toHaveLength(2);
    expect(figures.at(-1)).toEqual({ metric: 'MessagesNotTaken', value: 0 });
  });
});

describe('a message that no repeat would get in', () => {
  it.each([
    [1, OURS],
    [3, OURS],
    [4, REFUSED],
  ])('of home %i does not keep its shard back: it is kept out, and what it was is not told', async (home, error) => {
    useWorld(world, failingFor(error, home));
    expect(await failuresOf(batch(...ALL))).toEqual([]);
    expect(await homesHeard()).toEqual([1, 2, 3, 4].filter((other) => other !== home));
    expect(await keptOut()).toMatchObject([
      { reason: 'cannot-be-taken', detail: `${error.name}; the log has more`, event: { household: `t-${home}` } },
    ]);
  });

  it('is kept out alone, or beside others that are like it', async () => {
    useWorld(world, failingFor(OURS, 2, 3));
    expect(await failuresOf(batch(readingOf(2)))).toEqual([]);
    expect(await failuresOf(batch(...ALL))).toEqual([]);
    expect(await homesHeard()).toEqual([1, 4]);
    expect((await keptOut()).map(({ event }) => event.household).toSorted()).toEqual(['t-2', 't-3']);
  });

  it('holds its day back from being settled, as the whole of a batch does after a bad deployment, until it is handed in', async () => {
    const frozen = async () =>
      await freezeDay(
        { pipeline: { watermark: async () => ({ deadLetters: 0 }) }, table: world.table },
        localDate(NOON),
      );
    expect(await frozen()).toEqual({ refusal: null });
    useWorld(world, failingFor(OURS, 1, 2, 3, 4));
    expect(await failuresOf(batch(...ALL))).toEqual([]);
    expect(await frozen()).toEqual({
      refusal: expect.stringMatching(
        /^pipeline-behind: 4 messages .* deploy a repair, then hems quarantine replay --all --date \d{4}-\d\d-\d\d$/,
      ) as string,
    });
    for (const entry of await keptOut()) await replayQuarantine(world.deps, entry.id);
    expect(await homesHeard()).toEqual([1, 2, 3, 4]);
    expect(await frozen()).toEqual({ refusal: null });
  });
});
