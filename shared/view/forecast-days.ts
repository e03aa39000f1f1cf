import type { Forecast } from '../api/forecast.ts';
import { localDateText } from '../format/date.ts';
import { kwhText } from '../format/energy.ts';
import { isFilled, empty, type Card, type Loaded } from './card.ts';
import { forecastShown } from './next-hour.ts';
import type { ForecastWords } from './forecast-hours.ts';

type Total = NonNullable<Forecast['today']>;

export type DayTotalView = {
  readonly name: string;
  readonly amount: string;
  readonly range: string;
  /** of the widest of the list, percent */
  readonly bar: { readonly left: number; readonly width: number; readonly mean: number };
};

const named = (name: string, { meanWh, p10Wh, p90Wh }: Total, { f }: ForecastWords): Omit<DayTotalView, 'bar'> => ({
  name,
  amount: f.amount(kwhText(meanWh)),
  range: f.range(kwhText(p10Wh), kwhText(p90Wh)),
});

const barOf = ({ meanWh, p10Wh, p90Wh }: Total, mostWh: number): DayTotalView['bar'] => {
  const percent = (wh: number): number => (100 * wh) / mostWh;
  return { left: percent(p10Wh), width: percent(p90Wh - p10Wh), mean: percent(meanWh) };
};

const daysOf = (forecast: Forecast, words: ForecastWords): DayTotalView[] => {
  const { t, f } = words;
  const { today, tomorrow, days } = forecast;
  const totals: [string, Total][] = [
    ...(today ? [[f.today, today] satisfies [string, Total]] : []),
    ...(tomorrow ? [[f.tomorrow, tomorrow] satisfies [string, Total]] : []),
    ...days.map((day): [string, Total] => [localDateText(day.date, t), day]),
  ];
  const mostWh = Math.max(1, ...totals.map(([, { p90Wh }]) => p90Wh));
  return totals.map(([name, total]) => ({ ...named(name, total, words), bar: barOf(total, mostWh) }));
};

/** Today, tomorrow and the days after it, each with the range that it lands in 8 times out of 10. */
export const daysCard = (
  loaded: Loaded<Forecast>,
  words: ForecastWords,
  nowMs: number,
): Card<readonly DayTotalView[]> => {
  const card = forecastShown(loaded, { words, nowMs }, (forecast) => daysOf(forecast, words));
  return isFilled(card) && card.content.length === 0 ? empty(words.f.noDays) : card;
};
