import { trainingHomes, type Fold } from '@hems/models/forecast/back-test/folds';
import { STUDY, forecastHalfHours, type Horizon } from '@hems/models/forecast/back-test/half-hours';
import { scoreHome, type HomeScore } from '@hems/models/forecast/back-test/home-score';
import { scoreHorizons, type HorizonScore } from '@hems/models/forecast/back-test/horizons';
import { scoreLaterDays, type LaterScore } from '@hems/models/forecast/back-test/later-days';
import { standsStill } from '@hems/models/forecast/back-test/leakage';
import { scoreYoung, type YoungScore } from '@hems/models/forecast/back-test/young-homes';
import { DAY_AHEAD, NEXT_HOUR } from '@hems/models/forecast/features';
import { trainModel, type Model } from '@hems/models/forecast/model';
import { readModel, toModelValue } from '@hems/models/forecast/model-file';
import { climatology } from '@hems/models/forecast/naive';
import { rollingForecasts, type Trained } from '@hems/models/forecast/past-days';
import { dayQuantiles, homeQuantiles, rawDay } from '@hems/models/forecast/predict-day';
import { daysOf, type HomeSeries } from '@hems/models/forecast/series';
import { trainingRows } from '@hems/models/forecast/training-rows';
import type { StudyHome } from './forecast-report-homes.ts';
import { scoreSolarHomes, type SolarFigures, type SolarHomes } from './forecast-report-solar.ts';

/** What the report measures, each part by itself, so that two may run at once. */
export type Job =
  | { readonly kind: 'fold'; readonly fold: Fold }
  | { readonly kind: 'next-hour' }
  | { readonly kind: 'unseen'; readonly group: number }
  | { readonly kind: 'study' }
  | { readonly kind: 'solar' }
  | { readonly kind: 'speed' };

export type Material = {
  readonly homes: readonly HomeSeries[];
  /** other homes to learn from; undefined: the same */
  readonly train: readonly HomeSeries[] | undefined;
  readonly study: StudyHome | undefined;
  readonly solar: SolarHomes;
};

export const GROUPS = 4;
export const YOUNG_DAYS = [1, 3, 7, 14, 28] as const;

const cpuSeconds = (run: () => void): number => {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1e6;
};

const scored = <T>(homes: readonly HomeSeries[], score: (home: HomeSeries) => T | undefined): T[] =>
  homes.flatMap((home) => score(home) ?? []);

const SPOTS = [3, 20] as const;

/** Two days of each home's last four weeks. */
const spotChecks = (homes: readonly HomeSeries[], holds: (home: HomeSeries, day: number) => boolean): boolean =>
  homes.every((home) => SPOTS.every((back) => holds(home, daysOf(home) - back)));

/** Whether the model answers from its file what it answers in memory. */
const survivesStorage = ({ set, model }: Trained, homes: readonly HomeSeries[]): boolean => {
  const stored: Model = readModel(set, JSON.parse(JSON.stringify(toModelValue(set, model))));
  const answer = (own: Model, home: HomeSeries, day: number): string =>
    JSON.stringify(rollingForecasts({ set, model: own }, home, [day, day + 1]));
  return spotChecks(homes, (home, day) => answer(stored, home, day) === answer(model, home, day));
};

const CALLS = 1000;

/** p95 of a home's day from its readings, the calibration at hand; CPU ms, so that what else the machine does is no part of it. */
const callMs = ({ set, model }: Trained, homes: readonly HomeSeries[]): number => {
  const times = Array.from({ length: CALLS }, (_, call) => {
    const home = homes[call % homes.length];
    const day = home ? daysOf(home) - 1 - (call % 28) : 0;
    return cpuSeconds(() => {
      const raw = home && rawDay({ set, model }, home, day);
      if (raw) dayQuantiles(raw, homeQuantiles(model.pooled, []), climatology(home, day));
    });
  }).toSorted((a, b) => a - b);
  return 1000 * (times[Math.floor(0.95 * CALLS)] ?? NaN);
};

const bytesOf = ({ set, model }: Trained): number => JSON.stringify(toModelValue(set, model)).length;

const fold = ({ homes, train = homes }: Material, own: Fold) => {
  const trained = { set: DAY_AHEAD, model: trainModel(DAY_AHEAD, trainingHomes(train, own)) };
  const isFirst = own === 0;
  return {
    scores: scored(homes, (home) => scoreHome(trained, home, own)),
    horizons: scored(homes, (home) => scoreHorizons(trained, home, own)),
    later: homes.flatMap((home) => scoreLaterDays(home, own)),
    checks: isFirst
      ? {
          leakage: spotChecks(homes, (home, day) => standsStill(trained, home, day)),
          storage: survivesStorage(trained, homes),
          bytes: bytesOf(trained),
          callMs: callMs(trained, homes),
          seen: scored(homes, (home) => scoreYoung(trained, home, 28)),
        }
      : undefined,
  };
};

const nextHour = ({ homes, train = homes }: Material) => {
  const trained = { set: NEXT_HOUR, model: trainModel(NEXT_HOUR, trainingHomes(train, 0)) };
  return {
    scores: scored(homes, (home) => scoreHome(trained, home, 0)),
    leakage: spotChecks(homes, (home, day) => standsStill(trained, home, day)),
    storage: survivesStorage(trained, homes),
    bytes: bytesOf(trained),
  };
};

/** The homes of a group by a model that has seen the others. */
const unseen = ({ homes, train }: Material, group: number): YoungScore[] => {
  const others = train ?? homes.filter((_, index) => index % GROUPS !== group);
  const trained = { set: DAY_AHEAD, model: trainModel(DAY_AHEAD, trainingHomes(others, 0)) };
  return homes
    .filter((_, index) => index % GROUPS === group)
    .flatMap((home) => YOUNG_DAYS.flatMap((days) => scoreYoung(trained, home, days) ?? []));
};

const rmse = (forecast: ArrayLike<number>, actual: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += ((forecast[i] ?? NaN) - (actual[i] ?? NaN)) ** 2;
  return Math.sqrt(sum / actual.length);
};

const SLOTS = 48;
const studyOf = ({ home, from, to }: StudyHome) => {
  const actual = home.watts.subarray(from, to);
  const of = (horizon: Horizon): number => rmse(forecastHalfHours(home, { horizon, from, to }, STUDY), actual);
  return {
    dayAhead: of('dayAhead'),
    oneStep: of('oneStep'),
    yesterday: rmse(home.watts.subarray(from - SLOTS, to - SLOTS), actual),
    persistence: rmse(home.watts.subarray(from - 1, to - 1), actual),
  };
};

const FIRST_TRAINED_DAY = 28;

/** CPU seconds of all forests of one model, on every day of every home. */
const speed = ({ homes, train = homes }: Material) => {
  const all = train.map((series) => ({ series, from: FIRST_TRAINED_DAY, to: daysOf(series) }));
  const rows = trainingRows(DAY_AHEAD, all).targets.length;
  return { rows, cpuSeconds: cpuSeconds(() => trainModel(DAY_AHEAD, all)) };
};

type FoldResult = {
  readonly scores: readonly HomeScore[];
  readonly horizons: readonly HorizonScore[];
  readonly later: readonly LaterScore[];
  readonly checks:
    | {
        readonly leakage: boolean;
        readonly storage: boolean;
        readonly bytes: number;
        readonly callMs: number;
        readonly seen: readonly YoungScore[];
      }
    | undefined;
};

export type Result =
  | { readonly kind: 'fold'; readonly fold: Fold; readonly result: FoldResult }
  | { readonly kind: 'next-hour'; readonly result: ReturnType<typeof nextHour> }
  | { readonly kind: 'unseen'; readonly group: number; readonly result: readonly YoungScore[] }
  | { readonly kind: 'study'; readonly result: ReturnType<typeof studyOf> | undefined }
  | { readonly kind: 'solar'; readonly result: SolarFigures }
  | { readonly kind: 'speed'; readonly result: ReturnType<typeof speed> };

export const runJob = (job: Job, material: Material): Result => {
  if (job.kind === 'fold') return { ...job, result: fold(material, job.fold) };
  if (job.kind === 'next-hour') return { ...job, result: nextHour(material) };
  if (job.kind === 'unseen') return { ...job, result: unseen(material, job.group) };
  if (job.kind === 'study') return { ...job, result: material.study && studyOf(material.study) };
  if (job.kind === 'solar') return { ...job, result: scoreSolarHomes(material.solar) };
  return { ...job, result: speed(material) };
};
