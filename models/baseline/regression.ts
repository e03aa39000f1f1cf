import {
  isUsable,
  noBaseline,
  qualityOfUses,
  tooManyEstimated,
  withConfidence,
  type Baseline,
  type NoBaseline,
  type Use,
} from './baseline.ts';
import { BALANCE_POINTS_CDEGC, carriesSlope, coolingDegrees, heatingDegrees } from './degree-days.ts';
import { exactly } from './exact-wh.ts';
import { around } from './interval.ts';
import { adjustedR2, column, leastSquares, type Column, type Fit } from './least-squares.ts';

/** Weather-aware daily baseline in the manner of CalTRACK 2.0 (korea.md 3.2). It leaves out CalTRACK's own data repairs. */
export const WEATHER_REGRESSION = { id: 'weather-regression-daily', version: 1 } as const;

/** One day: its use, and its mean outdoor temperature in hundredths of a degree Celsius. */
export type WeatherDay = {
  readonly date: string;
  readonly use: Use | undefined;
  readonly meanCdegc: number | undefined;
};

/** Use of a day = base + heat × heating degrees + cool × cooling degrees. */
export type WeatherModel = {
  readonly baseWh: number;
  readonly heatWhPerDegree: number;
  readonly heatBalanceCdegc: number | null;
  readonly coolWhPerDegree: number;
  readonly coolBalanceCdegc: number | null;
  readonly days: number;
  readonly adjustedR2: number;
  /** root mean square error over the mean, percent */
  readonly cvRmsePercent: number;
  readonly rmseWh: number;
  readonly quality: Use['quality'];
};

const YEAR_DAYS = 365;
const MAX_MISSING_DAYS = 37;
const MAX_CV_RMSE_PERCENT = 100;
/** 90th percentile of the normal: a year of days has no need of Student's t. */
const NORMAL_90 = 1.2816;

type KnownDay = { readonly use: Use; readonly meanCdegc: number };

/** A day with a usable, non-zero use and a temperature; electricity of 0 counts as missing. */
const knownDays = (days: readonly WeatherDay[]): KnownDay[] =>
  days.flatMap(({ use, meanCdegc }) =>
    isUsable(use) && use.wh > 0 && meanCdegc !== undefined ? [{ use, meanCdegc }] : [],
  );

type Side = { readonly balance: number; readonly column: Column };
const sides = (days: readonly KnownDay[], degrees: typeof heatingDegrees): Side[] =>
  BALANCE_POINTS_CDEGC.flatMap((balance) => {
    const values = days.map(({ meanCdegc }) => degrees(balance, meanCdegc));
    return carriesSlope(values) ? [{ balance, column: column(values) }] : [];
  });

type Candidate = { readonly fit: Fit; readonly heat?: Side; readonly cool?: Side };

const candidates = (y: Column, heating: readonly Side[], cooling: readonly Side[]): Candidate[] => {
  const found: Candidate[] = [];
  const add = (fit: Fit | undefined, own: Omit<Candidate, 'fit'>): void => {
    if (fit && fit.intercept > 0 && fit.slopes.every((slope) => slope > 0)) found.push({ fit, ...own });
  };
  add(leastSquares(y, []), {});
  for (const heat of heating) add(leastSquares(y, [heat.column]), { heat });
  for (const cool of cooling) add(leastSquares(y, [cool.column]), { cool });
  for (const heat of heating)
    for (const cool of cooling)
      if (cool.balance >= heat.balance) add(leastSquares(y, [heat.column, cool.column]), { heat, cool });
  return found;
};

const modelOf = ({ fit, heat, cool }: Candidate, days: readonly KnownDay[]): WeatherModel => {
  const [first = 0, second = 0] = fit.slopes;
  const rmseWh = Math.sqrt(fit.residual / (days.length - fit.slopes.length));
  const meanWh = days.reduce((sum, { use }) => sum + use.wh, 0) / days.length;
  return {
    baseWh: fit.intercept,
    heatWhPerDegree: heat ? first : 0,
    heatBalanceCdegc: heat?.balance ?? null,
    coolWhPerDegree: heat ? second : cool ? first : 0,
    coolBalanceCdegc: cool?.balance ?? null,
    days: days.length,
    adjustedR2: adjustedR2(fit, days.length),
    cvRmsePercent: (100 * rmseWh) / meanWh,
    rmseWh,
    quality: qualityOfUses(days.map(({ use }) => use)),
  };
};

/** Fits the model to the year before a change or an event; of the candidates the highest adjusted R² wins. */
export const fitWeather = (days: readonly WeatherDay[]): WeatherModel | NoBaseline => {
  const year = days.slice(-YEAR_DAYS);
  const known = knownDays(year);
  if (known.length < YEAR_DAYS - MAX_MISSING_DAYS)
    return noBaseline(
      WEATHER_REGRESSION,
      'insufficient-history',
      `${known.length} of ${YEAR_DAYS} days are known with their temperature; at most ${MAX_MISSING_DAYS} may be missing`,
    );
  if (tooManyEstimated(known.map(({ use }) => use)))
    return noBaseline(
      WEATHER_REGRESSION,
      'estimated-history',
      'more than a third of the days rest on estimated readings',
    );
  const y = column(known.map(({ use }) => use.wh));
  const [first, ...others] = candidates(y, sides(known, heatingDegrees), sides(known, coolingDegrees));
  if (!first) return noBaseline(WEATHER_REGRESSION, 'insufficient-history', 'no use to fit');
  const score = ({ fit }: Candidate): number => adjustedR2(fit, known.length);
  const model = modelOf(
    others.reduce((best, one) => (score(one) > score(best) ? one : best), first),
    known,
  );
  return model.cvRmsePercent > MAX_CV_RMSE_PERCENT
    ? noBaseline(
        WEATHER_REGRESSION,
        'poor-fit',
        `the model misses by ${Math.round(model.cvRmsePercent)} % of the mean day; at most ${MAX_CV_RMSE_PERCENT} %`,
      )
    : model;
};

/** Wh that the model expects of a day with this mean temperature (hundredths of a degree Celsius); always above 0. */
export const expectedOn = (model: WeatherModel, meanCdegc: number): number => {
  const heat = model.heatBalanceCdegc === null ? 0 : heatingDegrees(model.heatBalanceCdegc, meanCdegc);
  const cool = model.coolBalanceCdegc === null ? 0 : coolingDegrees(model.coolBalanceCdegc, meanCdegc);
  return model.baseWh + model.heatWhPerDegree * heat + model.coolWhPerDegree * cool;
};

/**
 * What the model expects of days with these mean temperatures (hundredths of a degree Celsius), together. The days' errors are
 * taken as independent; the evidence is the model and the temperatures, both the caller's.
 */
export const weatherBaseline = (model: WeatherModel, meanCdegc: readonly number[]): Baseline => {
  const expectedWh = meanCdegc.reduce((sum, temperature) => sum + expectedOn(model, temperature), 0);
  const halfWidth = NORMAL_90 * model.rmseWh * Math.sqrt(meanCdegc.length * (1 + meanCdegc.length / model.days));
  return {
    status: 'baseline',
    method: WEATHER_REGRESSION.id,
    version: WEATHER_REGRESSION.version,
    expected: exactly(Math.round(expectedWh)),
    interval: withConfidence(around(expectedWh, halfWidth)),
    quality: model.quality,
    remarks: [],
    evidence: [],
    provisional: [],
  };
};
