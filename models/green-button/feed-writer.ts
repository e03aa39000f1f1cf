import { addDays, dayStart, isoSeoul, localDate } from '../calendar/seoul.ts';
import { escaped } from '../text/escaped.ts';
import { ATOM, DELTA, ELECTRICITY, ESPI, ESTIMATED, FORWARD, REVERSE, UOM_WH } from './espi.ts';

/** One meter reading of the feed: the energy of one direction by intervals of one length. */
export type Series = { readonly number: number; readonly flow: 'import' | 'export'; readonly seconds: number };
export type WrittenReading = { readonly startS: number; readonly wh: number; readonly estimated: boolean };

/** Where the resources stand: paths that the links of a feed name. */
export type FeedPlace = { readonly resources: string; readonly usagePoints: string };

export type FeedFacts = {
  /** a UUID that says the same of the same name */
  readonly idOf: (name: string) => string;
  /** RFC 3339 */
  readonly updated: string;
  readonly title: string;
  readonly place?: FeedPlace;
};

/** Of a file: nothing answers there, the links tie its parts together. */
const IN_A_FILE: FeedPlace = {
  resources: '/espi/1_1/resource',
  usagePoints: '/espi/1_1/resource/RetailCustomer/1/UsagePoint',
};

const KST_S = 9 * 3600;
const ONLY = 1;
export const pathsOf = ({ resources, usagePoints }: FeedPlace) => {
  const usagePoint = `${usagePoints}/${ONLY}`;
  const meterReadings = `${usagePoint}/MeterReading`;
  return {
    usagePoints,
    usagePoint,
    meterReadings,
    meterReading: (number: number): string => `${meterReadings}/${number}`,
    blocks: (number: number): string => `${meterReadings}/${number}/IntervalBlock`,
    types: `${resources}/ReadingType`,
    type: (number: number): string => `${resources}/ReadingType/${number}`,
    times: `${resources}/LocalTimeParameters`,
    time: `${resources}/LocalTimeParameters/${ONLY}`,
  };
};
const pathsIn = ({ place = IN_A_FILE }: FeedFacts) => pathsOf(place);

type Entry = {
  readonly name: string;
  readonly title: string;
  readonly self: string;
  readonly up: string;
  readonly related?: readonly string[];
  readonly content: string;
  /** RFC 3339; absent: as the feed */
  readonly published?: string;
};

const linkXml = (rel: string, href: string): string => `<link rel="${rel}" href="${escaped(href)}"/>`;

const entryOf = (
  { idOf, updated }: FeedFacts,
  { name, title, self, up, related = [], content, published = updated }: Entry,
): string =>
  [
    '<entry>',
    `<id>urn:uuid:${idOf(name)}</id>`,
    linkXml('self', self),
    linkXml('up', up),
    ...related.map((href) => linkXml('related', href)),
    `<title>${escaped(title)}</title>`,
    `<content type="xml">${content}</content>`,
    `<published>${published}</published><updated>${updated}</updated>`,
    '</entry>\n',
  ].join('');

export const usagePointEntry = (facts: FeedFacts, series: readonly Series[]): string => {
  const paths = pathsIn(facts);
  return entryOf(facts, {
    name: 'UsagePoint',
    title: 'Grid connection',
    self: paths.usagePoint,
    up: paths.usagePoints,
    related: [paths.meterReadings, ...series.map(({ number }) => paths.meterReading(number)), paths.time],
    content: `<UsagePoint xmlns="${ESPI}"><ServiceCategory><kind>${ELECTRICITY}</kind></ServiceCategory></UsagePoint>`,
  });
};

/** Korea has had no summer time since 1988. */
export const localTimeEntry = (facts: FeedFacts): string => {
  const { time, times } = pathsIn(facts);
  return entryOf(facts, {
    name: 'LocalTimeParameters',
    title: 'Asia/Seoul',
    self: time,
    up: times,
    content: `<LocalTimeParameters xmlns="${ESPI}"><dstEndRule>00000000</dstEndRule><dstOffset>0</dstOffset><dstStartRule>00000000</dstStartRule><tzOffset>${KST_S}</tzOffset></LocalTimeParameters>`,
  });
};

const FLOW = {
  import: { title: 'Drawn from the grid', direction: FORWARD },
  export: { title: 'Fed into the grid', direction: REVERSE },
} as const;

export const meterReadingEntry = (facts: FeedFacts, { number, flow, seconds }: Series): string => {
  const paths = pathsIn(facts);
  return entryOf(facts, {
    name: `MeterReading ${number}`,
    title: `${FLOW[flow].title}, ${seconds} s`,
    self: paths.meterReading(number),
    up: paths.meterReadings,
    related: [paths.blocks(number), paths.type(number)],
    content: `<MeterReading xmlns="${ESPI}"/>`,
  });
};

const ENERGY = 12;
export const readingTypeEntry = (facts: FeedFacts, { number, flow, seconds }: Series): string => {
  const paths = pathsIn(facts);
  return entryOf(facts, {
    name: `ReadingType ${number}`,
    title: `${FLOW[flow].title}, Wh`,
    self: paths.type(number),
    up: paths.types,
    content: `<ReadingType xmlns="${ESPI}"><accumulationBehaviour>${DELTA}</accumulationBehaviour><commodity>1</commodity><flowDirection>${FLOW[flow].direction}</flowDirection><intervalLength>${seconds}</intervalLength><kind>${ENERGY}</kind><powerOfTenMultiplier>0</powerOfTenMultiplier><uom>${UOM_WH}</uom></ReadingType>`,
  });
};

/** The feed up to its first entry. `next`: where it goes on, when this is a part of it. */
export const feedStart = (
  facts: FeedFacts,
  { self, next }: { readonly self: string; readonly next?: string | undefined },
): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<feed xmlns="${ATOM}">`,
    `<id>urn:uuid:${facts.idOf(`feed ${self}`)}</id>`,
    linkXml('self', self),
    next === undefined ? '' : linkXml('next', next),
    `<title>${escaped(facts.title)}</title>`,
    `<updated>${facts.updated}</updated>\n`,
  ].join('');

/** The entries before the first block: what is read, in which unit, direction and zone. */
export const seriesEntries = (facts: FeedFacts, series: readonly Series[]): string =>
  [
    usagePointEntry(facts, series),
    localTimeEntry(facts),
    ...series.flatMap((one) => [meterReadingEntry(facts, one), readingTypeEntry(facts, one)]),
  ].join('');

/** The feed of a file up to its first block. */
export const feedOpening = (facts: FeedFacts, series: readonly Series[]): string =>
  feedStart(facts, { self: pathsIn(facts).usagePoint }) + seriesEntries(facts, series);

const readingXml = ({ startS, wh, estimated }: WrittenReading, seconds: number): string =>
  [
    '<IntervalReading>',
    estimated ? `<ReadingQuality><quality>${ESTIMATED}</quality></ReadingQuality>` : '',
    `<timePeriod><duration>${seconds}</duration><start>${startS}</start></timePeriod>`,
    `<value>${wh}</value>`,
    '</IntervalReading>',
  ].join('');

/** A day is told when it is over. */
const publishedMs = (startS: number): number => dayStart(addDays(localDate(startS * 1000), 1));

/** A block of readings, ascending and not none. An interval that is not known is left out; nothing says 0 for it. */
export const feedBlock = (
  facts: FeedFacts,
  { number, seconds }: Series,
  readings: readonly [WrittenReading, ...WrittenReading[]],
): string => {
  const first = readings[0].startS;
  const last = readings.at(-1)?.startS ?? first;
  const interval = `<interval><duration>${last + seconds - first}</duration><start>${first}</start></interval>`;
  const blocks = pathsIn(facts).blocks(number);
  return entryOf(facts, {
    name: `IntervalBlock ${number} ${first}`,
    title: 'Readings',
    self: `${blocks}/${first}`,
    up: blocks,
    published: isoSeoul(publishedMs(last)),
    content: `<IntervalBlock xmlns="${ESPI}">${interval}${readings.map((one) => readingXml(one, seconds)).join('')}</IntervalBlock>`,
  });
};

export const FEED_END = '</feed>\n';
