import { analogueDay } from './analogue-days.ts';
import { analogueHours } from './analogue-hours.ts';
import type { Into } from './booster/matrix.ts';
import { DAY_FEATURES, writeDayFeatures } from './day-features.ts';
import { NEXT_HOUR_FEATURES, writeNextHourFeatures } from './next-hour-features.ts';
import type { HomeSeries } from './series.ts';

/**
 * What a model looks at. `write` fills the 24 rows of a day, each from what is known when its forecast is made, and answers the
 * level that energies were divided by; NaN: nothing is known of the home before the day.
 */
export type FeatureSet = {
  readonly names: readonly string[];
  readonly write: (series: HomeSeries, day: number, into: Into) => number;
  /** whether it is asked before the eve is over as well, for the day after tomorrow */
  readonly forecastsEarly: boolean;
  /** the median of the home's own similar days or moments, over the level; undefined or NaN: there are too few */
  readonly analogues: (series: HomeSeries, day: number, scaleWh: number) => Float64Array | undefined;
  /** how much they count in the median, 0 to 1 */
  readonly analogueShare: number;
  /** how much the plain quantiles of the same hour count beside the model's, at every level but the median, which would suffer */
  readonly climateShare: number;
};

/** All 24 hours at the midnight they begin with. */
export const DAY_AHEAD: FeatureSet = {
  names: DAY_FEATURES,
  write: writeDayFeatures,
  forecastsEarly: true,
  analogues: analogueDay,
  analogueShare: 0.4,
  climateShare: 0.25,
};
/** Each hour at its own beginning. */
export const NEXT_HOUR: FeatureSet = {
  names: NEXT_HOUR_FEATURES,
  write: writeNextHourFeatures,
  forecastsEarly: false,
  analogues: analogueHours,
  analogueShare: 0.5,
  climateShare: 0.1,
};
