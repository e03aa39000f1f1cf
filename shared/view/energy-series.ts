import { addDays, DAY_MS, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { Quality } from '@hems/models/reading/quality';
import type { Days } from '../api/days.ts';
import type { Today } from '../api/today.ts';
import type { Usage, UsageInterval } from '../api/usage.ts';
import type { Bin, Span } from './energy-span.ts';

/** What is known of one bar. `partial`: some of its time has no record. */
export type EntryState = 'known' | 'estimated' | 'partial' | 'doubtful' | 'missing' | 'future';

/** One bar: whole Wh or whole won, null where nothing is known; never 0 for that. */
export type Entry = {
  readonly bin: Bin;
  readonly value: number | null;
  readonly state: EntryState;
  /** its time is not over */
  readonly open: boolean;
};

const STATE_OF_QUALITY: Record<Quality, EntryState> = {
  good: 'known',
  estimated: 'estimated',
  missing: 'partial',
  bad: 'doubtful',
};

const unknown = (bin: Bin, nowMs: number): Entry => ({
  bin,
  value: null,
  state: bin.startMs >= nowMs ? 'future' : 'missing',
  open: bin.startMs < nowMs && bin.endMs > nowMs,
});

const usageEntry = (bin: Bin, found: UsageInterval | undefined, nowMs: number): Entry => {
  if (found === undefined || found.loadWh === null) return unknown(bin, nowMs);
  const { loadWh: value, quality, missingSlots } = found;
  const open = bin.endMs > nowMs;
  // The quarter hour that has not ended is no gap.
  const isPartial = missingSlots > (open ? 1 : 0);
  return { bin, value, state: isPartial ? 'partial' : STATE_OF_QUALITY[quality], open };
};

/** The use of the home by bar. */
export const usageSeries = (bins: readonly Bin[], usage: Usage, nowMs: number): Entry[] => {
  const byStart = new Map(usage.intervals.map((interval) => [interval.startMs, interval]));
  const byLabel = new Map(usage.intervals.map((interval) => [interval.label, interval]));
  return bins.map((bin) => usageEntry(bin, byLabel.get(bin.label) ?? byStart.get(bin.startMs), nowMs));
};

/** The answers to it: usage for kWh; for won the days, and today where the span holds it. */
export type EnergyAnswer = {
  readonly usage?: Usage;
  readonly days?: Days;
  readonly today?: Today | undefined;
};

/** What a day added to its bill; today's so far. */
type PricedDay = { readonly date: LocalDate; readonly won: number; readonly quality: Quality };

/** The days that have a cost. Today is told apart from them until it has become one of them. */
const pricedDays = ({ days: answer, today }: EnergyAnswer): PricedDay[] => {
  const days = answer?.days ?? [];
  const priced = days.flatMap(({ date, cost, quality }) =>
    cost === undefined ? [] : [{ date, won: cost.won, quality }],
  );
  if (!today || today.costWon === null || days.some(({ date }) => date === today.date)) return priced;
  return [...priced, { date: today.date, won: today.costWon, quality: today.quality }];
};

const wonOf = (priced: readonly PricedDay[]): number => priced.reduce((sum, { won }) => sum + won, 0);

/** Days one after the other without a gap, and what they added to their bill. */
export type PricedRun = Span & { readonly won: number };

/** The longest run of priced days, today included; of equally long ones the latest. Undefined: no day is priced. */
export const pricedRun = (answer: EnergyAnswer): PricedRun | undefined => {
  const runs: PricedDay[][] = [];
  for (const day of pricedDays(answer).toSorted((a, b) => a.date.localeCompare(b.date))) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && addDays(last.date, 1) === day.date) run.push(day);
    else runs.push([day]);
  }
  const longest = runs.reduce<PricedDay[]>((a, b) => (b.length >= a.length ? b : a), []);
  const [first, last] = [longest.at(0), longest.at(-1)];
  return first && last && { from: first.date, to: last.date, won: wonOf(longest) };
};

/** Days that have passed in a bar without a cost make it partial. */
const costEntry = (bin: Bin, priced: readonly PricedDay[], nowMs: number): Entry => {
  const today = localDate(nowMs);
  if (priced.length === 0) {
    const isToday = localDate(bin.startMs) === today;
    return isToday ? { bin, value: null, state: 'future', open: false } : unknown(bin, nowMs);
  }
  const value = wonOf(priced);
  const overMs = Math.min(bin.endMs, nowMs);
  const daysOver = Math.floor((overMs - bin.startMs) / DAY_MS);
  const open = bin.endMs > nowMs;
  if (priced.filter(({ date }) => date < today).length < daysOver) return { bin, value, state: 'partial', open };
  return { bin, value, state: priced.every(({ quality }) => quality === 'good') ? 'known' : 'estimated', open };
};

/** What each bar added to its bill. */
export const costSeries = (bins: readonly Bin[], answer: EnergyAnswer, nowMs: number): Entry[] => {
  const priced = pricedDays(answer);
  const byDate = Map.groupBy(priced, ({ date }) => date);
  const byMonth = Map.groupBy(priced, ({ date }) => date.slice(0, 7));
  return bins.map((bin) => costEntry(bin, byMonth.get(bin.label) ?? byDate.get(bin.label) ?? [], nowMs));
};

export type Sum = {
  readonly value: number;
  /** bars with a value */
  readonly counted: number;
  readonly missing: number;
  readonly partial: number;
};

/** The total of what is known, and how much is not. The same days give the same total by hour, day and month. */
export const sumOf = (entries: readonly Entry[]): Sum => ({
  value: entries.reduce((sum, { value }) => sum + (value ?? 0), 0),
  counted: entries.filter(({ value }) => value !== null).length,
  missing: entries.filter(({ state }) => state === 'missing').length,
  partial: entries.filter(({ state }) => state === 'partial').length,
});

const WHOLE: readonly EntryState[] = ['known', 'estimated', 'doubtful'];
const isWhole = ({ state, open }: Entry): boolean => !open && WHOLE.includes(state);

/** Both sides over the bars that both have in full: a day that is not over must not look like a saving. */
export const compareSeries = (
  own: readonly Entry[],
  other: readonly Entry[],
): { readonly own: number; readonly other: number; readonly bars: number } => {
  const pairs = own.flatMap((entry, index) => {
    const against = other[index];
    return against !== undefined && isWhole(entry) && isWhole(against)
      ? [{ own: entry.value ?? 0, other: against.value ?? 0 }]
      : [];
  });
  return {
    own: pairs.reduce((sum, pair) => sum + pair.own, 0),
    other: pairs.reduce((sum, pair) => sum + pair.other, 0),
    bars: pairs.length,
  };
};
