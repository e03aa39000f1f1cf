import { expect, test } from 'vitest';
import { dayStart } from '../calendar/seoul.ts';
import { feedBlock, FEED_END, feedOpening, type Series } from './feed-writer.ts';

const FACTS = { idOf: (name: string) => `id of ${name}`, updated: '2026-11-22T12:00:00+09:00', title: 'HEMS <&">' };
const DRAWN: Series = { number: 1, flow: 'import', seconds: 900 };
const FED_IN: Series = { number: 2, flow: 'export', seconds: 900 };
const startS = dayStart('2026-10-01') / 1000;

/** The elements of a text in their order, without what is in them. */
const elementsOf = (xml: string): string[] => [...xml.matchAll(/<([a-zA-Z]+)/g)].map(([, name = '']) => name);

test('the feed begins with the connection, the zone of Korea and, for each series, its meter reading and reading type', () => {
  const opening = feedOpening(FACTS, [DRAWN, FED_IN]);
  expect(opening.match(/<(UsagePoint|LocalTimeParameters|MeterReading|ReadingType) /g)).toEqual(
    ['UsagePoint', 'LocalTimeParameters', 'MeterReading', 'ReadingType', 'MeterReading', 'ReadingType'].map(
      (name) => `<${name} `,
    ),
  );
  expect(opening).toContain('<tzOffset>32400</tzOffset>');
  expect(opening).toContain('<title>HEMS &lt;&amp;&quot;&gt;</title>');
});

// the sequences of the public schema espiDerived.xsd 0.7, in which an element out of its order is not valid
test('a reading type says energy in Wh of each interval, in the order of the schema', () => {
  const type = (series: Series) => /<ReadingType .*?<\/ReadingType>/.exec(feedOpening(FACTS, [series]))?.[0] ?? '';
  expect(elementsOf(type(DRAWN))).toEqual([
    'ReadingType',
    'accumulationBehaviour',
    'commodity',
    'flowDirection',
    'intervalLength',
    'kind',
    'powerOfTenMultiplier',
    'uom',
  ]);
  expect(type(DRAWN)).toMatch(/<flowDirection>1<.*<intervalLength>900<.*<powerOfTenMultiplier>0<.*<uom>72</);
  expect(type(FED_IN)).toContain('<flowDirection>19<');
});

test('a block spans its readings, an estimated one says so, and a missing one is not there', () => {
  const block = feedBlock(FACTS, DRAWN, [
    { startS, wh: 120, estimated: false },
    { startS: startS + 1800, wh: 0, estimated: true },
  ]);
  expect(block).toContain(`<interval><duration>2700</duration><start>${startS}</start></interval>`);
  expect(block.match(/<IntervalReading>.*?<\/IntervalReading>/g)).toEqual([
    `<IntervalReading><timePeriod><duration>900</duration><start>${startS}</start></timePeriod><value>120</value></IntervalReading>`,
    `<IntervalReading><ReadingQuality><quality>8</quality></ReadingQuality><timePeriod><duration>900</duration><start>${startS + 1800}</start></timePeriod><value>0</value></IntervalReading>`,
  ]);
});

test('every link up leads to a reading that is linked to its blocks and its type', () => {
  const feed = feedOpening(FACTS, [DRAWN]) + feedBlock(FACTS, DRAWN, [{ startS, wh: 1, estimated: false }]) + FEED_END;
  const linksOf = (rel: string) =>
    [...feed.matchAll(new RegExp(`rel="${rel}" href="([^"]+)"`, 'g'))].map(([, href]) => href);
  const related = new Set(linksOf('related'));
  expect(related).toContain('/espi/1_1/resource/RetailCustomer/1/UsagePoint/1/MeterReading/1/IntervalBlock');
  expect(related).toContain('/espi/1_1/resource/ReadingType/1');
  for (const up of linksOf('up').filter((href) => /IntervalBlock$|MeterReading$/.test(href ?? '')))
    expect(related).toContain(up);
  expect(linksOf('self')).toContain('/espi/1_1/resource/ReadingType/1');
});
