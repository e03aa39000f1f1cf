import type { FeatureSet } from './features.ts';
import { LEVELS } from './levels.ts';
import type { Model } from './model.ts';
import { climatology } from './naive.ts';
import { CALIBRATION_DAYS, dayQuantiles, homeQuantiles, meanDay, rawDay, standardised } from './predict-day.ts';
import { HOURS, type HomeSeries } from './series.ts';

export type Trained = { readonly set: FeatureSet; readonly model: Model };

/** The forecast of a day, Wh, as it stood at its beginning. */
export type DayForecast = {
  readonly day: number;
  readonly scaleWh: number;
  /** `[hour][level]` */
  readonly quantiles: readonly (readonly number[])[];
  /** without the home's own calibration */
  readonly pooled: readonly (readonly number[])[];
  readonly climate: readonly (readonly number[])[];
  readonly meanWh: readonly number[];
};

export const actualOf = ({ wh }: HomeSeries, day: number): Float64Array => wh.subarray(day * HOURS, (day + 1) * HOURS);

/**
 * The forecasts of the days `from … to − 1`, each calibrated on the two weeks before it; a day of whose past nothing is known is
 * left out. Nothing of a day or after it is looked at for its forecast.
 */
export const rollingForecasts = (
  { set, model }: Trained,
  series: HomeSeries,
  [from, to]: readonly [number, number],
): DayForecast[] => {
  const residuals: number[][] = [];
  const forecasts: DayForecast[] = [];
  for (let day = Math.max(0, from - CALIBRATION_DAYS); day < to; day++) {
    const raw = rawDay({ set, model }, series, day);
    if (!raw) continue;
    if (day >= from) {
      const climate = climatology(series, day);
      forecasts.push({
        day,
        scaleWh: raw.scaleWh,
        quantiles: dayQuantiles(raw, homeQuantiles(model.pooled, residuals), climate),
        pooled: dayQuantiles(raw, model.pooled, climate),
        climate,
        meanWh: meanDay(model, raw),
      });
    }
    residuals.push(standardised(raw, actualOf(series, day)));
  }
  return forecasts;
};

/** An hour without any quantile cannot be shown. */
export const isWhole = (quantiles: readonly number[] | undefined): quantiles is readonly number[] =>
  quantiles?.length === LEVELS.length;
