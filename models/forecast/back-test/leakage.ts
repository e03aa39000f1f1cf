import { matrixOf } from '../booster/matrix.ts';
import type { Trained } from '../past-days.ts';
import { rollingForecasts } from '../past-days.ts';
import { HOURS, type HomeSeries } from '../series.ts';

/** Shuffles the hours from `at` on, without lot: every value goes elsewhere and grows. */
const scrambled = (wh: Float64Array, at: number): Float64Array => {
  const after = wh.slice(at).toReversed();
  return wh.map((value, i) => (i < at ? value : (after[i - at] ?? 0) * 3 + i));
};
const forgotten = (wh: Float64Array, at: number): Float64Array => wh.map((value, i) => (i < at ? value : NaN));

const bytesOf = ({ set, model }: Trained, series: HomeSeries, day: number): string => {
  const features = matrixOf(HOURS, set.names.length);
  set.write(series, day, { values: features.values, columns: features.columns, row: 0 });
  const rows = set.forecastsEarly ? features.values : features.values.subarray(0, features.columns);
  const [forecast] = rollingForecasts({ set, model }, series, [day, day + 1]);
  const first = forecast && [forecast.quantiles[0], forecast.meanWh[0], forecast.scaleWh];
  return JSON.stringify([[...rows], set.forecastsEarly ? forecast : first]);
};

/**
 * Whether the forecast of a day stands still, to the last bit, when everything from its midnight on becomes something else or unknown:
 * features, level, calibration and result. Of a model that is asked hour by hour, the day's first hour.
 */
export const standsStill = (trained: Trained, series: HomeSeries, day: number): boolean => {
  const own = bytesOf(trained, series, day);
  return [scrambled, forgotten].every(
    (change) => bytesOf(trained, { ...series, wh: change(series.wh, day * HOURS) }, day) === own,
  );
};
