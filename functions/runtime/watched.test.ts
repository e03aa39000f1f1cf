import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { lambdaContext } from '../local/lambda-context.ts';
import type { BusEvent } from '../ports/event-bus.ts';
import { correlated, invocation } from './correlation.ts';
import { log } from './log.ts';
import type { About, Measured } from './measured.ts';
import { measure, metricSink } from './metrics.ts';
import * as ports from './ports.ts';
import { queue } from './queue.ts';
import { rule } from './rule.ts';
import { step } from './step.ts';
import { watched } from './watched.ts';

let told: { measured: readonly Measured[]; about: About }[];
let lines: Record<string, unknown>[];
beforeEach(() => {
  told = [];
  lines = [];
  metricSink.use((measured, about) => void told.push({ measured, about }));
  // the logger prints by a console of its own, which writes there
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      lines.push(JSON.parse(String(chunk)));
      return true;
    });
});
afterEach(() => vi.restoreAllMocks());

type Asked = { readonly id?: string; readonly kind: 'smart_meter' | 'battery'; readonly ms: number };
const handler = watched<Asked, string>({ correlationOf: ({ id }) => id }, async ({ kind, ms }) => {
  measure('ReadingsAccepted', 1, kind);
  await sleep(ms);
  log.warn('half-way', { kind });
  measure('ReadingsAccepted', 2, kind);
  return invocation()?.correlationId ?? '';
});

describe('two invocations that run beside each other', () => {
  test('keep their ids and their figures apart, whichever ends first', async () => {
    const answers = await Promise.all([
      handler({ id: 'message-1', kind: 'smart_meter', ms: 20 }, lambdaContext('ingest', 1000)),
      handler({ id: 'message-2', kind: 'battery', ms: 5 }, lambdaContext('plan', 1000)),
    ]);
    expect(answers).toEqual(['message-1', 'message-2']);
    expect(lines.map((line) => [line['correlation_id'], line['function_name'], line['kind']])).toEqual([
      ['message-2', 'plan', 'battery'],
      ['message-1', 'ingest', 'smart_meter'],
    ]);
    expect(told.map(({ measured, about }) => [about.correlationId, about.handler, about.threw, measured])).toEqual([
      ['message-2', 'plan', false, [{ metric: 'ReadingsAccepted', value: 3, of: 'battery' }]],
      ['message-1', 'ingest', false, [{ metric: 'ReadingsAccepted', value: 3, of: 'smart_meter' }]],
    ]);
  });

  test('leave nothing behind in whoever called them', async () => {
    await handler({ id: 'message-1', kind: 'battery', ms: 0 }, lambdaContext('ingest', 1000));
    expect(invocation()).toBeUndefined();
    measure('FleetSeen', 1);
    expect(told).toHaveLength(1);
  });
});

describe('the id of an invocation', () => {
  test.each([undefined, 'short', 'spaces and such', 'x'.repeat(65), 'line\nbreak-in-it'])(
    'is that of the request where what came with it is no id: %j',
    async (id) => {
      const context = lambdaContext('ingest', 1000);
      const event: Asked = { kind: 'battery', ms: 0, ...(id !== undefined && { id }) };
      expect(await handler(event, context)).toBe(context.awsRequestId);
    },
  );
});

test('an invocation that throws is handed over as one, with the figures it had told by then', async () => {
  const failing = watched<unknown, void>({ correlationOf: () => 'message-1' }, async () => {
    measure('FleetSeen', 7);
    throw new Error('the table is away');
  });
  await expect(failing({}, lambdaContext('count-fleet', 1000))).rejects.toThrow('the table is away');
  expect(told).toMatchObject([{ measured: [{ metric: 'FleetSeen', value: 7 }], about: { threw: true } }]);
});

test('figures that cannot be told are told of in the log, and the answer is given all the same', async () => {
  metricSink.use(() => {
    throw new RangeError('no number');
  });
  expect(await handler({ id: 'message-1', kind: 'battery', ms: 0 }, lambdaContext('ingest', 1000))).toBe('message-1');
  expect(lines.at(-1)).toMatchObject({
    level: 'ERROR',
    correlation_id: 'message-1',
    figures: ['ReadingsAccepted'],
    error: { message: 'no number' },
  });
});

test('a figure that is no number is told of in the log, its neighbours are told, and the answer is given all the same', async () => {
  const counts = watched<unknown, string>({ correlationOf: () => 'message-1' }, async () => {
    measure('FleetSeen', 7);
    measure('FleetOnlinePercent', Number.NaN);
    return 'counted';
  });
  expect(await counts({}, lambdaContext('count-fleet', 1000))).toBe('counted');
  expect(told.map(({ measured }) => measured)).toEqual([[{ metric: 'FleetSeen', value: 7 }]]);
  expect(lines).toMatchObject([
    { level: 'ERROR', figures: ['FleetOnlinePercent'], error: { message: 'FleetOnlinePercent was NaN' } },
  ]);
});

describe('the id goes on', () => {
  const happened: BusEvent[] = [];
  beforeEach(() => {
    happened.splice(0);
    ports.bus.use({ publish: async (events) => void happened.push(...events) });
  });

  test('from an event of the bus to those that it brings about, but for one that names another', async () => {
    const told2 = step(z.unknown(), async () => {
      await (
        await ports.bus()
      ).publish([
        { type: 'a', detail: { key: '1' } },
        { type: 'b', detail: { correlationId: 'of-another', key: '2' } },
      ]);
    });
    await told2({ 'detail-type': 'x', detail: { correlationId: 'message-1' } }, lambdaContext('notify', 1000));
    expect(happened.map(({ detail }) => detail)).toEqual([
      { correlationId: 'message-1', key: '1' },
      { correlationId: 'of-another', key: '2' },
    ]);
  });

  test('into the bodies of queues and out of each of them, beside neighbours of other ids', async () => {
    const sent: string[] = [];
    ports.plans.use({ send: async (body) => void sent.push(body) });
    const asks = step(z.unknown(), async () => (await ports.plans()).send(JSON.stringify({ home: 'h-1' })));
    await asks({ date: '2026-11-22', attempt: 2 }, lambdaContext('plan-start', 1000));
    expect(sent).toEqual(['{"correlationId":"run-2026-11-22-2","home":"h-1"}']);
    const heard: string[] = [];
    const works = queue(z.object({ home: z.string() }), async ({ home }) => {
      await sleep(home === 'h-1' ? 5 : 0);
      heard.push(`${home} ${invocation()?.correlationId}`);
    });
    const record = (body: string, messageId: string) => ({ body, messageId });
    const event = { Records: [record(sent[0]!, '1'), record('{"home":"h-2","correlationId":"message-2"}', '2')] };
    expect(await works(event as never, lambdaContext('plan-shard', 1000))).toEqual({ batchItemFailures: [] });
    expect(heard).toEqual(['h-2 message-2', 'h-1 run-2026-11-22-2']);
  });

  test('from a step of the daily run: all its steps have the one of the run and its attempt', async () => {
    const ids: (string | undefined)[] = [];
    const note = step(z.unknown(), async () => void ids.push(invocation()?.correlationId));
    await note({ date: '2026-11-22', attempt: 1, since: 1 }, lambdaContext('freeze-day', 1000));
    await note({ run: { date: '2026-11-22', attempt: 1, since: 1 }, shard: 3 }, lambdaContext('settle-shard', 1000));
    expect(ids).toEqual(['run-2026-11-22-1', 'run-2026-11-22-1']);
  });

  test('from a step of an erasure: all its steps have one, from which nobody learns the id that opens the receipt', async () => {
    const ids: (string | undefined)[] = [];
    const note = step(z.unknown(), async () => void ids.push(invocation()?.correlationId));
    const erasureId = 'x'.repeat(64);
    await note({ erasureId, step: 'close' }, lambdaContext('erase', 1000));
    await note({ erasureId, step: 'people' }, lambdaContext('erase', 1000));
    await note({ erasureId: 'a-random-id-of-the-client', step: 'close' }, lambdaContext('erase', 1000));
    // printf %s a-random-id-of-the-client | sha256sum
    expect(ids).toEqual(['erasure-7ce100971f64e700', 'erasure-7ce100971f64e700', 'erasure-45cdfd362c86fc72']);
  });

  test('from a step of a training: its execution', async () => {
    const ids: (string | undefined)[] = [];
    const note = step(z.unknown(), async () => void ids.push(invocation()?.correlationId));
    await note({ execution: 'training-2026-11-22', champion: null }, lambdaContext('export-training', 1000));
    expect(ids).toEqual(['training-2026-11-22']);
  });

  test('from one message of the broker; of many, each line is told under that of its own', async () => {
    const message = (correlation: string) => ({
      payload: 'e30=',
      channel: 'reading' as const,
      household: 't-1',
      gateway: 'g-1',
      received: 0,
      correlation,
    });
    const takes = rule(async (events) => {
      log.warn('taken');
      for (const { correlation } of events) correlated(correlation, () => log.warn('one of them'));
    });
    await takes(message('message-1'), lambdaContext('ingest', 1000));
    const context = lambdaContext('ingest', 1000);
    await takes([message('message-2'), message('message-3')], context);
    expect(lines.map((line) => line['correlation_id'])).toEqual([
      'message-1',
      'message-1',
      context.awsRequestId,
      'message-2',
      'message-3',
    ]);
  });
});

test('a message of a queue that is no JSON comes back, and its neighbour is done', async () => {
  const done: unknown[] = [];
  const works = queue(z.object({ home: z.string() }), async (body) => void done.push(body));
  const event = {
    Records: [
      { body: 'not json', messageId: '1' },
      { body: '{"home":"h-2"}', messageId: '2' },
    ],
  };
  expect(await works(event as never, lambdaContext('plan-shard', 1000))).toEqual({
    batchItemFailures: [{ itemIdentifier: '1' }],
  });
  expect(done).toEqual([{ home: 'h-2' }]);
});
