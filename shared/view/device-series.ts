import { addDays, dayStart, HOUR_MS, isoSeoul, localDate, localTime, SLOT_MS } from '@hems/models/calendar/seoul';
import type { DeviceSeries } from '../api/devices.ts';
import type { RangePoint } from '../chart/range-chart.ts';
import { groupedText } from '../format/number.ts';
import { clockText, dateText } from '../format/time.ts';
import type { EnergyTexts } from '../i18n/ko/energy.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, empty, filled, type Card, type Loaded } from './card.ts';
import { csvFile, type CsvFile } from './csv.ts';
import { keptDays, valueText, writtenOf, type ShownQuantity } from './device-quantity.ts';
import { quarterName, spanName } from './energy-bar.ts';
import type { Span } from './energy-span.ts';

/** What one chart of a device spans. */
export const SERIES_SCOPES = ['day', 'week', 'month'] as const;
export type SeriesScope = (typeof SERIES_SCOPES)[number];

export const seriesGrain = (scope: SeriesScope): DeviceSeries['grain'] => (scope === 'day' ? '15min' : 'hour');

/** The first day of which anything of a quantity is kept. */
export const keptFrom = (quantity: ShownQuantity, nowMs: number): string =>
  addDays(localDate(nowMs), -keptDays(quantity));

export type SeriesPoint = RangePoint & {
  readonly name: string;
  readonly spoken: string;
  readonly cells: readonly [mean: string, least: string, most: string];
};

export type SeriesView = {
  readonly points: readonly SeriesPoint[];
  readonly frame: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly stepMs: number;
    readonly fromZero: boolean;
    readonly leastSpan: number;
  };
  /** mean, least and greatest of the span, the latter two with their time */
  readonly facts: readonly { readonly name: string; readonly value: string; readonly at: string | undefined }[];
  readonly unit: string;
  readonly summary: string;
  readonly csv: CsvFile;
};

export type SeriesAsked = {
  readonly name: string;
  readonly quantity: ShownQuantity;
  readonly scope: SeriesScope;
  readonly span: Span;
};
type Context = SeriesAsked & Words<EnergyTexts> & { readonly stepMs: number };
type Point = DeviceSeries['points'][number];
type Known = Point & { readonly value: number; readonly min: number; readonly max: number };

const isKnown = (point: Point): point is Known =>
  point.value !== null && point.min !== null && point.max !== null && point.samples > 0;

const intervalName = (startMs: number, { scope, s, t, stepMs }: Context): string =>
  scope === 'day'
    ? quarterName({ startMs, endMs: startMs + stepMs })
    : `${dateText(startMs, t)} ${s.hour(Number(localTime(startMs).slice(0, 2)))}`;

const pointView = (point: Point, context: Context): SeriesPoint => {
  const { s, quantity } = context;
  const name = intervalName(point.startMs, context);
  if (!isKnown(point))
    return {
      ts: point.startMs,
      value: null,
      min: 0,
      max: 0,
      name,
      spoken: `${name} · ${s.none}`,
      cells: ['–', '–', '–'],
    };
  const { value, min, max } = point;
  const [mean, least, most] = [valueText(value, quantity), valueText(min, quantity), valueText(max, quantity)] as const;
  const spoken = s.device.point({ name, value: mean, least, most });
  return { ts: point.startMs, value, min, max, name, spoken, cells: [mean, least, most] };
};

type Extremes = { readonly mean: number; readonly least: Known; readonly most: Known };

/** The mean counts each value that was told once, however many fell into an interval. */
const extremesOf = (known: readonly [Known, ...Known[]]): Extremes => {
  const samples = known.reduce((sum, point) => sum + point.samples, 0);
  return {
    mean: known.reduce((sum, point) => sum + point.value * point.samples, 0) / samples,
    least: known.reduce((a, b) => (b.min < a.min ? b : a)),
    most: known.reduce((a, b) => (b.max > a.max ? b : a)),
  };
};

const timeOf = (startMs: number, { scope, s, t }: Context): string =>
  s.device.at(scope === 'day' ? clockText(startMs, t) : `${dateText(startMs, t)} ${clockText(startMs, t)}`);

const factsOf = ({ mean, least, most }: Extremes, context: Context): SeriesView['facts'] => {
  const { s, quantity } = context;
  const { facts } = s.device;
  return [
    { name: facts.mean, value: valueText(mean, quantity), at: undefined },
    { name: facts.least, value: valueText(least.min, quantity), at: timeOf(least.startMs, context) },
    { name: facts.most, value: valueText(most.max, quantity), at: timeOf(most.startMs, context) },
  ];
};

const csvOf = (points: readonly Point[], { s, t, quantity, name, span }: Context): CsvFile => {
  const { csv } = s.device;
  const { per, decimals, unit } = writtenOf(quantity);
  const figure = (value: number | null): string =>
    value === null ? '' : groupedText(value / per, decimals).replaceAll(',', '');
  const named = (column: string): string => (unit === '' ? column : `${column} (${unit})`);
  const head = [csv.time, named(csv.mean), named(csv.least), named(csv.most), csv.samples, csv.state];
  const rows = points.map((point) => [
    isoSeoul(point.startMs),
    figure(point.value),
    figure(point.min),
    figure(point.max),
    point.samples,
    t.quality[point.quality],
  ]);
  return csvFile(`hems-${name}-${quantity}-${span.from}-${span.to}.csv`, [head, ...rows]);
};

const contentOf = (series: DeviceSeries, extremes: Extremes, context: Context): SeriesView => {
  const { s, quantity, scope, span, stepMs } = context;
  const { fromZero = false, leastSpan, unit } = writtenOf(quantity);
  const facts = factsOf(extremes, context);
  const [mean = '', least = '', most = ''] = facts.map(({ value }) => value);
  return {
    points: series.points.map((point) => pointView(point, context)),
    frame: { fromMs: dayStart(span.from), toMs: dayStart(addDays(span.to, 1)), stepMs, fromZero, leastSpan },
    facts,
    unit,
    summary: s.device.chart({ span: spanName(scope, span, context), what: s.quantity[quantity], mean, least, most }),
    csv: csvOf(series.points, context),
  };
};

/** One quantity of a device over a span: mean, least and greatest of each interval and of all of them. */
export const deviceSeriesCard = (
  loaded: Loaded<DeviceSeries>,
  asked: SeriesAsked,
  words: Words<EnergyTexts>,
): Card<SeriesView> =>
  cardOf(loaded, words.t, (series) => {
    const context = { ...asked, ...words, stepMs: series.grain === 'hour' ? HOUR_MS : SLOT_MS };
    const [first, ...rest] = series.points.filter(isKnown);
    if (first === undefined) return empty(words.s.device.empty);
    // the interval that has just begun may have none yet
    const hasGaps = series.points.slice(0, -1).some((point) => !isKnown(point));
    return filled(contentOf(series, extremesOf([first, ...rest]), context), hasGaps ? words.s.device.gaps : undefined);
  });
