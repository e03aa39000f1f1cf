import { HOUR_MS } from '@hems/models/calendar/seoul';
import type { HourForecast } from '@hems/models/forecast/answer';
import type { Forecast } from '../api/forecast.ts';
import type { Usage } from '../api/usage.ts';
import type { ActualHour, ForecastHour } from '../chart/forecast-chart.ts';
import { groupedText } from '../format/number.ts';
import { powerRange } from '../format/power-range.ts';
import { clockText, dateText, momentText } from '../format/time.ts';
import type { ForecastTexts } from '../i18n/ko/forecast.ts';
import type { Card, Loaded } from './card.ts';
import { untilText } from './until.ts';
import { forecastShown, sourceView, type AssistantWords } from './next-hour.ts';

export type ForecastWords = AssistantWords & { readonly f: ForecastTexts };

export type HourRow = {
  readonly ts: number;
  readonly time: string;
  readonly mean: string;
  readonly middle: string;
  readonly range: string;
  readonly naive: string;
  readonly solar: string;
  readonly source: string;
};
export type HoursView = {
  readonly hours: readonly ForecastHour[];
  readonly actual: readonly ActualHour[];
  /** the chart in one sentence */
  readonly summary: string;
  readonly rows: readonly HourRow[];
  readonly hasNaive: boolean;
  readonly hasSolar: boolean;
  /** where the numbers come from, why, and what is to be known about them */
  readonly notes: readonly string[];
};

const kwText = (watts: number | null, f: ForecastTexts): string =>
  watts === null ? f.unknown : `${groupedText(watts / 1000, 2)} kW`;

const solarOf = ({ solar }: Forecast): ReadonlyMap<number, number> =>
  new Map(solar?.map(({ ts, meanWh }) => [ts, meanWh]));

const summaryOf = (ahead: readonly HourForecast[], { t, f }: ForecastWords, nowMs: number): string => {
  const most = ahead.reduce((a, b) => (b.p50Wh > a.p50Wh ? b : a));
  const { text, unit } = powerRange({ most: most.p50Wh, low: most.p10Wh, high: most.p90Wh });
  return f.summary({
    until: untilText((ahead.at(-1)?.ts ?? 0) + HOUR_MS, nowMs, { t, midnight: f.midnight }),
    most: `${text('most')} ${unit}`,
    mostAt: momentText(most.ts, nowMs, t),
    low: text('low'),
    high: `${text('high')} ${unit}`,
  });
};

/** The hours of today that are over; where their record breaks off, so does the line. */
const actualOf = (usage: Usage | undefined, untilMs: number): ActualHour[] =>
  (usage?.intervals ?? [])
    .filter(({ endMs }) => endMs <= untilMs)
    .map(({ startMs, loadWh }) => ({ ts: startMs, value: loadWh }));

const notesOf = (ahead: readonly HourForecast[], forecast: Forecast, words: ForecastWords): string[] => {
  const { s, f } = words;
  const sources = ahead.map((hour) => sourceView(hour, forecast, words));
  const named = [...new Set(sources.map(({ source }) => source))].join(', ');
  const why = [...new Set(sources.flatMap(({ whySource }) => whySource ?? []))];
  const notices = forecast.notices
    // the source says it already
    .filter((notice) => notice !== 'withheld' || !why.includes(s.whySource.withheld))
    .map((notice) => f.notice[notice]);
  return [...notices, `${s.sourceIs(named)} · ${f.version(forecast.modelVersion)}`, ...why];
};

type Said = { readonly hour: ForecastHour; readonly meanWh: number; readonly source: string };

const rowOf = ({ hour, meanWh, source }: Said, { t, f }: ForecastWords): HourRow => ({
  ts: hour.ts,
  time: f.hour(clockText(hour.ts, t), dateText(hour.ts, t)),
  mean: kwText(meanWh, f),
  middle: kwText(hour.middle, f),
  range: `${groupedText(hour.low / 1000, 2)}–${kwText(hour.high, f)}`,
  naive: kwText(hour.naive, f),
  solar: kwText(hour.solar, f),
  source,
});

type Asked = {
  readonly loaded: Loaded<Forecast>;
  /** the hours of today so far, for the line before the forecast */
  readonly today: Usage | undefined;
  readonly nowMs: number;
};

/** Hour by hour until the end of tomorrow: the middle, the range of 8 in 10, and the 7-day mean beside them; the mean for the table. */
export const hoursCard = ({ loaded, today, nowMs }: Asked, words: ForecastWords): Card<HoursView> =>
  forecastShown(loaded, { words, nowMs }, (forecast, ahead) => {
    const solar = solarOf(forecast);
    const hours = ahead.map(({ ts, p50Wh, p10Wh, p90Wh, naiveWh }): ForecastHour => ({
      ts,
      middle: p50Wh,
      low: p10Wh,
      high: p90Wh,
      naive: naiveWh,
      solar: solar.get(ts) ?? null,
    }));
    return {
      hours,
      actual: actualOf(today, ahead[0].ts),
      summary: summaryOf(ahead, words, nowMs),
      rows: hours.map((hour, index) => {
        const said = ahead[index] ?? ahead[0];
        return rowOf({ hour, meanWh: said.meanWh, source: sourceView(said, forecast, words).source }, words);
      }),
      hasNaive: hours.some(({ naive }) => naive !== null),
      hasSolar: hours.some(({ solar: made }) => made !== null),
      notes: notesOf(ahead, forecast, words),
    };
  });
