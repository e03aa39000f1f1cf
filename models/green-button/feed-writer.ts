import { escaped } from '../text/escaped.ts';
import { ATOM, DELTA, ELECTRICITY, ESPI, ESTIMATED, FORWARD, REVERSE, UOM_WH } from './espi.ts';

/** One meter reading of the feed: the energy of one direction by intervals of one length. */
export type Series = { readonly number: number; readonly flow: 'import' | 'export'; readonly seconds: number };
export type WrittenReading = { readonly startS: number; readonly wh: number; readonly estimated: boolean };

export type FeedFacts = {
  /** a UUID that says the same of the same name */
  readonly idOf: (name: string) => string;
  /** RFC 3339 */
  readonly updated: string;
  readonly title: string;
};

const KST_S = 9 * 3600;
const USAGE_POINT = '/espi/1_1/resource/RetailCustomer/1/UsagePoint/1';
const TIME = '/espi/1_1/resource/LocalTimeParameters/1';
const readingPath = (number: number): string => `${USAGE_POINT}/MeterReading/${number}`;
const typePath = (number: number): string => `/espi/1_1/resource/ReadingType/${number}`;

type Entry = {
  readonly name: string;
  readonly title: string;
  readonly self: string;
  readonly up: string;
  readonly related?: readonly string[];
  readonly content: string;
};

const entryOf = ({ idOf, updated }: FeedFacts, { name, title, self, up, related = [], content }: Entry): string =>
  [
    '<entry>',
    `<id>urn:uuid:${idOf(name)}</id>`,
    ...[
      `rel="self" href="${self}"`,
      `rel="up" href="${up}"`,
      ...related.map((href) => `rel="related" href="${href}"`),
    ].map((link) => `<link ${link}/>`),
    `<title>${escaped(title)}</title>`,
    `<content type="xml">${content}</content>`,
    `<published>${updated}</published><updated>${updated}</updated>`,
    '</entry>\n',
  ].join('');

const usagePoint = (series: readonly Series[]): Entry => ({
  name: 'UsagePoint',
  title: 'Grid connection',
  self: USAGE_POINT,
  up: '/espi/1_1/resource/RetailCustomer/1/UsagePoint',
  related: [`${USAGE_POINT}/MeterReading`, ...series.map(({ number }) => readingPath(number)), TIME],
  content: `<UsagePoint xmlns="${ESPI}"><ServiceCategory><kind>${ELECTRICITY}</kind></ServiceCategory></UsagePoint>`,
});

/** Korea has had no summer time since 1988. */
const LOCAL_TIME: Entry = {
  name: 'LocalTimeParameters',
  title: 'Asia/Seoul',
  self: TIME,
  up: '/espi/1_1/resource/LocalTimeParameters',
  content: `<LocalTimeParameters xmlns="${ESPI}"><dstEndRule>00000000</dstEndRule><dstOffset>0</dstOffset><dstStartRule>00000000</dstStartRule><tzOffset>${KST_S}</tzOffset></LocalTimeParameters>`,
};

const FLOW = {
  import: { title: 'Drawn from the grid', direction: FORWARD },
  export: { title: 'Fed into the grid', direction: REVERSE },
} as const;

const meterReading = ({ number, flow, seconds }: Series): Entry => ({
  name: `MeterReading ${number}`,
  title: `${FLOW[flow].title}, ${seconds} s`,
  self: readingPath(number),
  up: `${USAGE_POINT}/MeterReading`,
  related: [`${readingPath(number)}/IntervalBlock`, typePath(number)],
  content: `<MeterReading xmlns="${ESPI}"/>`,
});

const ENERGY = 12;
const readingType = ({ number, flow, seconds }: Series): Entry => ({
  name: `ReadingType ${number}`,
  title: `${FLOW[flow].title}, Wh`,
  self: typePath(number),
  up: '/espi/1_1/resource/ReadingType',
  content: `<ReadingType xmlns="${ESPI}"><accumulationBehaviour>${DELTA}</accumulationBehaviour><commodity>1</commodity><flowDirection>${FLOW[flow].direction}</flowDirection><intervalLength>${seconds}</intervalLength><kind>${ENERGY}</kind><powerOfTenMultiplier>0</powerOfTenMultiplier><uom>${UOM_WH}</uom></ReadingType>`,
});

/** The feed up to its first block: what is read, in which unit, direction and zone. */
export const feedOpening = (facts: FeedFacts, series: readonly Series[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<feed xmlns="${ATOM}">`,
    `<id>urn:uuid:${facts.idOf('feed')}</id>`,
    `<link rel="self" href="${USAGE_POINT}"/>`,
    `<title>${escaped(facts.title)}</title>`,
    `<updated>${facts.updated}</updated>\n`,
    ...[usagePoint(series), LOCAL_TIME, ...series.flatMap((one) => [meterReading(one), readingType(one)])].map(
      (entry) => entryOf(facts, entry),
    ),
  ].join('');

const readingXml = ({ startS, wh, estimated }: WrittenReading, seconds: number): string =>
  [
    '<IntervalReading>',
    estimated ? `<ReadingQuality><quality>${ESTIMATED}</quality></ReadingQuality>` : '',
    `<timePeriod><duration>${seconds}</duration><start>${startS}</start></timePeriod>`,
    `<value>${wh}</value>`,
    '</IntervalReading>',
  ].join('');

/** A block of readings, ascending and not none. An interval that is not known is left out; nothing says 0 for it. */
export const feedBlock = (
  facts: FeedFacts,
  { number, seconds }: Series,
  readings: readonly [WrittenReading, ...WrittenReading[]],
): string => {
  const first = readings[0].startS;
  const end = (readings.at(-1)?.startS ?? first) + seconds;
  const interval = `<interval><duration>${end - first}</duration><start>${first}</start></interval>`;
  const blocks = `${readingPath(number)}/IntervalBlock`;
  return entryOf(facts, {
    name: `IntervalBlock ${number} ${first}`,
    title: 'Readings',
    self: `${blocks}/${first}`,
    up: blocks,
    content: `<IntervalBlock xmlns="${ESPI}">${interval}${readings.map((one) => readingXml(one, seconds)).join('')}</IntervalBlock>`,
  });
};

export const FEED_END = '</feed>\n';
