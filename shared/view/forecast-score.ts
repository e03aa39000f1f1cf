import type { Forecast, ForecastAccuracy } from '../api/forecast.ts';
import { dayText, localDateText } from '../format/date.ts';
import { kwhText } from '../format/energy.ts';
import { groupedText } from '../format/number.ts';
import { cardOf, empty, ready, type Card, type Loaded } from './card.ts';
import type { ForecastWords } from './forecast-hours.ts';
import { lacksConsent } from './next-hour.ts';

export type ScoreView = {
  readonly over: string;
  readonly ours: string;
  readonly theirs: string;
  readonly verdict: string;
  readonly isBetter: boolean;
  readonly kept: string;
  readonly keptVerdict: string;
};

/** Promised are 80 of 100 hours; within this of it the promise is kept (forecasting.md: 80 ± 5 a home). */
const PROMISED = 80;
const KEPT_WITHIN = 5;

const keptVerdict = (within80: number, { f }: ForecastWords): string => {
  if (Math.abs(within80 - PROMISED) <= KEPT_WITHIN) return f.keptWell;
  return within80 > PROMISED ? f.keptMore : f.keptLess;
};

const whole = (percent: number): string => groupedText(percent, 0);

/** How the forecasts of the last weeks did, beside the 7-day mean, and whether the range held what it promised. */
export const scoreCardOf = (loaded: Loaded<Forecast>, words: ForecastWords): Card<ScoreView> => {
  const { t, s, f } = words;
  if (lacksConsent(loaded.error)) return empty(s.noConsent);
  return cardOf(loaded, t, ({ scorecard }) => {
    if (scorecard === null) return empty(f.noScore);
    const { days, accuracy, naiveAccuracy, within80 } = scorecard;
    const isBetter = accuracy > naiveAccuracy;
    return ready({
      over: f.scoreOver(days),
      ours: f.right(whole(accuracy)),
      theirs: f.right(whole(naiveAccuracy)),
      verdict: isBetter ? f.better : f.notBetter,
      isBetter,
      kept: f.kept(groupedText(within80 / 10, 1)),
      keptVerdict: keptVerdict(within80, words),
    });
  });
};

/** A day that is over beside what was foreseen of it; `value` and `compared` in percent. */
export type AccuracyBar = {
  readonly label: string;
  readonly name: string;
  readonly tick: string | undefined;
  readonly value: number;
  readonly compared: number;
  readonly state: 'known';
  readonly expected: string;
  readonly actual: string;
  readonly accuracy: string;
  readonly naive: string;
  readonly kept: string;
  readonly spoken: string;
};
export type AccuracyView = {
  readonly bars: readonly AccuracyBar[];
  readonly leastTop: number;
  readonly summary: string;
};

type Day = ForecastAccuracy['days'][number];

const TICK_DAYS = 7;

const barOf = (day: Day, index: number, { t, f }: ForecastWords): AccuracyBar => {
  const { date, actualWh, expectedWh, accuracy, naiveAccuracy, within80 } = day;
  const told = {
    expected: kwhText(expectedWh),
    actual: kwhText(actualWh),
    accuracy: whole(accuracy),
    naive: whole(naiveAccuracy),
  };
  const name = localDateText(date, t);
  return {
    label: date,
    name,
    tick: index % TICK_DAYS === 0 ? f.dayTick(Number(date.slice(8))) : undefined,
    value: accuracy,
    compared: naiveAccuracy,
    state: 'known',
    ...told,
    kept: f.keptHours(groupedText(within80 / 10, 1)),
    spoken: f.dayLine({ date: name, ...told }),
  };
};

const middleOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Each day that is over, held against the forecast of its midnight. */
export const accuracyCard = (loaded: Loaded<ForecastAccuracy>, words: ForecastWords): Card<AccuracyView> => {
  const { t, s, f } = words;
  if (lacksConsent(loaded.error)) return empty(s.noConsent);
  return cardOf(loaded, t, ({ days }) => {
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return empty(f.noAccuracy);
    return ready({
      bars: days.map((day, index) => barOf(day, index, words)),
      leastTop: 100,
      summary: f.accuracySummary({
        from: dayText(first.date, t),
        to: dayText(last.date, t),
        mean: whole(middleOf(days.map(({ accuracy }) => accuracy))),
        naive: whole(middleOf(days.map(({ naiveAccuracy }) => naiveAccuracy))),
      }),
    });
  });
};
