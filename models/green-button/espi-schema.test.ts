import { describe, expect, test } from 'vitest';
import { dayStart } from '../calendar/seoul.ts';
import { ATOM, ESPI } from './espi.ts';
import {
  FEED_END,
  feedBlock,
  feedOpening,
  feedStart,
  localTimeEntry,
  meterReadingEntry,
  readingTypeEntry,
  usagePointEntry,
  type FeedFacts,
  type Series,
} from './feed-writer.ts';

/**
 * What the public schemas say of the elements that are written: `espiDerived.xsd` 0.7.20190210 (Green Button Alliance, Apache-2.0; repository
 * OpenESPI-Common-java, folder etc) and `atom.xsd` beside it, and RFC 4287. A child that is not in the list, out of order, or missing where it
 * must stand, is not valid. Constructed from the schema's sequences; inherited children come first.
 */
type Child = { readonly name: string; readonly least: 0 | 1; readonly most: 1 | 'many' };
const one = (name: string): Child => ({ name, least: 1, most: 1 });
const may = (name: string): Child => ({ name, least: 0, most: 1 });
const any = (name: string): Child => ({ name, least: 0, most: 'many' });
/** Of `Object` and `IdentifiedObject`. */
const OBJECT = [any('extension')];
const IDENTIFIED = [...OBJECT, may('batchItemInfo')];

const SEQUENCES: Readonly<Record<string, readonly Child[]>> = {
  UsagePoint: [...IDENTIFIED, may('roleFlags'), may('ServiceCategory'), may('status'), may('serviceDeliveryPoint')],
  ServiceCategory: [...OBJECT, one('kind')],
  MeterReading: IDENTIFIED,
  ReadingType: [
    ...IDENTIFIED,
    ...[
      'accumulationBehaviour',
      'commodity',
      'consumptionTier',
      'currency',
      'dataQualifier',
      'defaultQuality',
      'flowDirection',
      'intervalLength',
      'kind',
      'phase',
      'powerOfTenMultiplier',
      'timeAttribute',
      'tou',
      'uom',
      'cpp',
      'interharmonic',
      'measuringPeriod',
      'argument',
    ].map(may),
  ],
  IntervalBlock: [...IDENTIFIED, may('interval'), any('IntervalReading')],
  interval: [...OBJECT, one('duration'), one('start')],
  timePeriod: [...OBJECT, one('duration'), one('start')],
  IntervalReading: [
    ...OBJECT,
    may('cost'),
    any('ReadingQuality'),
    may('timePeriod'),
    may('value'),
    may('consumptionTier'),
    may('tou'),
    may('cpp'),
  ],
  ReadingQuality: [...OBJECT, one('quality')],
  LocalTimeParameters: [...IDENTIFIED, one('dstEndRule'), one('dstOffset'), one('dstStartRule'), one('tzOffset')],
  feed: [one('id'), any('link'), one('title'), one('updated'), any('entry')],
  entry: [one('id'), any('link'), one('title'), one('content'), may('published'), one('updated')],
};

const int = (bits: number) => (text: string) =>
  /^-?\d+$/.test(text) && Number(text) >= -(2 ** (bits - 1)) && Number(text) < 2 ** (bits - 1);
const uint = (bits: number) => (text: string) => /^\d+$/.test(text) && Number(text) < 2 ** bits;
/** an enumeration of the schema, or any code of its width: only those that are meant here are let through */
const codes =
  (...known: readonly number[]) =>
  (text: string) =>
    known.includes(Number(text)) && uint(16)(text);
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;

/** Of what has text: its type. `kind` of a service and of a measurement are told apart by what they are in. */
const TYPES: Readonly<Record<string, (text: string) => boolean>> = {
  'ServiceCategory/kind': codes(0),
  'ReadingType/kind': codes(12),
  accumulationBehaviour: codes(4),
  commodity: codes(1),
  flowDirection: codes(1, 19),
  intervalLength: uint(32),
  powerOfTenMultiplier: int(16),
  uom: codes(72),
  duration: uint(32),
  start: int(64),
  value: int(48),
  quality: codes(0, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19),
  dstEndRule: (text) => /^[0-9A-Fa-f]{8}$/.test(text),
  dstStartRule: (text) => /^[0-9A-Fa-f]{8}$/.test(text),
  dstOffset: int(64),
  tzOffset: int(64),
  id: (text) => /^urn:uuid:[0-9a-f-]{36}$/.test(text),
  title: (text) => text.length > 0,
  published: (text) => TIME.test(text),
  updated: (text) => TIME.test(text),
};

type Element = { readonly name: string; readonly space: string; readonly children: Element[]; text: string };

const opened = (name: string, attributes: string, above: Element): Element => {
  const space = /xmlns="([^"]+)"/.exec(attributes)?.[1] ?? above.space;
  const element: Element = { name, space, children: [], text: '' };
  above.children.push(element);
  return element;
};

const TAG = /<(?<close>\/?)(?<name>\w+)(?<attributes>[^>]*?)(?<empty>\/?)>|(?<text>[^<]+)/g;

/** What follows in the elements that are open, the innermost last. */
const take = (open: Element[], at: Element, groups: Readonly<Record<string, string | undefined>>): void => {
  const { close, name, attributes = '', empty, text } = groups;
  if (text !== undefined) at.text += text;
  else if (close === '/') expect(open.pop()?.name).toBe(name);
  else {
    const element = opened(name ?? '', attributes, at);
    if (empty !== '/') open.push(element);
  }
};

/** Enough of XML for what is written here: no comment, no CDATA, no prefix. */
const parse = (xml: string): Element => {
  const root: Element = { name: '', space: '', children: [], text: '' };
  const open = [root];
  for (const { groups } of xml.replace(/^<\?xml [^>]*\?>/, '').matchAll(TAG))
    take(open, open.at(-1) ?? root, groups ?? {});
  expect(open).toEqual([root]);
  return root.children[0] ?? root;
};

const inOrder = (names: readonly string[], sequence: readonly Child[]): boolean => {
  let at = 0;
  for (const { name, least, most } of sequence) {
    let count = 0;
    while (names[at] === name) [at, count] = [at + 1, count + 1];
    if (count < least || (most === 1 && count > 1)) return false;
  }
  return at === names.length;
};

const isOfType = ({ name, text, children }: Element, above: string): boolean =>
  (TYPES[`${above.slice(above.lastIndexOf('/') + 1)}/${name}`] ?? TYPES[name])?.(text) === true &&
  children.length === 0;

const isAsTold = (element: Element, above: string): boolean => {
  const { name, children, text } = element;
  if (name === 'link') return children.length === 0 && text === '';
  if (name === 'content') return children.length === 1 && text === '';
  const sequence = SEQUENCES[name];
  if (!sequence) return isOfType(element, above);
  return (
    text.trim() === '' &&
    inOrder(
      children.map((child) => child.name),
      sequence,
    )
  );
};

/** Everything that is not as the schema has it, by its path. */
const faultsIn = (element: Element, above = ''): string[] => {
  const path = `${above}/${element.name}`;
  const own = isAsTold(element, above) ? [] : [`${path}: "${element.text}"`];
  return [...own, ...element.children.flatMap((child) => faultsIn(child, path))];
};

const FACTS: FeedFacts = {
  idOf: () => '01234567-89ab-5cde-8f01-23456789abcd',
  updated: '2026-11-22T12:00:00+09:00',
  title: 'HEMS <&">',
};
const DRAWN: Series = { number: 1, flow: 'import', seconds: 900 };
const FED_IN: Series = { number: 2, flow: 'export', seconds: 900 };
const startS = dayStart('2026-10-01') / 1000;
const block = feedBlock(FACTS, FED_IN, [
  { startS, wh: 120, estimated: false },
  { startS: startS + 1800, wh: 0, estimated: true },
]);
const BATCH = feedOpening(FACTS, [DRAWN, FED_IN]) + block + FEED_END;
const feedOf = (entry: string): string => feedStart(FACTS, { self: '/a', next: '/b?c=d&e=f' }) + entry + FEED_END;

describe('a feed is as the public schema of ESPI and that of Atom say, element by element', () => {
  test.each([
    ['everything of a home', BATCH],
    ['its connection', feedOf(usagePointEntry(FACTS, [DRAWN, FED_IN]))],
    ['its zone', feedOf(localTimeEntry(FACTS))],
    ['what is measured', feedOf(meterReadingEntry(FACTS, DRAWN))],
    ['its unit', feedOf(readingTypeEntry(FACTS, FED_IN))],
    ['a day', feedOf(block)],
    ['nothing', feedOf('')],
  ])('%s', (_what, xml) => {
    const feed = parse(xml);
    expect([feed.name, feed.space]).toEqual(['feed', ATOM]);
    expect(faultsIn(feed)).toEqual([]);
  });

  test('and each resource stands alone in its entry, in the namespace of ESPI', () => {
    const entries = parse(BATCH).children.filter(({ name }) => name === 'entry');
    const contents = entries.map(({ children }) => children.find(({ name }) => name === 'content')?.children ?? []);
    expect(contents.map((content) => content.map(({ name, space }) => [name, space]))).toEqual(
      [
        'UsagePoint',
        'LocalTimeParameters',
        'MeterReading',
        'ReadingType',
        'MeterReading',
        'ReadingType',
        'IntervalBlock',
      ].map((name) => [[name, ESPI]]),
    );
  });

  test.each([
    [
      'two elements the other way round',
      BATCH.replace(/(<uom>72<\/uom>)(<\/ReadingType>)/, '$2').replace('<commodity>', '<uom>72</uom><commodity>'),
    ],
    ['an element of no schema', BATCH.replace('<value>', '<power>1</power><value>')],
    ['a value that is no whole number', BATCH.replace('<value>120<', '<value>120.5<')],
    [
      'a block without the start of its interval',
      BATCH.replace(/<interval>.*?<\/interval>/, '<interval><duration>1</duration></interval>'),
    ],
    ['an entry without the time it was changed at', BATCH.replace(/<updated>[^<]*<\/updated><\/entry>/, '</entry>')],
    ['who lives there', BATCH.replace('<MeterReading ', '<Customer/><MeterReading ')],
  ])('which %s is not', (_what, xml) => {
    expect(xml).not.toBe(BATCH);
    expect(faultsIn(parse(xml))).not.toEqual([]);
  });
});
