import type { HourForecast } from './answer.ts';
import { confidenceOf } from './confidence.ts';
import { MEDIAN_AT, P10_AT, P90_AT } from './levels.ts';

/** The distribution of an hour's use, Wh. */
export type Spread = { readonly meanWh: number; readonly quantiles: readonly number[] };

/** Nobody uses so much more than the home's largest hour. */
const MOST = 1.5;

/** Numbers, in order, and not beyond what the home could use. */
const isPossible = ({ meanWh, quantiles }: Spread, largestWh: number): boolean =>
  [meanWh, ...quantiles].every((wh) => Number.isFinite(wh) && wh >= 0 && wh <= MOST * largestWh) &&
  quantiles.every((wh, i) => i === 0 || wh >= (quantiles[i - 1] ?? 0));

/** What the model says, or what the hour usually was: when that cannot be, and when it is withheld. */
export const chosen = (
  model: Spread,
  usual: Spread,
  { largestWh, withheld }: { readonly largestWh: number; readonly withheld: boolean },
): { readonly spread: Spread; readonly source: HourForecast['source'] } => {
  if (withheld) return { spread: usual, source: 'withheld' };
  return isPossible(model, largestWh) ? { spread: model, source: 'model' } : { spread: usual, source: 'fallback' };
};

const whole = (wh: number | undefined): number => Math.round(wh ?? 0);

export const shownHour = (
  { meanWh, quantiles }: Spread,
  { ts, naive, source }: { readonly ts: number; readonly naive: number; readonly source: HourForecast['source'] },
): HourForecast => ({
  ts,
  meanWh: whole(meanWh),
  p10Wh: whole(quantiles[P10_AT]),
  p50Wh: whole(quantiles[MEDIAN_AT]),
  p90Wh: whole(quantiles[P90_AT]),
  confidence: Math.round(100 * confidenceOf(quantiles, quantiles[MEDIAN_AT] ?? 0)) / 100,
  naiveWh: Number.isNaN(naive) ? null : whole(naive),
  source,
});
