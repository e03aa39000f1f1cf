import type { Forecast } from '../api/forecast.ts';
import { localDateText } from '../format/date.ts';
import { kwhText } from '../format/energy.ts';
import { groupedText } from '../format/number.ts';
import { isFilled, empty, type Card, type Loaded } from './card.ts';
import { forecastShown } from './next-hour.ts';
import type { ForecastWords } from './forecast-hours.ts';

type Total = NonNullable<Forecast['today']>;

export type DayTotalView = {
  readonly name: string;
  readonly amount: string;
  readonly range: string;
  /** of the widest of the list, percent; undefined: it has another scale */
  readonly bar: { readonly left: number; readonly width: number; readonly mean: number } | undefined;
};
export type DaysView = { readonly days: readonly DayTotalView[]; readonly month: DayTotalView | undefined };

const named = (name: string, { meanWh, p10Wh, p90Wh }: Total, { f }: ForecastWords): Omit<DayTotalView, 'bar'> => ({
  name,
  amount: f.amount(kwhText(meanWh)),
  range: f.range(kwhText(p10Wh), kwhText(p90Wh)),
});

const monthOf = (month: Total, words: ForecastWords): DayTotalView => {
  const { f } = words;
  const kwh = (wh: number): string => groupedText(wh / 1000, 0);
  return {
    name: f.month,
    amount: f.amount(kwh(month.meanWh)),
    range: f.range(kwh(month.p10Wh), kwh(month.p90Wh)),
    bar: undefined,
  };
};

const barOf = ({ meanWh, p10Wh, p90Wh }: Total, mostWh: number): DayTotalView['bar'] => {
  const percent = (wh: number): number => (100 * wh) / mostWh;
  return { left: percent(p10Wh), width: percent(p90Wh - p10Wh), mean: percent(meanWh) };
};

const viewOf = (forecast: Forecast, words: ForecastWords): DaysView => {
  const { t, f } = words;
  const { today, tomorrow, days, month } = forecast;
  const totals: [string, Total][] = [
    ...(today ? [[f.today, today] satisfies [string, Total]] : []),
    ...(tomorrow ? [[f.tomorrow, tomorrow] satisfies [string, Total]] : []),
    ...days.map((day): [string, Total] => [localDateText(day.date, t), day]),
  ];
  const mostWh = Math.max(1, ...totals.map(([, { p90Wh }]) => p90Wh));
  return {
    days: totals.map(([name, total]) => ({ ...named(name, total, words), bar: barOf(total, mostWh) })),
    month: month ? monthOf(month, words) : undefined,
  };
};

/** Today, tomorrow, the days after it and the month, each with the range that it lands in 8 times out of 10. */
export const daysCard = (loaded: Loaded<Forecast>, words: ForecastWords, nowMs: number): Card<DaysView> => {
  const card = forecastShown(loaded, { words, nowMs }, (forecast) => viewOf(forecast, words));
  const isEmpty = isFilled(card) && card.content.days.length === 0 && card.content.month === undefined;
  return isEmpty ? empty(words.f.noDays) : card;
};
