/* eslint-disable no-restricted-imports -- the image is the one place in models/ that touches the world */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { dateOfDayNumber, dayNumber } from '../../calendar/seoul.ts';
import { uniformAt } from '../../testing/random.ts';
import { windowOf } from '../back-test/folds.ts';
import { scoreHome, type HomeScore } from '../back-test/home-score.ts';
import { DAY_AHEAD, NEXT_HOUR } from '../features.ts';
import { readModelFile, toModelFile, type Models } from '../model-file.ts';
import { BOOST, trainModel } from '../model.ts';
import { HOURS, daysOf, type HomeSeries } from '../series.ts';
import type { TrainingHome } from '../training-rows.ts';

/** One home a line: its use by the hour since the midnight of `firstDate`, whole days; `source`: whom to credit. */
const trainingLine = z.object({
  id: z.string(),
  firstDate: z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/)),
  wh: z.array(z.nullable(z.number().check(z.minimum(0)))),
  source: z.optional(z.string()),
});

/** SageMaker hands every value over as text. */
const hyperparameters = z.strictObject({
  trees: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1000)), BOOST.trees),
  seed: z._default(z.coerce.number().check(z.int()), BOOST.seed),
});

const readHyperparameters = (root: string): z.infer<typeof hyperparameters> => {
  const path = join(root, 'input', 'config', 'hyperparameters.json');
  const parsed = z.safeParse(hyperparameters, existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {});
  if (parsed.success) return parsed.data;
  throw new Error(
    `hyperparameters.json: ${parsed.error.issues.map(({ message }) => message).join('; ')}; there are trees and seed`,
  );
};

type Home = { readonly series: HomeSeries; readonly source: string | undefined };
type Channel = { readonly homes: readonly Home[]; readonly hash: string };

const readLine = (line: string, where: string): Home => {
  try {
    const { id, firstDate, wh, source } = z.parse(trainingLine, JSON.parse(line));
    const whole = wh.slice(0, Math.floor(wh.length / HOURS) * HOURS);
    const series = { name: id, firstDay: dayNumber(firstDate), wh: Float64Array.from(whole, (value) => value ?? NaN) };
    return { series, source };
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
};

const readChannel = (root: string): Channel => {
  const folder = join(root, 'input', 'data', 'training');
  if (!existsSync(folder)) throw new Error('there is no channel "training" under input/data');
  const hash = createHash('sha256');
  const homes = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      hash.update(text);
      return text
        .split('\n')
        .flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, `${name}:${index + 1}`)]));
    });
  if (homes.length === 0) throw new Error('the channel "training" holds no home; it wants *.jsonl, one home a line');
  return { homes, hash: hash.digest('hex') };
};

const LONGEST_DAYS = 365;
const MOST_HOURS = 1_500_000;

/** At most a year of each home, without the four weeks that it is scored on; of too many homes some by lot. */
const trainingOf = (homes: readonly HomeSeries[], seed: number): TrainingHome[] => {
  const all = homes.map((series) => {
    const to = windowOf(series, 0)?.testFrom ?? daysOf(series);
    return { series, from: Math.max(1, to - LONGEST_DAYS), to };
  });
  const hours = all.reduce((sum, { from, to }) => sum + (to - from) * HOURS, 0);
  return all.filter((_, index) => uniformAt(seed, index) < MOST_HOURS / hours);
};

const meanOf = (scores: readonly HomeScore[], of: (score: HomeScore) => number): number =>
  scores.reduce((sum, score) => sum + of(score), 0) / scores.length;

/** On the last four weeks of each home that is old enough; nothing when none is. */
const metricsOf = ({ dayAhead, nextHour }: Models, homes: readonly HomeSeries[]): Record<string, number> => {
  const days = homes.flatMap((home) => scoreHome({ set: DAY_AHEAD, model: dayAhead }, home, 0) ?? []);
  const hours = homes.flatMap((home) => scoreHome({ set: NEXT_HOUR, model: nextHour }, home, 0) ?? []);
  if (days.length === 0) return {};
  return {
    homesScored: days.length,
    mase: meanOf(days, ({ median }) => median.mase),
    sevenDayMase: meanOf(days, ({ naive }) => naive.sevenDayMean.mase),
    yesterdayMase: meanOf(days, ({ naive }) => naive.yesterday.mase),
    wql: meanOf(days, ({ quantiles }) => quantiles.wql),
    climatologyWql: meanOf(days, ({ climatology }) => climatology.wql),
    coverage80: meanOf(days, ({ quantiles }) => quantiles.cov80),
    nextHourNmae: meanOf(hours, ({ median }) => median.nmae),
    persistenceNmae: meanOf(hours, ({ naive }) => naive.persistence.nmae),
  };
};

/** The model in force on the same four weeks, where a channel brings it. */
const championOf = (root: string, homes: readonly HomeSeries[]): Record<string, number> => {
  const path = join(root, 'input', 'data', 'champion', 'model.json');
  if (!existsSync(path)) return {};
  const { mase, wql } = metricsOf(readModelFile(JSON.parse(readFileSync(path, 'utf8'))), homes);
  return mase === undefined || wql === undefined ? {} : { championMase: mase, championWql: wql };
};

const VERSION_CHARACTERS = 12;

/** Trains both models from the tree under `root` and writes `model/model.json`; answers what was measured. */
export const train = (root: string): Record<string, number> => {
  const { trees, seed } = readHyperparameters(root);
  const { homes: read, hash } = readChannel(root);
  const homes = read.map(({ series }) => series);
  const training = trainingOf(homes, seed);
  const options = { ...BOOST, trees, seed };
  const learnt = {
    dayAhead: trainModel(DAY_AHEAD, training, options),
    nextHour: trainModel(NEXT_HOUR, training, options),
  };
  const dates = (of: (home: TrainingHome) => number): number[] =>
    training.map((home) => home.series.firstDay + of(home));
  const provenance = {
    modelVersion: '',
    homes: training.length,
    hours: training.reduce((sum, { from, to }) => sum + (to - from) * HOURS, 0),
    trainedFrom: dateOfDayNumber(Math.min(...dates(({ from }) => from))),
    trainedTo: dateOfDayNumber(Math.max(...dates(({ to }) => to - 1))),
    seed,
    dataHash: hash,
    sources: [...new Set(read.flatMap(({ source }) => source ?? []))],
    metrics: {},
  };
  const own = { ...learnt, provenance };
  const metrics = { ...metricsOf(own, homes), ...championOf(root, homes) };
  const bytes = JSON.stringify(toModelFile(own));
  const modelVersion = `m-${createHash('sha256').update(bytes).digest('hex').slice(0, VERSION_CHARACTERS)}`;
  mkdirSync(join(root, 'model'), { recursive: true });
  const file = toModelFile({ ...learnt, provenance: { ...provenance, modelVersion, metrics } });
  writeFileSync(join(root, 'model', 'model.json'), JSON.stringify(file));
  return metrics;
};
