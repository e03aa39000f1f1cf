import { addDays, DAY_MS, dayStart, isoSeoul, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import {
  FEED_END,
  feedBlock,
  feedStart,
  localTimeEntry,
  meterReadingEntry,
  pathsOf,
  readingTypeEntry,
  seriesEntries,
  usagePointEntry,
  type FeedFacts,
  type FeedPlace,
  type Series,
} from '@hems/models/green-button/feed-writer';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import { ESPI_RESOURCES, FEED_DAYS_MAX } from '@hems/shared/partner-api/greenbutton';
import { Refused } from '../refusal.ts';
import { isSome, QUARTERS, quarterReadings, uuidOf } from './quarter-readings.ts';
import type { Subscription } from './subscriptions.ts';

const ALL: readonly Series[] = Object.values(QUARTERS);
/** The series of a meter reading, by its number; of no number all of them. */
const seriesOf = (number: string | undefined): readonly Series[] =>
  ALL.filter((one) => number === undefined || String(one.number) === number);

const TITLE = 'HEMS';
const placeOf = (subscriptionId: string): FeedPlace => ({
  resources: ESPI_RESOURCES,
  usagePoints: `${ESPI_RESOURCES}/Subscription/${subscriptionId}/UsagePoint`,
});
/** Of what belongs to no home: links that lead to one are not written there. */
const NO_HOME = placeOf('');

const factsOf = ({ subscriptionId, nowMs }: Pick<Subscription, 'subscriptionId' | 'nowMs'>): FeedFacts => ({
  idOf: uuidOf(`subscription ${subscriptionId}`),
  updated: isoSeoul(nowMs),
  title: TITLE,
  place: placeOf(subscriptionId),
});

export type Window = {
  readonly 'published-min'?: number | undefined;
  readonly 'published-max'?: number | undefined;
  readonly 'max-results'?: number | undefined;
};
type Span = { readonly minMs: number; readonly maxMs: number };

const spanOf = ({ 'published-min': min, 'published-max': max }: Window, nowMs: number): Span => {
  const maxMs = Math.min(max ?? nowMs, nowMs);
  const minMs = min ?? maxMs - FEED_DAYS_MAX * DAY_MS + 1;
  if (maxMs - minMs > FEED_DAYS_MAX * DAY_MS)
    throw new Refused(
      'invalid',
      `published-min to published-max is more than ${FEED_DAYS_MAX} days; ask in parts`,
      'window-too-long',
    );
  return { minMs, maxMs };
};

/** The days that were over in the span; none: the first comes after the last. */
const daysIn = ({ minMs, maxMs }: Span): readonly [LocalDate, LocalDate] => [
  localDate(minMs - 1),
  addDays(localDate(maxMs), -1),
];

type Day = { readonly date: LocalDate; readonly blocks: readonly string[] };

const blocksOf = (facts: FeedFacts, series: readonly Series[], quarters: readonly HouseholdQuarter[]): Day[] =>
  [...Map.groupBy(quarters, ({ startMs }) => localDate(startMs))].map(([date, ofDay]) => ({
    date,
    blocks: series.flatMap((one) => {
      const readings = quarterReadings(ofDay, one.flow);
      return isSome(readings) ? [feedBlock(facts, one, readings)] : [];
    }),
  }));

/** Whole days, until one more would be too many. */
const pageOf = (days: readonly Day[], most: number): { readonly page: readonly Day[]; readonly next?: LocalDate } => {
  let count = 0;
  const end = days.findIndex(({ blocks }) => (count += blocks.length) > most);
  return end < 0 ? { page: days } : { page: days.slice(0, end), next: days[end]?.date ?? '' };
};

type Rest = { readonly from: LocalDate; readonly maxMs: number; readonly most: number };
const nextOf = (self: string, { from, maxMs, most }: Rest): string => {
  const min = isoSeoul(dayStart(addDays(from, 1)));
  const query = { 'max-results': String(most), 'published-max': isoSeoul(maxMs), 'published-min': min };
  return `${self}?${Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;
};

type Blocks = { readonly self: string; readonly series: readonly Series[]; readonly before: string };

const feedOfBlocks = async (home: Subscription, { self, series, before }: Blocks, window: Window): Promise<string> => {
  const span = spanOf(window, home.nowMs);
  const dates = daysIn(span);
  const most = window['max-results'] ?? Infinity;
  const facts = factsOf(home);
  const quarters = dates[0] > dates[1] ? [] : await home.quarters(dates);
  const { page, next } = pageOf(blocksOf(facts, series, quarters), most);
  const rest = next === undefined ? undefined : nextOf(self, { from: next, maxMs: span.maxMs, most });
  const start = feedStart(facts, { self, next: rest });
  return [start, before, ...page.flatMap(({ blocks }) => blocks), FEED_END].join('');
};

/** Everything of a home. */
export const batchFeed = (home: Subscription, window: Window): Promise<string> =>
  feedOfBlocks(
    home,
    {
      self: `${ESPI_RESOURCES}/Batch/Subscription/${home.subscriptionId}`,
      series: ALL,
      before: seriesEntries(factsOf(home), ALL),
    },
    window,
  );

/** The days of one direction. */
export const blocksFeed = (home: Subscription, meterReadingId: string, window: Window): Promise<string> => {
  const self = pathsOf(placeOf(home.subscriptionId)).blocks(Number(meterReadingId));
  return feedOfBlocks(home, { self, series: seriesOf(meterReadingId), before: '' }, window);
};

/** The day in which the block begins. */
export const blockFeed = (home: Subscription, meterReadingId: string, blockId: string): Promise<string> => {
  const ms = dayStart(addDays(localDate(Number(blockId) * 1000), 1));
  return blocksFeed(home, meterReadingId, { 'published-min': ms, 'published-max': ms });
};

const feedOf = (facts: FeedFacts, self: string, entries: readonly string[]): string =>
  [feedStart(facts, { self }), ...entries, FEED_END].join('');

export const usagePointFeed = (home: Subscription, self: 'usagePoints' | 'usagePoint'): string => {
  const facts = factsOf(home);
  return feedOf(facts, pathsOf(placeOf(home.subscriptionId))[self], [usagePointEntry(facts, ALL)]);
};

export const meterReadingFeed = (home: Subscription, number: string | undefined): string => {
  const facts = factsOf(home);
  const paths = pathsOf(placeOf(home.subscriptionId));
  const self = number === undefined ? paths.meterReadings : paths.meterReading(Number(number));
  return feedOf(
    facts,
    self,
    seriesOf(number).map((one) => meterReadingEntry(facts, one)),
  );
};

/** What is the same for all homes; it last changed when it was written. */
const OF_ALL = factsOf({ subscriptionId: '', nowMs: dayStart('2026-11-23') });

export const readingTypeFeed = (number: string | undefined): string => {
  const { types, type } = pathsOf(NO_HOME);
  const self = number === undefined ? types : type(Number(number));
  return feedOf(
    OF_ALL,
    self,
    seriesOf(number).map((one) => readingTypeEntry(OF_ALL, one)),
  );
};

export const localTimeFeed = (self: 'times' | 'time'): string =>
  feedOf(OF_ALL, pathsOf(NO_HOME)[self], [localTimeEntry(OF_ALL)]);
