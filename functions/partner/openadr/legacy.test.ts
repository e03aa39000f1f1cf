import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Report, Ven } from '@hems/models/openadr/objects';
import {
  eiEvent,
  eiReport,
  eventRoutes,
  programRoutes,
  reportRoutes,
  venRoutes,
  type OpenadrRoute,
} from '@hems/shared/openadr/contract';
import { at, childrenOf, parseXml, textAt } from '../../adapters/providers/openadr-2b-xml.ts';
import { anOpenadrWorld, callOpenadr, CLIENTS, type OpenadrWorld } from '../../testing/openadr-world.ts';

/** Messages of an end node in the form of 2.0b, constructed from its published schema. */
const sample = (name: string, ids: { venId: string; eventId?: string }): string =>
  readFileSync(new URL(`../../adapters/providers/openadr-2b-samples/constructed-${name}.xml`, import.meta.url), 'utf8')
    .replaceAll('VEN_ID', ids.venId)
    .replaceAll('EVENT_ID', ids.eventId ?? '');

/** 2026-11-23 17:00 in Seoul */
const NOW = 1_795_420_800_000;
let world: OpenadrWorld;
let venId: string;
let eventId: string;
const idOf = ({ body }: { body: never }): string => (body as { id: string }).id;

beforeEach(async () => {
  world = await anOpenadrWorld(NOW);
  const ven = {
    objectType: 'BL_VEN_REQUEST',
    clientID: CLIENTS.building.clientId,
    venName: 'building',
    targets: ['a'],
  };
  venId = idOf(await callOpenadr(venRoutes.create, { body: ven }));
  const programID = idOf(await callOpenadr(programRoutes.create, { body: { programName: 'load' } }));
  const intervals = [
    {
      id: 0,
      payloads: [
        { type: 'SIMPLE', values: [2] },
        { type: 'DISPATCH_SETPOINT', values: [80.5] },
      ],
    },
    { id: 1, payloads: [{ type: 'SIMPLE', values: [1] }] },
  ];
  const event = { programID, intervalPeriod: { start: '2026-11-23T18:00:00+09:00', duration: 'PT30M' }, intervals };
  eventId = idOf(await callOpenadr(eventRoutes.create, { body: { ...event, targets: ['a', 'z'] } }));
  await callOpenadr(eventRoutes.create, { body: { ...event, targets: ['z'] } });
});
afterEach(async () => await world.close());

const post = async (route: OpenadrRoute, raw: string, as: keyof typeof CLIENTS = 'building') =>
  await callOpenadr(route, { as, raw, headers: { 'content-type': 'application/xml' } });
const messageOf = (text: string) => at(parseXml(text), ['oadr', 'oadrSignedObject'])?.children[0];
const codeOf = (text: string) => textAt(messageOf(text), ['ei', 'eiResponse'], ['ei', 'responseCode']);

describe('an end node of OpenADR 2.0b', () => {
  test('asks for events and gets those it may see, as signals on intervals', async () => {
    const { text } = await post(eiEvent, sample('oadrRequestEvent', { venId }));
    const message = messageOf(text);
    expect([message?.local, codeOf(text), textAt(message, ['pyld', 'requestID'])]).toEqual([
      'oadrDistributeEvent',
      '200',
      'request-1',
    ]);
    const events = childrenOf(message, ['oadr', 'oadrEvent']).map((one) => at(one, ['ei', 'eiEvent']));
    expect(events.map((one) => textAt(one, ['ei', 'eventDescriptor'], ['ei', 'eventID']))).toEqual([eventId]);
    const period = at(events[0], ['ei', 'eiActivePeriod'], ['xcal', 'properties']);
    expect(textAt(period, ['xcal', 'dtstart'], ['xcal', 'date-time'])).toBe('2026-11-23T09:00:00.000Z');
    expect(textAt(period, ['xcal', 'duration'], ['xcal', 'duration'])).toBe('PT1H');
    const signals = childrenOf(at(events[0], ['ei', 'eiEventSignals']), ['ei', 'eiEventSignal']);
    const told = signals.map((one) => [
      textAt(one, ['ei', 'signalName']),
      textAt(one, ['ei', 'signalType']),
      childrenOf(at(one, ['strm', 'intervals']), ['ei', 'interval']).map((interval) =>
        textAt(interval, ['ei', 'signalPayload'], ['ei', 'payloadFloat'], ['ei', 'value']),
      ),
    ]);
    expect(told).toEqual([
      ['SIMPLE', 'level', ['2', '1']],
      ['LOAD_DISPATCH', 'setpoint', ['80.5', '0']],
    ]);
    expect(textAt(events[0], ['ei', 'eventDescriptor'], ['ei', 'eventStatus'])).toBe('far');
  });

  test('is told that an event runs, and of none that is over', async () => {
    const status = async () => {
      const { text } = await post(eiEvent, sample('oadrRequestEvent', { venId }));
      return childrenOf(messageOf(text), ['oadr', 'oadrEvent']).map((one) =>
        textAt(one, ['ei', 'eiEvent'], ['ei', 'eventDescriptor'], ['ei', 'eventStatus']),
      );
    };
    world.pass(3_600_000);
    expect(await status()).toEqual(['active']);
    world.pass(3_600_000);
    expect(await status()).toEqual([]);
  });

  test('opts in, which business logic reads as a report', async () => {
    const { text } = await post(eiEvent, sample('oadrCreatedEvent', { venId, eventId }));
    expect([messageOf(text)?.local, codeOf(text)]).toEqual(['oadrResponse', '200']);
    const reports = (await callOpenadr(reportRoutes.list, { query: `eventID=${eventId}` })).body as Report[];
    expect(reports).toMatchObject([
      {
        clientID: CLIENTS.building.clientId,
        reportName: 'OPT',
        resources: [{ intervals: [{ payloads: [{ type: 'OPT', values: ['OPT_IN'] }] }] }],
      },
    ]);
  });

  test('opts out after it opted in: its last word stands, in one report', async () => {
    const opt = sample('oadrCreatedEvent', { venId, eventId });
    for (const said of ['optIn', 'optIn', 'optOut']) await post(eiEvent, opt.replaceAll('optIn', said));
    const reports = (await callOpenadr(reportRoutes.list, { query: `eventID=${eventId}` })).body as Report[];
    expect(reports.map(({ resources }) => resources[0]?.intervals[0]?.payloads[0]?.values)).toEqual([['OPT_OUT']]);
  });

  test('is told of an event that starts now until it has lasted its hour from when it was made', async () => {
    const intervals = [{ id: 0, payloads: [{ type: 'SIMPLE', values: [1] }] }];
    const programID = idOf(await callOpenadr(programRoutes.create, { body: { programName: 'at once' } }));
    const now = { programID, intervalPeriod: { start: '0001-01-01T00:00:00Z', duration: 'PT1H' }, intervals };
    const id = idOf(await callOpenadr(eventRoutes.create, { body: now }));
    const period = async () => {
      const { text } = await post(eiEvent, sample('oadrRequestEvent', { venId }));
      const all = childrenOf(messageOf(text), ['oadr', 'oadrEvent']).map((one) => at(one, ['ei', 'eiEvent']));
      const own = all.find((one) => textAt(one, ['ei', 'eventDescriptor'], ['ei', 'eventID']) === id);
      const properties = at(own, ['ei', 'eiActivePeriod'], ['xcal', 'properties']);
      return [
        textAt(properties, ['xcal', 'dtstart'], ['xcal', 'date-time']),
        textAt(properties, ['xcal', 'duration'], ['xcal', 'duration']),
      ];
    };
    world.pass(1_800_000);
    expect(await period()).toEqual(['2026-11-23T08:00:00.000Z', 'PT1H']);
    world.pass(1_800_000);
    expect(await period()).toEqual([undefined, undefined]);
  });

  test('registers what it can report, is asked for it, and reports it on the event it falls into', async () => {
    const registered = await post(eiReport, sample('oadrRegisterReport', { venId }));
    expect([messageOf(registered.text)?.local, codeOf(registered.text)]).toEqual(['oadrRegisteredReport', '200']);
    const asked = at(messageOf(registered.text), ['oadr', 'oadrReportRequest'], ['ei', 'reportSpecifier']);
    expect(textAt(asked, ['ei', 'specifierPayload'], ['ei', 'rID'])).toBe('meter-usage');
    expect((await callOpenadr(venRoutes.read, { id: venId })).body as Ven).toMatchObject({ targets: ['a'] });
    const updated = await post(eiReport, sample('oadrUpdateReport', { venId }));
    expect([messageOf(updated.text)?.local, codeOf(updated.text)]).toEqual(['oadrUpdatedReport', '200']);
    const reports = (await callOpenadr(reportRoutes.list, { query: `eventID=${eventId}` })).body as Report[];
    expect(reports).toMatchObject([
      {
        reportName: 'report-1',
        payloadDescriptors: [{ payloadType: 'USAGE', readingType: 'DIRECT_READ' }],
        resources: [
          {
            resourceName: 'main meter',
            intervals: [
              {
                intervalPeriod: { start: '2026-11-23T09:00:00.000Z', duration: 'PT15M' },
                payloads: [
                  { type: 'USAGE', values: [12.5] },
                  { type: 'DATA_QUALITY', values: ['OK'] },
                ],
              },
              {
                payloads: [
                  { type: 'USAGE', values: [11.25] },
                  { type: 'DATA_QUALITY', values: ['BAD'] },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  test('is told, and nothing is kept, when what it reports was not registered or falls into no event', async () => {
    const report = sample('oadrUpdateReport', { venId });
    expect(codeOf((await post(eiReport, report)).text)).toBe('459');
    await post(eiReport, sample('oadrRegisterReport', { venId }));
    expect(codeOf((await post(eiReport, report.replaceAll('2026-11-23T', '2026-12-23T'))).text)).toBe('459');
    expect((await callOpenadr(reportRoutes.list)).body).toEqual([]);
  });

  test('speaks for its own ven alone', async () => {
    for (const name of ['oadrRequestEvent', 'oadrCreatedEvent'])
      expect((await post(eiEvent, sample(name, { venId, eventId }), 'neighbour')).status).toBe(404);
    for (const name of ['oadrRegisterReport', 'oadrUpdateReport'])
      expect((await post(eiReport, sample(name, { venId }), 'neighbour')).status).toBe(404);
  });

  test('is business logic never', async () => {
    expect((await post(eiEvent, sample('oadrRequestEvent', { venId }), 'utility')).status).toBe(403);
    expect((await post(eiReport, sample('oadrUpdateReport', { venId }), 'stranger')).status).toBe(403);
  });
});

describe('XML is refused', () => {
  const good = () => sample('oadrRequestEvent', { venId });
  const laughs = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY b${i} "${`&${i === 0 ? 'a' : `b${i - 1}`};`.repeat(10)}">`).join('')}]><oadrPayload>&b8;</oadrPayload>`;
  test.each([
    ['that lets others laugh', () => laughs],
    [
      'with an external entity',
      () => `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><oadrPayload>&e;</oadrPayload>`,
    ],
    ['that is not well-formed', () => good().replace('</oadrPayload>', '')],
    ['without a message', () => '<oadrPayload xmlns="http://openadr.org/oadr-2.0b/2012/07"/>'],
    ['of another namespace', () => good().replace('oadr-2.0b/2012/07', 'oadr-2.0a/2012/07')],
    ['of a message that is not translated', () => good().replaceAll('oadrRequestEvent', 'oadrPoll')],
    ['that nests 5,000 deep', () => '<a>'.repeat(5000) + '</a>'.repeat(5000)],
    ['of 20,000 elements', () => `<a>${'<b/>'.repeat(20_000)}</a>`],
    ['without a venID', () => good().replace(/<ei:venID>.*<\/ei:venID>/, '')],
  ])('%s', async (_what, xml) => {
    expect((await post(eiEvent, xml())).body).toMatchObject({ status: 400, code: 'bad-xml' });
  });

  test('when it is too long, of another type, or of the other service', async () => {
    expect((await post(eiEvent, `<a>${' '.repeat(300_000)}</a>`)).status).toBe(413);
    expect((await callOpenadr(eiEvent, { as: 'building', raw: good() })).status).toBe(415);
    expect((await post(eiReport, good())).body).toMatchObject({ code: 'other-service' });
  });
});

test('names of 3.1 that would be tags stay text in 2.0b', async () => {
  const raw = sample('oadrRequestEvent', { venId }).replace('request-1', '&lt;/pyld:requestID&gt;&amp;&#x41;');
  const { text } = await post(eiEvent, raw);
  expect(textAt(messageOf(text), ['pyld', 'requestID'])).toBe('</pyld:requestID>&A');
});
