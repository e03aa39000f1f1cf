import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEVICE_KINDS } from '@hems/models/device/kinds';
import { KEPT_OUT } from '@hems/models/reading/kept-out';
import { OWN_METRICS, type OwnMetricSpec } from '@hems/shared/metrics/catalogue';
import { emf } from './emf.ts';
import type { About, Measured } from './measured.ts';
import { measure } from './metrics.ts';

const SPECS: [string, OwnMetricSpec][] = Object.entries(OWN_METRICS);

describe('what a figure is split by', () => {
  test('is a device kind, a reason of the quarantine or an outcome, each of a list that ends', () => {
    const split = SPECS.filter(([, { by }]) => by !== undefined).map(([name, { values }]) => [name, values]);
    expect(Object.fromEntries(split)).toEqual({
      ReadingsAccepted: DEVICE_KINDS,
      MessagesQuarantined: KEPT_OUT,
      HomesDerived: ['derived', 'corrected', 'unchanged', 'missing', 'failed'],
      HomesPlanned: ['planned', 'failed'],
    });
    for (const [, { by, values }] of SPECS) expect(values === undefined).toBe(by === undefined);
  });

  test('is no household and no device: that does not compile', () => {
    const ids = { household: 'h-1', device: 'meter-1' };
    const tell = () => {
      // @ts-expect-error -- a device is no kind of device
      measure('ReadingsAccepted', 1, ids.device);
      // @ts-expect-error -- this figure is not split
      measure('DayImportWh', 1, ids.household);
      // @ts-expect-error -- a split figure says of what it is
      measure('HomesDerived', 1);
    };
    expect(tell).not.toThrow();
  });
});

describe('every figure of the catalogue', () => {
  /** All source of the handlers and their runtime, where figures are told. */
  const source = ['api', 'events', 'jobs', 'runtime']
    .flatMap((room) =>
      readdirSync(join(import.meta.dirname, '..', room))
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => readFileSync(join(import.meta.dirname, '..', room, file), 'utf8')),
    )
    .join('\n');
  const told = new Set(
    [...source.matchAll(/measure\(([^;]+?)\);/gs)].flatMap(([call]) =>
      [...call.matchAll(/'(\w+)'/g)].map(([, name]) => name),
    ),
  );

  test.each(Object.keys(OWN_METRICS))('%s is told by a handler', (name) => {
    expect(told).toContain(name);
  });
});

describe('a line of the embedded metric format', () => {
  const ABOUT: About = { handler: 'ingest', correlationId: 'message-1', threw: false };
  let lines: Record<string, unknown>[];
  beforeEach(() => {
    lines = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      lines.push(JSON.parse(String(chunk)));
      return true;
    });
  });
  afterEach(() => vi.restoreAllMocks());

  test('tells a split figure as a whole and as a part, with the ids beside the figures and in no dimension', () => {
    emf([{ metric: 'ReadingsAccepted', value: 3, of: 'battery' }], ABOUT);
    expect(lines).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: 'HEMS',
              Dimensions: [['service'], ['service', 'deviceKind']],
              Metrics: [{ Name: 'ReadingsAccepted', Unit: 'Count' }],
            },
          ],
        },
        service: 'hems',
        deviceKind: 'battery',
        ReadingsAccepted: 3,
        correlation_id: 'message-1',
        function_name: 'ingest',
      },
    ]);
  });

  test('holds all figures that are not split beside one kind of those that are, each under its own dimensions; a second kind stands in a second line', () => {
    emf(
      [
        { metric: 'IngestDelayMs', value: 12 },
        { metric: 'ReadingsAccepted', value: 1, of: 'battery' },
        { metric: 'DayImportWh', value: 9600 },
        { metric: 'ReadingsAccepted', value: 2, of: 'smart_meter' },
        { metric: 'MessagesQuarantined', value: 4, of: 'not-json' },
      ],
      ABOUT,
    );
    expect(
      lines.map(({ _aws, service: _service, correlation_id: _id, function_name: _name, ...rest }) => rest),
    ).toEqual([
      {
        IngestDelayMs: 12,
        DayImportWh: 9600,
        deviceKind: 'battery',
        ReadingsAccepted: 1,
        outcome: 'not-json',
        MessagesQuarantined: 4,
      },
      { deviceKind: 'smart_meter', ReadingsAccepted: 2 },
    ]);
    const { CloudWatchMetrics } = lines[0]!['_aws'] as { CloudWatchMetrics: Record<string, unknown>[] };
    expect(
      CloudWatchMetrics.map(({ Dimensions, Metrics }) => [
        Dimensions,
        (Metrics as { Name: string }[]).map(({ Name }) => Name),
      ]),
    ).toEqual([
      [[['service']], ['IngestDelayMs', 'DayImportWh']],
      [[['service'], ['service', 'deviceKind']], ['ReadingsAccepted']],
      [[['service'], ['service', 'outcome']], ['MessagesQuarantined']],
    ]);
  });

  test('holds at most 100 values of a figure: the delays of 250 messages stand in three, each with its ids', () => {
    const delays = Array.from({ length: 250 }, (_, i): Measured => ({ metric: 'IngestDelayMs', value: i }));
    emf(delays, ABOUT);
    expect(lines.flatMap((line) => line['IngestDelayMs'])).toEqual(delays.map(({ value }) => value));
    expect(lines.map((line) => [line['correlation_id'], (line['IngestDelayMs'] as number[]).length])).toEqual([
      ['message-1', 99],
      ['message-1', 99],
      ['message-1', 52],
    ]);
  });

  test('is not printed where nothing was told', () => {
    emf([], ABOUT);
    expect(lines).toEqual([]);
  });
});
