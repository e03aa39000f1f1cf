import { durationMs, durationText, instantMs, instantText } from '@hems/models/openadr/duration';
import { endMsOf, spansOf, type Span } from '@hems/models/openadr/intervals';
import type { Event } from '@hems/models/openadr/objects';
import {
  Unreadable2b,
  type Answer2b,
  type Message2b,
  type Openadr2b,
  type Point2b,
  type Report2b,
} from '../../ports/openadr-2b.ts';
import { at, childrenOf, el, leaf, NS, parseXml, required, textAt, type Element } from './openadr-2b-xml.ts';

const refuse = (why: string): never => {
  throw new Unreadable2b(why);
};

const instantAt = (element: Element): number => {
  const ms = instantMs(required(element, ['xcal', 'dtstart'], ['xcal', 'date-time']));
  return typeof ms === 'number' ? ms : refuse('dtstart is not an instant');
};
const lengthAt = (element: Element): number => {
  const text = textAt(element, ['xcal', 'duration'], ['xcal', 'duration']) ?? 'PT0S';
  return durationMs(text) ?? refuse(`the duration ${text} is none in weeks, days, hours, minutes and seconds`);
};
const numberAt = (element: Element): number => {
  const value = Number(required(element, ['ei', 'payloadFloat'], ['ei', 'value']));
  return Number.isFinite(value) ? value : refuse('a payloadFloat is not a number');
};

const optOf = (text: string): 'optIn' | 'optOut' =>
  text === 'optIn' || text === 'optOut' ? text : refuse(`optType ${text} is neither optIn nor optOut`);

const pointsOf = (message: Element): Point2b[] =>
  childrenOf(message, ['oadr', 'oadrReport']).flatMap((report) => {
    const specifierId = required(report, ['ei', 'reportSpecifierID']);
    return childrenOf(report, ['oadr', 'oadrReportDescription']).map((one) => ({
      specifierId,
      rId: required(one, ['ei', 'rID']),
      reportType: required(one, ['ei', 'reportType']),
      readingType: textAt(one, ['ei', 'readingType']) ?? 'Direct Read',
      resourceId: textAt(one, ['ei', 'reportDataSource'], ['ei', 'resourceID']) ?? '',
    }));
  });

const intervalsOf = (report: Element): Report2b['intervals'] =>
  childrenOf(at(report, ['strm', 'intervals']), ['ei', 'interval']).flatMap((interval) => {
    const [startMs, lengthMs] = [instantAt(interval), lengthAt(interval)];
    return childrenOf(interval, ['oadr', 'oadrReportPayload']).map((payload) => {
      const quality = textAt(payload, ['oadr', 'oadrDataQuality']);
      return {
        startMs,
        durationMs: lengthMs,
        rId: required(payload, ['ei', 'rID']),
        value: numberAt(payload),
        ...(quality !== undefined && { quality }),
      };
    });
  });

type Reader = (message: Element) => Message2b;
const READERS: Readonly<Record<string, Reader>> = {
  oadrRequestEvent: (message) => {
    const inner = at(message, ['pyld', 'eiRequestEvent']);
    const limit = textAt(inner, ['pyld', 'replyLimit']);
    return {
      kind: 'oadrRequestEvent',
      requestId: required(inner, ['pyld', 'requestID']),
      venId: required(inner, ['ei', 'venID']),
      ...(limit !== undefined && /^\d{1,4}$/.test(limit) && { replyLimit: Number(limit) }),
    };
  },
  oadrCreatedEvent: (message) => {
    const inner = at(message, ['pyld', 'eiCreatedEvent']);
    const responses = childrenOf(at(inner, ['ei', 'eventResponses']), ['ei', 'eventResponse']);
    return {
      kind: 'oadrCreatedEvent',
      // empty when no message of the server asked for it
      requestId: textAt(inner, ['ei', 'eiResponse'], ['pyld', 'requestID']) ?? '',
      venId: required(inner, ['ei', 'venID']),
      responses: responses.map((one) => ({
        eventId: required(one, ['ei', 'qualifiedEventID'], ['ei', 'eventID']),
        optType: optOf(required(one, ['ei', 'optType'])),
      })),
    };
  },
  oadrRegisterReport: (message) => ({
    kind: 'oadrRegisterReport',
    requestId: required(message, ['pyld', 'requestID']),
    venId: required(message, ['ei', 'venID']),
    points: pointsOf(message),
  }),
  oadrUpdateReport: (message) => ({
    kind: 'oadrUpdateReport',
    requestId: required(message, ['pyld', 'requestID']),
    venId: required(message, ['ei', 'venID']),
    reports: childrenOf(message, ['oadr', 'oadrReport']).map((report) => ({
      reportId: textAt(report, ['ei', 'eiReportID']) ?? '',
      specifierId: required(report, ['ei', 'reportSpecifierID']),
      intervals: intervalsOf(report),
    })),
  }),
};

const read = (xml: string): Message2b => {
  const message = at(rootOf(xml), ['oadr', 'oadrSignedObject'])?.children[0];
  if (message?.space !== NS.oadr || !Object.hasOwn(READERS, message.local))
    return refuse(`one of ${Object.keys(READERS).join(', ')} is taken, in oadrPayload/oadrSignedObject`);
  return READERS[message.local]?.(message) ?? refuse('unknown');
};
const rootOf = (xml: string): Element => {
  const root = parseXml(xml);
  return root.space === NS.oadr && root.local === 'oadrPayload'
    ? root
    : refuse(`the root is oadrPayload of ${NS.oadr}`);
};

/** A payload type of 3.1 as a signal of 2.0b. What is not here has no signal there. */
type Signal = { readonly type: string; readonly name: string; readonly signalType: string; readonly isPower: boolean };
const SIGNALS: readonly Signal[] = [
  { type: 'SIMPLE', name: 'SIMPLE', signalType: 'level', isPower: false },
  { type: 'DISPATCH_SETPOINT', name: 'LOAD_DISPATCH', signalType: 'setpoint', isPower: true },
  { type: 'DISPATCH_SETPOINT_RELATIVE', name: 'LOAD_DISPATCH', signalType: 'delta', isPower: true },
  { type: 'CONTROL_LEVEL_OFFSET', name: 'LOAD_CONTROL', signalType: 'x-loadControlLevelOffset', isPower: false },
  { type: 'IMPORT_CAPACITY_LIMIT', name: 'x-IMPORT_CAPACITY_LIMIT', signalType: 'setpoint', isPower: true },
];

const period = (lengthMs: number): string => el('xcal:duration', leaf('xcal:duration', durationText(lengthMs)));
/** kW of the Korean low-voltage grid. */
const REAL_POWER = el(
  'power:powerReal',
  leaf('power:itemDescription', 'RealPower'),
  leaf('power:itemUnits', 'W'),
  leaf('scale:siScaleCode', 'k'),
  el('power:powerAttributes', leaf('power:hertz', 60), leaf('power:voltage', 220), leaf('power:ac', 'true')),
);

const signal = ({ type, name, signalType, isPower }: Signal, spans: readonly Span[]): string | undefined => {
  const values = spans.map(({ payloads }) => payloads.find((one) => one.type === type)?.values[0]);
  if (values.every((value) => typeof value !== 'number')) return undefined;
  const intervals = spans.map(({ startMs, endMs }, i) =>
    el(
      'ei:interval',
      period(endMs - startMs),
      el('xcal:uid', leaf('xcal:text', i)),
      el('ei:signalPayload', el('ei:payloadFloat', leaf('ei:value', typeof values[i] === 'number' ? values[i] : 0))),
    ),
  );
  return el(
    'ei:eiEventSignal',
    el('strm:intervals', ...intervals),
    leaf('ei:signalName', name),
    leaf('ei:signalType', signalType),
    leaf('ei:signalID', type),
    ...(isPower ? [REAL_POWER] : []),
  );
};

/** By modification time: 2.0b counts modifications, 3.1 dates them; whole seconds after creation grow with each. */
const modification = ({ createdDateTime, modificationDateTime }: Event): number => {
  const [created, modified] = [instantMs(createdDateTime), instantMs(modificationDateTime)];
  return typeof created === 'number' && typeof modified === 'number' ? Math.ceil((modified - created) / 1000) : 0;
};

const statusOf = (startMs: number, endMs: number, nowMs: number): string => {
  if (nowMs >= endMs) return 'completed';
  return nowMs >= startMs ? 'active' : 'far';
};

/** Undefined: its intervals cannot be told one after the other, or none of its payloads has a signal. */
const eventXml = (event: Event, venId: string, nowMs: number): string | undefined => {
  const createdMs = instantMs(event.createdDateTime);
  const spans = spansOf(event, typeof createdMs === 'number' ? createdMs : nowMs) ?? [];
  const [first] = spans;
  const signals = SIGNALS.map((one) => signal(one, spans)).filter((one) => one !== undefined);
  if (!first || signals.length === 0) return undefined;
  const endMs = endMsOf(event, nowMs);
  const descriptor = el(
    'ei:eventDescriptor',
    leaf('ei:eventID', event.id),
    leaf('ei:modificationNumber', modification(event)),
    leaf('ei:priority', event.priority ?? 0),
    el('ei:eiMarketContext', leaf('emix:marketContext', `urn:hems:program:${event.programID}`)),
    leaf('ei:createdDateTime', event.createdDateTime),
    leaf('ei:eventStatus', statusOf(first.startMs, endMs, nowMs)),
  );
  const properties = el(
    'xcal:properties',
    el('xcal:dtstart', leaf('xcal:date-time', instantText(first.startMs))),
    period(endMs - first.startMs),
  );
  return el(
    'oadr:oadrEvent',
    el(
      'ei:eiEvent',
      descriptor,
      el('ei:eiActivePeriod', properties, '<xcal:components/>'),
      el('ei:eiEventSignals', ...signals),
      el('ei:eiTarget', leaf('ei:venID', venId)),
    ),
    leaf('oadr:oadrResponseRequired', 'always'),
  );
};

const VTN_ID = 'hems';
const responseXml = ({
  code,
  description,
  requestId,
}: {
  code: number;
  description: string;
  requestId: string;
}): string =>
  el(
    'ei:eiResponse',
    leaf('ei:responseCode', code),
    leaf('ei:responseDescription', description),
    leaf('pyld:requestID', requestId),
  );

const requestsXml = (points: readonly Point2b[]): string[] =>
  [...Map.groupBy(points, ({ specifierId }) => specifierId)].map(([specifierId, own]) =>
    el(
      'oadr:oadrReportRequest',
      leaf('ei:reportRequestID', `rr-${specifierId}`),
      el(
        'ei:reportSpecifier',
        leaf('ei:reportSpecifierID', specifierId),
        el('xcal:granularity', leaf('xcal:duration', 'PT15M')),
        el('ei:reportBackDuration', leaf('xcal:duration', 'PT15M')),
        ...own.map(({ rId, readingType }) =>
          el('ei:specifierPayload', leaf('ei:rID', rId), leaf('ei:readingType', readingType)),
        ),
      ),
    ),
  );

const eventsXml = ({ requestId, venId, nowMs, events }: Extract<Answer2b, { kind: 'oadrDistributeEvent' }>): string =>
  [
    responseXml({ code: 200, description: 'OK', requestId }),
    leaf('pyld:requestID', requestId),
    leaf('ei:vtnID', VTN_ID),
    ...events.map((event) => eventXml(event, venId, nowMs) ?? ''),
  ].join('');

const bodyOf = (answer: Answer2b): string => {
  if (answer.kind === 'oadrDistributeEvent') return eventsXml(answer);
  const requests = answer.kind === 'oadrRegisteredReport' ? requestsXml(answer.points) : [];
  return [responseXml(answer), ...requests, leaf('ei:venID', answer.venId)].join('');
};

const NAMESPACES = Object.entries(NS)
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ');

const write = (answer: Answer2b): string =>
  `<?xml version="1.0" encoding="UTF-8"?><oadr:oadrPayload ${NAMESPACES}><oadr:oadrSignedObject>` +
  `<oadr:${answer.kind} ei:schemaVersion="2.0b">${bodyOf(answer)}</oadr:${answer.kind}>` +
  '</oadr:oadrSignedObject></oadr:oadrPayload>';

/** OpenADR 2.0b as its schema says (namespaces of `NS`); XML signatures are not made, and not looked at: the door knows who asks. */
export const openadr2b: Openadr2b = { read, write };
