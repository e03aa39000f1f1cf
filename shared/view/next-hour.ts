import { HOUR_MS } from '@hems/models/calendar/seoul';
import { toleranceWh } from '@hems/models/forecast/confidence';
import type { HourForecast } from '@hems/models/forecast/answer';
import type { Forecast } from '../api/forecast.ts';
import { codeOf } from '../errors/api-error.ts';
import { powerRange } from '../format/power-range.ts';
import { clockText, momentText } from '../format/time.ts';
import type { AssistantTexts } from '../i18n/ko/assistant.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, empty, filled, type Card, type Loaded } from './card.ts';

export type AssistantWords = Words<AssistantTexts>;

export type NextHourView = {
  readonly when: string;
  readonly value: string;
  readonly unit: string;
  /** the range that it lands in 8 times out of 10 */
  readonly likely: string;
  /** the same as a picture: the range and the value on a line from nothing to a little more than the most, percent */
  readonly bar: { readonly left: number; readonly width: number; readonly at: number };
  /** what the confidence means, as a frequency */
  readonly often: string;
  readonly source: string;
  /** why it is not the model that speaks */
  readonly whySource: string | undefined;
};

const NO_CONSENT = 'no-consent';
/** Nothing is forecast, advised or planned before the household has agreed to it. */
export const lacksConsent = (error: unknown): boolean => codeOf(error) === NO_CONSENT;

/** A forecast is made every hour; behind this it is old, and says so. */
const OLD_MS = 2 * HOUR_MS;

/** The hours that are not over. */
const hoursAhead = ({ hours }: Forecast, nowMs: number): HourForecast[] =>
  hours.filter(({ ts }) => ts + HOUR_MS > nowMs);

/** When an old forecast was made, in words; undefined: it is not old. */
export const madeAt = ({ issuedAt }: Forecast, nowMs: number, t: Messages): string | undefined => {
  const issuedMs = Date.parse(issuedAt);
  return Number.isNaN(issuedMs) || nowMs - issuedMs < OLD_MS ? undefined : momentText(issuedMs, nowMs, t);
};

const oldNote = (forecast: Forecast, nowMs: number, { t, s }: AssistantWords): string | undefined => {
  const moment = madeAt(forecast, nowMs, t);
  return moment === undefined ? undefined : s.old(moment);
};

/** From when to when an hour runs. */
export const hourSpan = (ts: number, t: Messages): string => `${clockText(ts, t)}–${clockText(ts + HOUR_MS, t)}`;

export type Shown = { readonly words: AssistantWords; readonly nowMs: number };

/** The card of a forecast that has hours; each other state of it in words. */
export const forecastShown = <Content>(
  loaded: Loaded<Forecast>,
  { words, nowMs }: Shown,
  show: (forecast: Forecast, ahead: readonly [HourForecast, ...HourForecast[]]) => Content,
): Card<Content> => {
  const { t, s } = words;
  if (lacksConsent(loaded.error)) return empty(s.noConsent);
  return cardOf(loaded, t, (forecast) => {
    if (forecast.status !== 'ready') return empty(s[forecast.status]);
    const [next, ...later] = hoursAhead(forecast, nowMs);
    return next === undefined
      ? empty(s.tooOld)
      : filled(show(forecast, [next, ...later]), oldNote(forecast, nowMs, words));
  });
};

const TIMES = 10;

/** What the confidence means: of ten such hours, how many land near the value. */
const oftenText = ({ confidence, p50Wh }: HourForecast, { s }: AssistantWords): string => {
  const away = toleranceWh(p50Wh);
  const { text, unit } = powerRange({ low: Math.max(0, p50Wh - away), high: p50Wh + away });
  const range = { low: text('low'), high: `${text('high')} ${unit}` };
  const often = Math.round(confidence * TIMES);
  if (often === 0) return s.next.seldom(range);
  return often === TIMES ? s.next.nearlyAlways(range) : s.next.often({ ...range, often });
};

type SourceView = { readonly source: string; readonly whySource: string | undefined };

export const sourceView = (hour: HourForecast, { engine }: Forecast, { s }: AssistantWords): SourceView => {
  const source = engine === 'usual' ? 'usual' : hour.source;
  return { source: s.source[source], whySource: source === 'model' ? undefined : s.whySource[source] };
};

/** Room to the right of the most that is likely. */
const SCALE = 1.15;

const barOf = ({ p10Wh, p50Wh, p90Wh }: HourForecast): NextHourView['bar'] => {
  const percent = (wh: number): number => (100 * wh) / (Math.max(1, p90Wh) * SCALE);
  return { left: percent(p10Wh), width: percent(p90Wh - p10Wh), at: percent(p50Wh) };
};

const nextHourView = (hour: HourForecast, forecast: Forecast, words: AssistantWords): NextHourView => {
  const { t, s } = words;
  const { p50Wh: value, p10Wh: low, p90Wh: high, ts } = hour;
  const { text, unit } = powerRange({ value, low, high });
  return {
    when: hourSpan(ts, t),
    value: text('value'),
    unit,
    likely: s.next.likely({ low: text('low'), high: `${text('high')} ${unit}` }),
    bar: barOf(hour),
    often: oftenText(hour, words),
    ...sourceView(hour, forecast, words),
  };
};

/** The hour that runs: what it is expected to use, between what, and how sure that is. */
export const nextHourCard = (loaded: Loaded<Forecast>, shown: Shown): Card<NextHourView> =>
  forecastShown(loaded, shown, (forecast, [next]) => nextHourView(next, forecast, shown.words));
