import { localTime, weekday } from '@hems/models/calendar/seoul';
import { dayText, localDateText, monthText, spanText } from '../format/date.ts';
import { kwhFineText, kwhText } from '../format/energy.ts';
import { wonText } from '../format/money.ts';
import { groupedText } from '../format/number.ts';
import type { EnergyTexts } from '../i18n/ko/energy.ts';
import type { Words } from '../i18n/texts.ts';
import type { Entry, EntryState } from './energy-series.ts';
import type { Bin, Span } from './energy-span.ts';
import type { Bins, Comparison, Scope, Step } from './scope.ts';

export const UNITS = ['kwh', 'won'] as const;
export type Unit = (typeof UNITS)[number];

/** One bar as it is drawn, spoken and written into the table. */
export type BarView = {
  readonly label: string;
  readonly name: string;
  /** under the axis; not every bar has one */
  readonly tick: string | undefined;
  readonly value: number | null;
  readonly compared: number | null;
  readonly state: EntryState;
  readonly valueText: string;
  readonly comparedText: string | undefined;
  readonly stateText: string;
  /** everything in one line */
  readonly spoken: string;
};
/** What the screen asked for. */
export type EnergyAsked = {
  readonly scope: Scope;
  readonly unit: Unit;
  readonly span: Span;
  readonly comparison: Comparison;
  /** of a day in kWh; absent: hours */
  readonly step?: Step | undefined;
  readonly nowMs: number;
};
export type Context = EnergyAsked & Words<EnergyTexts>;

/** A price of an hour does not exist: a day in won is one bar. */
export const binsAsked = ({ scope, unit, step }: Pick<EnergyAsked, 'scope' | 'unit' | 'step'>): Bins => {
  if (scope !== 'day') return scope;
  if (unit === 'won') return 'week';
  return step === 'quarter' ? 'quarters' : 'day';
};

export const amountOf = (value: number, { unit, scope }: Pick<EnergyAsked, 'unit' | 'scope'>): string => {
  if (unit === 'won') return wonText(value);
  return `${scope === 'day' ? kwhFineText(value) : kwhText(value)} kWh`;
};

/** The name of a span: `2026년 11월`. */
export const spanName = (scope: Scope, span: Span, { t, s }: Words<EnergyTexts>): string => {
  if (scope === 'day') return localDateText(span.from, t);
  if (scope === 'week') return spanText(span, t);
  if (scope === 'billing') return s.billingSpan(dayText(span.from, t), dayText(span.to, t));
  return scope === 'month' ? monthText(span.from.slice(0, 7), t) : t.year(Number(span.from.slice(0, 4)));
};

const timeOf = (ms: number): string => localTime(ms).replace(/^(..)/, '$1:');
/** The day ends at 24:00, not at 0:00 of the next. */
export const quarterName = ({ startMs, endMs }: Pick<Bin, 'startMs' | 'endMs'>): string =>
  `${timeOf(startMs)}–${timeOf(endMs).replace(/^00:00$/, '24:00')}`;

export const binName = (bin: Bin, context: Context): string => {
  const bins = binsAsked(context);
  if (bins === 'day') return context.s.hour(Number(bin.label));
  if (bins === 'quarters') return quarterName(bin);
  return bins === 'year' ? monthText(bin.label, context.t) : localDateText(bin.label, context.t);
};

/** Each seventh day; all of a week by their weekday. */
const dayTick = (bin: Bin, index: number, { s, scope }: Context): string | undefined => {
  if (scope === 'week') return s.tickWeekday(weekday(bin.label));
  return index % 7 === 0 ? s.tickDay(Number(bin.label.slice(8))) : undefined;
};

const tickOf = (bin: Bin, index: number, context: Context): string | undefined => {
  const { s } = context;
  const bins = binsAsked(context);
  if (bins === 'day') return index % 6 === 0 ? s.tickHour(index) : undefined;
  if (bins === 'quarters') return index % 24 === 0 ? s.tickHour(index / 4) : undefined;
  if (bins === 'year') return index % 2 === 0 ? s.tickMonth(index + 1) : undefined;
  return dayTick(bin, index, context);
};

/** What a bar is; a day whose cost is not there has a record, it is only not priced. */
export const stateWord = (state: EntryState, { s, unit }: Pick<Context, 's' | 'unit'>): string =>
  state === 'missing' && unit === 'won' ? s.unpriced : s.states[state];

export const barView = (
  entry: Entry,
  other: Entry | undefined,
  context: Context & { readonly index: number },
): BarView => {
  const { s, scope, comparison, index } = context;
  const { bin, value, state, open } = entry;
  const name = binName(bin, context);
  const valueText = value === null ? s.none : amountOf(value, context);
  const said = stateWord(state, context);
  const stateText = open ? `${s.open}, ${said}` : said;
  const compared = other?.value ?? null;
  const comparedText = compared === null ? undefined : amountOf(compared, context);
  const line = value === null ? `${name} · ${stateText}` : s.bar({ name, value: valueText, state: stateText });
  const than = s.comparedWith(scope, comparison);
  return {
    label: bin.label,
    name,
    tick: tickOf(bin, index, context),
    value,
    compared,
    state,
    valueText: value === null ? stateText : valueText,
    comparedText,
    stateText,
    spoken: comparedText === undefined ? line : `${line} · ${s.barCompared(than, comparedText)}`,
  };
};

export const binUnit = (context: Context): string => {
  const { binUnit: units } = context.s;
  const bins = binsAsked(context);
  if (bins === 'quarters') return units.quarter;
  return bins === 'day' ? units.hour : bins === 'year' ? units.month : units.day;
};

/** A tick of the axis, without its unit. */
export const axisText = (value: number, unit: Unit): string =>
  unit === 'won' ? groupedText(value, 0) : String(value / 1000);
