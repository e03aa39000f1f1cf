import { localDate } from '@hems/models/calendar/seoul';
import { kwhText } from '../format/energy.ts';
import { percentText } from '../format/percent.ts';
import type { EnergyTexts } from '../i18n/ko/energy.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, empty, filled, type Card, type Loaded } from './card.ts';
import { csvFile, type CsvFile } from './csv.ts';
import {
  amountOf,
  barView,
  binName,
  binUnit,
  binsAsked,
  spanName,
  type BarView,
  type Context,
  type EnergyAsked,
} from './energy-bar.ts';
import {
  compareSeries,
  costSeries,
  sumOf,
  usageSeries,
  type EnergyAnswer,
  type Entry,
  type EntryState,
} from './energy-series.ts';
import { binsOf, type Span } from './energy-span.ts';

export type EnergyView = {
  readonly total: string;
  readonly totalLabel: string;
  /** how the total compares, in sentences */
  readonly compared: readonly string[];
  /** how a cost is worked out, and by what it may change */
  readonly notes: readonly string[];
  /** beside the total: the mean of a bar, and what came from where */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly bars: readonly BarView[];
  /** the states that are drawn in a way of their own, those that occur */
  readonly legend: readonly EntryState[];
  readonly summary: string;
  readonly leastTop: number;
  readonly csv: CsvFile;
};

const seriesOf = (asked: EnergyAsked, span: Span, answer: EnergyAnswer): Entry[] => {
  const bins = binsOf(binsAsked(asked), span);
  if (asked.unit === 'kwh' && answer.usage) return usageSeries(bins, answer.usage, asked.nowMs);
  if (asked.unit === 'won' && answer.days) return costSeries(bins, answer, asked.nowMs);
  return [];
};

const differenceText = (own: number, other: number, context: Context): string => {
  const { s, scope, comparison } = context;
  const than = s.comparedWith(scope, comparison);
  if (own === other) return s.same(than);
  const say = own < other ? s.less : s.more;
  // of nothing, or of a credit, there is no percentage
  const percent = other > 0 && own >= 0 ? percentText(Math.round(((own - other) * 10_000) / other)) : undefined;
  return say(than, amountOf(Math.abs(own - other), context), percent);
};

const comparedSentences = (own: readonly Entry[], other: readonly Entry[], context: Context): string[] => {
  const { s, scope, comparison } = context;
  if (comparison === 'none') return [];
  const sums = compareSeries(own, other);
  if (sums.bars === 0) {
    const isKnown = other.some(({ value }) => value !== null);
    return [isKnown ? s.comparedLater : s.comparedNone(s.comparedWith(scope, comparison))];
  }
  const isWhole = sums.bars === own.length && sums.bars === other.length;
  const sentence = differenceText(sums.own, sums.other, context);
  return isWhole ? [sentence] : [sentence, s.comparedOver(sums.bars, binUnit(context))];
};

/** What is not in the total. */
const gapNote = (entries: readonly Entry[], context: Context): string | undefined => {
  const { s, unit } = context;
  const { missing, partial } = sumOf(entries);
  const notes = [
    ...(missing > 0 ? [(unit === 'won' ? s.unpricedGaps : s.gaps)(missing, binUnit(context))] : []),
    ...(partial > 0 ? [s.partialBins(partial, binUnit(context))] : []),
  ];
  return notes.length === 0 ? undefined : notes.join(' ');
};

const costNotes = ({ days: answer, today }: EnergyAnswer, context: Context): string[] => {
  const { s, scope, span, nowMs } = context;
  const days = answer?.days ?? [];
  const date = localDate(nowMs);
  const holdsToday = span.from <= date && date <= span.to;
  return [
    ...(scope === 'day' ? [s.costByDay] : []),
    ...(holdsToday && typeof today?.costWon !== 'number' ? [s.costWithoutToday] : []),
    ...(days.some(({ cost }) => cost?.provisional) ? [s.costProvisional] : []),
    ...(days.some(({ cost }) => cost?.supplyAssumed) ? [s.costAssumed] : []),
  ];
};

/** The mean of the days or months that are whole; one alone has none, and an hour's says little. */
const meanOf = (entries: readonly Entry[], context: Context): EnergyView['facts'] => {
  const { s, scope } = context;
  const { own, bars } = compareSeries(entries, entries);
  if (scope === 'day' || bars < 2) return [];
  const value = amountOf(Math.round(own / bars), context);
  return [{ name: scope === 'year' ? s.monthlyMean : s.dailyMean, value }];
};

const FLOWS = ['solarWh', 'importWh', 'fromBatteryWh', 'exportWh', 'toBatteryWh'] as const;

/** What the total is made of: solar + grid in + battery out − grid out − battery in. Over the same intervals as the total. */
const flowsOf = ({ usage }: EnergyAnswer, { unit, s }: Context): EnergyView['facts'] => {
  if (unit === 'won' || !usage) return [];
  const counted = usage.intervals.filter(({ loadWh }) => loadWh !== null);
  const figures = FLOWS.flatMap((flow) => {
    const known = counted.flatMap((interval) => interval[flow] ?? []);
    return known.length === 0 ? [] : [{ flow, wh: known.reduce((total, wh) => total + wh, 0) }];
  });
  // of the grid alone the total says all
  if (!figures.some(({ flow }) => flow === 'solarWh' || flow === 'toBatteryWh')) return [];
  return figures.map(({ flow, wh }) => ({ name: s.flows[flow], value: `${kwhText(wh)} kWh` }));
};

/** Whole Wh or won, as they are; an empty field is not known. */
const csvOf = (bars: readonly BarView[], { s, unit, span }: Context): EnergyView['csv'] => {
  const head = [s.csv.time, unit === 'won' ? s.csv.cost : s.csv.use, s.csv.compared, s.csv.state];
  const rows = bars
    .filter(({ state }) => state !== 'future')
    .map(({ name, value, compared, stateText }) => [name, value ?? '', compared ?? '', stateText]);
  return csvFile(`hems-${unit}-${span.from}-${span.to}.csv`, [head, ...rows]);
};

/** The least height of the scale: what a small home uses, or what that costs. */
const leastTopOf = ({ scope, unit, step }: EnergyAsked): number => {
  if (unit === 'won') return scope === 'year' ? 20_000 : 1000;
  if (scope === 'day') return step === 'quarter' ? 200 : 500;
  return scope === 'year' ? 100_000 : 4000;
};

const LEGEND: readonly EntryState[] = ['known', 'estimated', 'partial', 'doubtful', 'missing'];
const legendOf = (entries: readonly Entry[]): EntryState[] => {
  const states = new Set<EntryState>(entries.map(({ state }) => state));
  return LEGEND.filter((state) => states.has(state));
};

const summaryOf = (entries: readonly Entry[], total: string, context: Context): string => {
  const { s, scope, span, unit } = context;
  const most = entries.reduce((a, b) => ((b.value ?? 0) > (a.value ?? 0) ? b : a));
  return s.chart({
    span: spanName(scope, span, context),
    what: s.total[unit],
    total,
    most: amountOf(most.value ?? 0, context),
    mostAt: binName(most.bin, context),
  });
};

type Both = { readonly answer: EnergyAnswer; readonly own: readonly Entry[]; readonly other: readonly Entry[] };

const contentOf = ({ answer, own, other }: Both, context: Context): EnergyView => {
  const { s, unit } = context;
  const total = amountOf(sumOf(own).value, context);
  const bars = own.map((entry, index) => barView(entry, other[index], { ...context, index }));
  return {
    total,
    totalLabel: s.total[unit],
    compared: comparedSentences(own, other, context),
    notes: unit === 'won' ? costNotes(answer, context) : [],
    facts: [...meanOf(own, context), ...flowsOf(answer, context)],
    bars,
    legend: legendOf(own),
    summary: summaryOf(own, total, context),
    leastTop: leastTopOf(context),
    csv: csvOf(bars, context),
  };
};

type Input = EnergyAsked & {
  readonly own: Loaded<EnergyAnswer>;
  /** absent: nothing to compare with */
  readonly other?: { readonly span: Span; readonly loaded: Loaded<EnergyAnswer> };
};

/** The chart of a span with its total. Until the span to compare with is there, it is shown without. */
export const energyCard = ({ own: loaded, other, ...asked }: Input, words: Words<EnergyTexts>): Card<EnergyView> =>
  cardOf(loaded, words.t, (answer) => {
    const against = other?.loaded.data;
    const context = { ...asked, ...words, comparison: against === undefined ? ('none' as const) : asked.comparison };
    const own = seriesOf(asked, asked.span, answer);
    if (own.every(({ value }) => value === null))
      return empty(own.every(({ state }) => state === 'future') ? words.s.notYet : words.s.empty);
    const compared = against === undefined || other === undefined ? [] : seriesOf(asked, other.span, against);
    return filled(contentOf({ answer, own, other: compared }, context), gapNote(own, context));
  });
