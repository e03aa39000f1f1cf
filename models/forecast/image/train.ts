/* eslint-disable no-restricted-imports -- the image is the one place in models/ that touches the world */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { dateOfDayNumber, dayNumber } from '../../calendar/seoul.ts';
import { uniformAt } from '../../testing/random.ts';
import { DAY_AHEAD, NEXT_HOUR } from '../features.ts';
import { readModelFile, toModelFile } from '../model-file.ts';
import { BOOST, trainModel } from '../model.ts';
import { HOURS, daysOf, type HomeSeries } from '../series.ts';
import type { TrainingHome } from '../training-rows.ts';
import { metricsOf, rivalMetricsOf } from './training-metrics.ts';

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

/** What no training learns from, of any home: a model is judged by them, now or as the one in force next week. */
const KEPT_APART_DAYS = 28;

/**
 * At most a year of each home, without its last four weeks. Of more hours than one machine learns from, a stretch of each home at a place drawn
 * by lot: many homes and all seasons teach more than a whole year of few.
 */
export const trainingOf = (homes: readonly HomeSeries[], seed: number, mostHours = MOST_HOURS): TrainingHome[] => {
  const all = homes
    .map((series) => ({ series, to: daysOf(series) - KEPT_APART_DAYS }))
    .map(({ series, to }) => ({ series, from: Math.max(1, to - LONGEST_DAYS), to }))
    .filter(({ from, to }) => from < to);
  const hours = all.reduce((sum, { from, to }) => sum + (to - from) * HOURS, 0);
  const share = Math.min(1, mostHours / hours);
  return all.flatMap(({ series, from, to }, index) => {
    const days = Math.floor((to - from) * share);
    const first = from + Math.floor(uniformAt(seed, index) * (to - from - days + 1));
    return days === 0 ? [] : [{ series, from: first, to: first + days }];
  });
};

/** The model in force and the one that ships, on the same four weeks, where the channel brings them; they may be one. */
const rivalsOf = (root: string, homes: readonly HomeSeries[]): Record<string, number> => {
  const measured = new Map<string, Record<string, number>>();
  const measure = (text: string): Record<string, number> => {
    const metrics = measured.get(text) ?? metricsOf(readModelFile(JSON.parse(text)), homes);
    measured.set(text, metrics);
    return metrics;
  };
  const rival = (whose: 'champion' | 'shipped', file: string): Record<string, number> => {
    const path = join(root, 'input', 'data', 'champion', file);
    return existsSync(path) ? rivalMetricsOf(whose, measure(readFileSync(path, 'utf8'))) : {};
  };
  return { ...rival('champion', 'model.json'), ...rival('shipped', 'shipped.json') };
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
  const metrics = { ...metricsOf(own, homes), ...rivalsOf(root, homes) };
  const bytes = JSON.stringify(toModelFile(own));
  const modelVersion = `m-${createHash('sha256').update(bytes).digest('hex').slice(0, VERSION_CHARACTERS)}`;
  mkdirSync(join(root, 'model'), { recursive: true });
  const file = toModelFile({ ...learnt, provenance: { ...provenance, modelVersion, metrics } });
  writeFileSync(join(root, 'model', 'model.json'), JSON.stringify(file));
  return metrics;
};
