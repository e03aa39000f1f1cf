import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayStart, SLOT_MS } from '@hems/models/calendar/seoul';
import { feedReader } from '@hems/models/green-button/feed-reader';
import { refusals } from '@hems/models/history/reasons';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import { fileReader } from '../../adapters/files/file-reader.ts';
import { batchFeed, blocksFeed } from './read-feed.ts';
import type { Subscription } from './subscriptions.ts';

const FROM = dayStart('2026-10-01');
const QUARTERS = 31 * 96;
const NOW = FROM + QUARTERS * SLOT_MS;

const WH_MAX = 50_000;
const quarter = fc.record({
  importWh: fc.nat({ max: WH_MAX }),
  exportWh: fc.nat({ max: WH_MAX }),
  quality: fc.constantFrom('good' as const, 'good' as const, 'estimated' as const, 'missing' as const),
});
const aMonth = fc.array(quarter, { minLength: QUARTERS, maxLength: QUARTERS }).map((all) =>
  all.map(({ importWh, exportWh, quality }, at): HouseholdQuarter => {
    // whatever else: a gap of five hours over a midnight, and an estimated quarter
    const isGap = at >= 182 && at < 202;
    const is = isGap ? 'missing' : at === 300 ? 'estimated' : quality;
    const known = is === 'missing' ? { importWh: undefined, exportWh: undefined } : { importWh, exportWh };
    const rest = { solarWh: undefined, toBatteryWh: undefined, fromBatteryWh: undefined, loadWh: undefined };
    return { startMs: FROM + at * SLOT_MS, ...known, ...rest, quality: is };
  }),
);
const homeOf = (quarters: HouseholdQuarter[]): Subscription => ({
  subscriptionId: 'AAAAAAAAAAAAAAAAAAAAAA',
  nowMs: NOW,
  quarters: async ([from, to]) =>
    quarters.filter(({ startMs }) => startMs >= dayStart(from) && startMs < dayStart(to) + 96 * SLOT_MS),
});

/** What the reader of our imports finds, by the meter reading it belongs to. */
const read = async (xml: string) => {
  const refused = refusals();
  const reader = feedReader(refused);
  const texts = (async function* () {
    for (let at = 0; at < xml.length; at += 10_007) yield xml.slice(at, at + 10_007);
  })();
  await fileReader.tags(texts, reader);
  expect(refused.count()).toBe(0);
  return new Map([...reader.feed.readings].map(([up, readings]) => [/MeterReading\/(\d)/.exec(up)?.[1], readings]));
};

const wrote = (quarters: readonly HouseholdQuarter[], field: 'importWh' | 'exportWh') =>
  quarters.flatMap(({ startMs, quality, [field]: value }) =>
    value === undefined ? [] : [{ startS: startMs / 1000, seconds: 900, value, estimated: quality === 'estimated' }],
  );

test('a month with a gap and estimated quarters is read back to the Wh, with the same gap and the same qualities', async () => {
  await fc.assert(
    fc.asyncProperty(aMonth, async (quarters) => {
      const found = await read(await batchFeed(homeOf(quarters), {}));
      const said = (number: string) => found.get(number)?.map(({ line: _line, ...one }) => one);
      expect(said('1')).toEqual(wrote(quarters, 'importWh'));
      expect(said('2')).toEqual(wrote(quarters, 'exportWh'));
    }),
    { numRuns: 5 },
  );
});

test('read in pages of any size it is the same, each quarter once', async () => {
  await fc.assert(
    fc.asyncProperty(aMonth, fc.integer({ min: 2, max: 20 }), async (quarters, most) => {
      const found = [];
      let window: Record<string, number> = { 'max-results': most };
      for (let page = 0; page < 40; page += 1) {
        const xml = await blocksFeed(homeOf(quarters), '1', window);
        const readings = (await read(xml)).get('1') ?? [];
        expect(xml.match(/<IntervalBlock /g)?.length ?? 0).toBeLessThanOrEqual(most);
        found.push(...readings.map(({ startS, value }) => [startS, value]));
        const next = /rel="next" href="([^"]+)"/.exec(xml)?.[1]?.replaceAll('&amp;', '&');
        if (next === undefined) break;
        const query = new URL(next, 'https://hems.example').searchParams;
        const at = (name: string) => Date.parse(query.get(name) ?? '');
        window = {
          'max-results': Number(query.get('max-results')),
          'published-min': at('published-min'),
          'published-max': at('published-max'),
        };
      }
      expect(found).toEqual(wrote(quarters, 'importWh').map(({ startS, value }) => [startS, value]));
    }),
    { numRuns: 3 },
  );
});
