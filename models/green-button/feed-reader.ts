import { FileRefused, type Refusals } from '../history/reasons.ts';
import { ATOM, ESPI, MEASURED } from './espi.ts';

/** A tag as a parser of XML with namespaces tells it. */
export type OpenTag = {
  readonly space: string;
  readonly local: string;
  /** of the attributes those without a prefix */
  readonly attribute: (name: string) => string | undefined;
  readonly line: number;
};

/** One `IntervalReading` as it stands: its unit is said elsewhere in the feed. */
export type RawReading = {
  readonly startS: number;
  readonly seconds: number;
  readonly value: number;
  readonly estimated: boolean;
  readonly line: number;
};
type Links = { readonly self: string; readonly up: string; readonly related: readonly string[]; readonly line: number };
export type UsagePoint = Links & { readonly kind: string | undefined };
export type MeterReading = Links;
/** the texts of its children, by name */
export type ReadingType = Links & { readonly fields: Readonly<Record<string, string>> };

/** A feed, its parts still only linked. */
export type Feed = {
  readonly usagePoints: UsagePoint[];
  readonly meterReadings: MeterReading[];
  readonly readingTypes: ReadingType[];
  /** by the address that the blocks name as the one above them */
  readonly readings: Map<string, RawReading[]>;
};

export type FeedReader = {
  open(tag: OpenTag): void;
  text(text: string): void;
  close(): void;
  readonly feed: Feed;
};

/** Three years of quarter hours in both directions are 210 000. */
const MAX_READINGS = 400_000;
const MAX_TEXT = 64 * 1024;
const WHOLE = /^-?\d{1,15}$/;

type Entry = {
  self: string;
  up: string;
  readonly related: string[];
  readonly line: number;
  resource: string | undefined;
  kind: string | undefined;
  readonly fields: Record<string, string>;
  readonly readings: RawReading[];
};
type Reading = { start?: string; duration?: string; value?: string; estimated: boolean; readonly line: number };

const RESOURCES: ReadonlySet<string> = new Set(['UsagePoint', 'MeterReading', 'ReadingType', 'IntervalBlock']);
const READING_FIELDS: ReadonlySet<string> = new Set([
  'uom',
  'powerOfTenMultiplier',
  'flowDirection',
  'accumulationBehaviour',
  'commodity',
  'kind',
  'dataQualifier',
]);

const anEntry = (line: number): Entry => ({
  self: '',
  up: '',
  related: [],
  line,
  resource: undefined,
  kind: undefined,
  fields: {},
  readings: [],
});

const readingOf = ({ start, duration, value, estimated, line }: Reading, refused: Refusals): RawReading | undefined => {
  if (value === undefined || start === undefined || duration === undefined) {
    const part = value === undefined ? 'value' : 'timePeriod';
    refused.add({
      line,
      code: value === undefined ? 'no-value' : 'no-time',
      reason: `the interval reading has no ${part}`,
    });
    return undefined;
  }
  if (!WHOLE.test(value) || !WHOLE.test(start) || !WHOLE.test(duration)) {
    refused.add({
      line,
      code: 'not-a-number',
      reason: 'start, duration and value of an interval reading are whole numbers',
    });
    return undefined;
  }
  return { startS: Number(start), seconds: Number(duration), value: Number(value), estimated, line };
};

const takeLink = (entry: Entry, tag: OpenTag): void => {
  const href = tag.attribute('href') ?? '';
  const rel = tag.attribute('rel');
  if (rel === 'self') entry.self = href;
  if (rel === 'up') entry.up = href;
  if (rel === 'related') entry.related.push(href);
};

/** Notes the end of an element whose text says something of a reading. */
const takeReadingText = (reading: Reading, local: string, text: string): void => {
  if (local === 'start' || local === 'duration' || local === 'value') reading[local] = text;
  if (local === 'quality' && !MEASURED.has(text)) reading.estimated = true;
};

/** Notes the end of an element whose text says something of a reading type or a usage point. */
const takeFieldText = (
  entry: Entry,
  { above, local }: { readonly above: string | undefined; readonly local: string },
  text: string,
): void => {
  if (above === 'ReadingType' && READING_FIELDS.has(local)) entry.fields[local] = text;
  if (above === 'ServiceCategory' && local === 'kind') entry.kind = text;
  // a category that names no service is not silence: it is refused by its name, which is none
  if (local === 'ServiceCategory') entry.kind ??= '';
};

const file = (feed: Feed, entry: Entry): void => {
  const { self, up, related, line, kind, fields } = entry;
  const links = { self, up, related, line };
  if (entry.resource === 'UsagePoint') feed.usagePoints.push({ ...links, kind });
  if (entry.resource === 'MeterReading') feed.meterReadings.push(links);
  if (entry.resource === 'ReadingType') feed.readingTypes.push({ ...links, fields });
  if (entry.readings.length === 0) return;
  const before = feed.readings.get(up);
  if (before) for (const reading of entry.readings) before.push(reading);
  else feed.readings.set(up, entry.readings);
};

const tooMany = (): FileRefused =>
  new FileRefused('too-many-readings', `the file has more than ${MAX_READINGS} interval readings; send it in parts`);

/** The text since the last tag. */
const textSince = () => {
  let held = '';
  return {
    add: (more: string): void => {
      held += more;
      if (held.length > MAX_TEXT) throw new FileRefused('too-long', `a text of more than ${MAX_TEXT} characters`);
    },
    take: (): string => {
      const said = held.trim();
      held = '';
      return said;
    },
  };
};

/**
 * Collects a Green Button feed tag by tag: usage points, meter readings, reading types and interval readings, with the links between them.
 * What belongs to another namespace, to costs or to customers is passed over.
 */
export const feedReader = (refused: Refusals): FeedReader => {
  const feed: Feed = { usagePoints: [], meterReadings: [], readingTypes: [], readings: new Map() };
  const path: string[] = [];
  const text = textSince();
  let held = 0;
  let entry: Entry | undefined;
  let reading: Reading | undefined;

  const openInEntry = (to: Entry, tag: OpenTag): void => {
    const { space, local, line } = tag;
    if (space === ATOM && local === 'link') takeLink(to, tag);
    if (space !== ESPI) return;
    if (RESOURCES.has(local)) to.resource ??= local;
    if (local === 'IntervalReading') reading = { estimated: false, line };
  };

  const open = (tag: OpenTag): void => {
    const { space, local, line } = tag;
    path.push(space === ATOM || space === ESPI ? local : '');
    text.take();
    if (space === ATOM && local === 'entry') entry = anEntry(line);
    if (entry) openInEntry(entry, tag);
  };

  const closeReading = (to: Entry, done: Reading): void => {
    const raw = readingOf(done, refused);
    if (!raw) return;
    held += 1;
    if (held > MAX_READINGS) throw tooMany();
    to.readings.push(raw);
  };

  const closeInEntry = (to: Entry, local: string, said: string): void => {
    if (!reading) {
      takeFieldText(to, { above: path.at(-1), local }, said);
      return;
    }
    if (local !== 'IntervalReading') {
      takeReadingText(reading, local, said);
      return;
    }
    closeReading(to, reading);
    reading = undefined;
  };

  const close = (): void => {
    const local = path.pop() ?? '';
    const said = text.take();
    if (!entry) return;
    if (local === 'entry') {
      file(feed, entry);
      entry = undefined;
    } else closeInEntry(entry, local, said);
  };

  return {
    feed,
    open,
    close,
    text: (more) => {
      if (entry) text.add(more);
    },
  };
};
