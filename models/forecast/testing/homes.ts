import { DAY_AHEAD, NEXT_HOUR } from '../features.ts';
import type { Models } from '../model-file.ts';
import { BOOST, trainModel } from '../model.ts';
import { HOURS, type HomeSeries } from '../series.ts';

/** A home with a morning and an evening, more on weekends, and some noise of its own. */
export const aHome = (name: string, days: number, level = 1): HomeSeries => {
  const wh = Float64Array.from({ length: days * HOURS }, (_, i) => {
    const hour = i % HOURS;
    const weekend = Math.floor(i / HOURS) % 7 >= 5 ? 1.3 : 1;
    const shape = 200 + (hour >= 7 && hour < 9 ? 300 : 0) + (hour >= 18 && hour < 23 ? 700 : 0);
    return Math.round(level * weekend * shape * (1 + 0.4 * Math.sin(i * 12.9898 + name.length)));
  });
  return { name, firstDay: 20_000, wh };
};

/** Enough to tell an evening from a night, and trained in a moment. */
const SMALL = { ...BOOST, trees: 15, minLeafRows: 20 };

export const HOMES = [aHome('a', 80), aHome('bb', 80, 2), aHome('ccc', 80, 0.5)];
const TRAINING = HOMES.map((series) => ({ series, from: 29, to: 70 }));

export const smallModels = (): Models => ({
  dayAhead: trainModel(DAY_AHEAD, TRAINING, SMALL),
  nextHour: trainModel(NEXT_HOUR, TRAINING, SMALL),
  provenance: {
    modelVersion: 'small-1',
    homes: HOMES.length,
    hours: 1,
    trainedFrom: '2024-10-04',
    trainedTo: '2024-12-13',
    seed: SMALL.seed,
    dataHash: '',
    sources: [],
    metrics: {},
  },
});
