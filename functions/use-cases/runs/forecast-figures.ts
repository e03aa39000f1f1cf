import type { Scorecard } from '@hems/models/forecast/answer';
import { accuracyOf } from '@hems/models/forecast/day-accuracy';
import type { Tally } from './tally.ts';

/** A day of fewer homes says more of the homes than of the forecasts. */
export const FEWEST_HOMES = 20;

/** Percent. Absent: too few households had a forecast to be held against the day, or were forecast. */
export type ForecastFigures = Partial<Omit<Scorecard, 'days'>> & {
  /** of the forecasts that were made, those without an engine */
  readonly usualShare?: number;
};

const shareOf = ({ forecast = 0, usual = 0 }: Tally['forecasts']): ForecastFigures =>
  forecast + usual < FEWEST_HOMES ? {} : { usualShare: (100 * usual) / (forecast + usual) };

/** How a day went by what had been foreseen of it, over all households. */
export const accuracyOfRun = ({ foreseen }: Pick<Tally, 'foreseen'>): Omit<Scorecard, 'days'> | undefined => {
  const { hours = 0, actualWh = 0, expectedWh = 0, errorWh = 0, naiveErrorWh = 0, within = 0 } = foreseen;
  return accuracyOf({ hours, actualWh, expectedWh, errorWh, naiveErrorWh, within });
};

export const forecastFigures = (tally: Pick<Tally, 'foreseen' | 'forecasts'>): ForecastFigures => ({
  ...((tally.foreseen['households'] ?? 0) >= FEWEST_HOMES && accuracyOfRun(tally)),
  ...shareOf(tally.forecasts),
});
