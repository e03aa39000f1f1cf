import { durationText, instantText } from '@hems/models/openadr/duration';
import { dated, endMsOf, spansOf } from '@hems/models/openadr/intervals';
import type { DATA_QUALITIES } from '@hems/models/openadr/payloads';
import type { Event, Interval, ReportRequest, Ven } from '@hems/models/openadr/objects';
import { seenById } from '@hems/models/openadr/targets';
import {
  Unreadable2b,
  type Answer2b,
  type Message2b,
  type Openadr2b,
  type Point2b,
  type Report2b,
} from '../../ports/openadr-2b.ts';
import { Refused } from '../refusal.ts';
import { objectsOf } from '../stores/openadr.ts';
import { sightOf, type OpenadrCaller, type OpenadrDeps } from './caller.ts';
import { readEvent } from './events.ts';
import { createReport, updateReport } from './reports.ts';
import { readVen, updateVen } from './vens.ts';

/** A VEN of OpenADR 2.0b, in pull mode, on the objects of 3.1: one core behind both. */
type Of<K extends Message2b['kind']> = Extract<Message2b, { readonly kind: K }>;

const EVENTS_MAX = 50;

/** The events that the VEN may see, each with its start on the clock; 2.0b names no targets, so all that are granted count. */
const openEvents = async (deps: OpenadrDeps, caller: OpenadrCaller): Promise<Event[]> => {
  const sight = await sightOf(deps.table, caller);
  const hidden = new Set<string>();
  for await (const program of objectsOf(deps.table, caller.partnerId, ['PROGRAM', []]))
    if (!seenById(program, sight)) hidden.add(program.id);
  const open: Event[] = [];
  for await (const event of objectsOf(deps.table, caller.partnerId, ['EVENT', []]))
    if (!hidden.has(event.programID) && seenById(event, sight)) open.push(dated(event));
  return open;
};

const distribute = async (
  deps: OpenadrDeps,
  caller: OpenadrCaller,
  message: Of<'oadrRequestEvent'>,
): Promise<Answer2b> => {
  const nowMs = deps.clock.now();
  const events = (await openEvents(deps, caller)).filter((event) => endMsOf(event, nowMs) > nowMs);
  const { requestId, venId, replyLimit = EVENTS_MAX } = message;
  return {
    kind: 'oadrDistributeEvent',
    requestId,
    venId,
    nowMs,
    events: events.slice(0, Math.min(replyLimit, EVENTS_MAX)),
  };
};

const OPT = 'OPT';

/** A VEN opts again and again: the last word stands, and takes no more room than the first. */
const putOpt = async (deps: OpenadrDeps, caller: OpenadrCaller, body: ReportRequest): Promise<void> => {
  const { programID } = await readEvent(deps, caller, body.eventID);
  for await (const { id, clientID, clientName, reportName } of objectsOf(deps.table, caller.partnerId, [
    'REPORT',
    [programID, body.eventID],
  ]))
    if (clientID === caller.clientId && clientName === body.clientName && reportName === OPT) {
      await updateReport(deps, caller, { id, body });
      return;
    }
  await createReport(deps, caller, body);
};

/** Opting in or out has no object in 3.1: it is a report with the private payload type OPT. */
const takeOpts = async (
  deps: OpenadrDeps,
  caller: OpenadrCaller,
  { message, ven }: { readonly message: Of<'oadrCreatedEvent'>; readonly ven: Ven },
): Promise<Answer2b> => {
  for (const { eventId, optType } of message.responses) {
    const payloads = [{ type: OPT, values: [optType === 'optIn' ? 'OPT_IN' : 'OPT_OUT'] }];
    const resources = [{ resourceName: ven.venName, intervals: [{ id: 0, payloads }] }];
    await putOpt(deps, caller, { eventID: eventId, clientName: ven.venName, reportName: OPT, resources });
  }
  return { kind: 'oadrResponse', requestId: message.requestId, venId: message.venId, code: 200, description: 'OK' };
};

/** What a VEN registered is kept among the attributes of its ven. */
const POINT = 'OPENADR_2B_POINT';
const ATTRIBUTES_MAX = 100;
const pointsOf = ({ attributes }: Ven): Point2b[] =>
  (attributes ?? [])
    .filter(({ type }) => type === POINT)
    .map(({ values }) => values.map(String))
    .map(([specifierId = '', rId = '', reportType = '', readingType = '', resourceId = '']) => ({
      specifierId,
      rId,
      reportType,
      readingType,
      resourceId,
    }));

const register = async (
  deps: OpenadrDeps,
  caller: OpenadrCaller,
  { message, ven }: { readonly message: Of<'oadrRegisterReport'>; readonly ven: Ven },
): Promise<Answer2b> => {
  const { requestId, venId, points } = message;
  const others = (ven.attributes ?? []).filter(({ type }) => type !== POINT);
  const done = { kind: 'oadrRegisteredReport', requestId, venId } as const;
  if (points.length + others.length > ATTRIBUTES_MAX)
    return { ...done, points: [], code: 459, description: `at most ${ATTRIBUTES_MAX} points are registered` };
  const registered = points.map(({ specifierId, rId, reportType, readingType, resourceId }) => ({
    type: POINT,
    values: [specifierId, rId, reportType, readingType, resourceId],
  }));
  const attributes = [...others, ...registered];
  const body = { objectType: 'VEN_VEN_REQUEST' as const, venName: ven.venName, attributes };
  await updateVen(deps, caller, { id: ven.id, body });
  return { ...done, points, code: 200, description: 'OK' };
};

const PAYLOAD_OF: Readonly<Record<string, string>> = {
  reading: 'READING',
  usage: 'USAGE',
  demand: 'DEMAND',
  setPoint: 'SETPOINT',
  deltaUsage: 'DELTA_USAGE',
  baseline: 'BASELINE',
  operatingState: 'OPERATING_STATE',
};
const READING_OF: Readonly<Record<string, string>> = {
  'Direct Read': 'DIRECT_READ',
  Estimated: 'ESTIMATED',
  Summed: 'SUMMED',
  Mean: 'MEAN',
  Peak: 'PEAK',
};
/** `Quality Good - Non Specific`, `Quality Bad - …`, `Quality Uncertain - …`, `No Quality - No Value`. */
const qualityOf = (text: string): (typeof DATA_QUALITIES)[number] => {
  if (text.startsWith('Quality Good')) return 'OK';
  if (text.startsWith('Quality Bad')) return 'BAD';
  return text.startsWith('No ') ? 'MISSING' : 'ESTIMATED';
};

const intervalOf = (one: Report2b['intervals'][number], { point, id }: { point: Point2b; id: number }): Interval => ({
  id,
  intervalPeriod: { start: instantText(one.startMs), duration: durationText(one.durationMs) },
  payloads: [
    { type: PAYLOAD_OF[point.reportType] ?? point.reportType, values: [one.value] },
    ...(one.quality === undefined ? [] : [{ type: 'DATA_QUALITY', values: [qualityOf(one.quality)] }]),
  ],
});

/** One 3.1 report on an event: a resource for each that the points are of. */
const reportOn = (
  event: Event,
  ven: Ven,
  { report, points }: { report: Report2b; points: readonly Point2b[] },
): ReportRequest => {
  const known = report.intervals.flatMap((one) => {
    const point = points.find(({ specifierId, rId }) => specifierId === report.specifierId && rId === one.rId);
    return point ? [{ one, point }] : [];
  });
  const byResource = Map.groupBy(known, ({ point }) => (point.resourceId === '' ? ven.venName : point.resourceId));
  const used = [...new Map(known.map(({ point }) => [point.reportType, point])).values()];
  return {
    eventID: event.id,
    clientName: ven.venName,
    reportName: report.reportId,
    payloadDescriptors: used.map(({ reportType, readingType }) => ({
      objectType: 'REPORT_PAYLOAD_DESCRIPTOR' as const,
      payloadType: PAYLOAD_OF[reportType] ?? reportType,
      readingType: READING_OF[readingType] ?? readingType,
    })),
    resources: [...byResource].map(([resourceName, own]) => ({
      resourceName,
      intervals: own.map(({ one, point }, id) => intervalOf(one, { point, id })),
    })),
  };
};

const covers = (event: Event, { intervals }: Report2b): boolean => {
  const spans = spansOf(event, 0) ?? [];
  return intervals.some(({ startMs }) => spans.some((span) => startMs >= span.startMs && startMs < span.endMs));
};

/** A report of 3.1 belongs to an event, one of 2.0b to a time: it goes to each event that it overlaps. */
const takeReports = async (
  deps: OpenadrDeps,
  caller: OpenadrCaller,
  { message, ven }: { readonly message: Of<'oadrUpdateReport'>; readonly ven: Ven },
): Promise<Answer2b> => {
  const { requestId, venId, reports } = message;
  const done = { kind: 'oadrUpdatedReport', requestId, venId } as const;
  const points = pointsOf(ven);
  const isKnown = (report: Report2b): boolean =>
    report.intervals.every(({ rId }) =>
      points.some((one) => one.specifierId === report.specifierId && one.rId === rId),
    );
  if (!reports.every(isKnown))
    return { ...done, code: 459, description: 'an rID was not registered; send oadrRegisterReport' };
  const events = await openEvents(deps, caller);
  const about = reports.map((report) => ({ report, of: events.filter((event) => covers(event, report)) }));
  if (about.some(({ of }) => of.length === 0))
    return { ...done, code: 459, description: 'no event covers these intervals; reports are kept with events' };
  for (const { report, of } of about)
    for (const event of of) await createReport(deps, caller, reportOn(event, ven, { report, points }));
  return { ...done, code: 200, description: 'OK' };
};

/** The message in a text; refused where it is none. */
export const readLegacy = ({ read }: Pick<Openadr2b, 'read'>, text: string): Message2b => {
  try {
    return read(text);
  } catch (error) {
    throw error instanceof Unreadable2b ? new Refused('invalid', `the message: ${error.message}`, 'bad-xml') : error;
  }
};

/** Answers a message of a VEN; its venID is the id of a ven of the client. */
export const answerLegacy = async (deps: OpenadrDeps, caller: OpenadrCaller, message: Message2b): Promise<Answer2b> => {
  const ven = await readVen(deps, caller, message.venId);
  if (message.kind === 'oadrRequestEvent') return distribute(deps, caller, message);
  if (message.kind === 'oadrCreatedEvent') return takeOpts(deps, caller, { message, ven });
  if (message.kind === 'oadrRegisterReport') return register(deps, caller, { message, ven });
  return takeReports(deps, caller, { message, ven });
};
