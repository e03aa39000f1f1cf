/** How much a home uses a day, of late: what the coming days are measured by. */
export type UseLevel = {
  /** Wh of a day that is neither a working day nor a rest day */
  readonly wh: number;
  /** a day's use by its kind, as a factor of the level: [working day, rest day] */
  readonly factors: readonly [number, number];
};

const WINDOW_DAYS = 56;
/** Fewer known days in the window tell no level. */
const LEAST_DAYS = 14;
/** The weight of a day is halved by so many days. */
const HALF_LIFE_DAYS = 5;
/** So many days of an average kind stand beside the days seen of each. */
const KIND_PRIOR_DAYS = 4;

const WEIGHTS = Float64Array.from({ length: WINDOW_DAYS }, (_, age) => 2 ** (-age / HALF_LIFE_DAYS));

type Days = { readonly wh: Float64Array; readonly rest: Uint8Array };
type Tally = { days: number; wh: number; weight: number; weightedWh: number };

/** The known days of one kind in the window before the day `at`. */
const tallyOf = ({ wh, rest }: Days, at: number, kind: 0 | 1): Tally => {
  const tally = { days: 0, wh: 0, weight: 0, weightedWh: 0 };
  for (let age = 0; age < WINDOW_DAYS && age < at; age++) {
    const use = wh[at - 1 - age] ?? Number.NaN;
    if (Number.isNaN(use) || rest[at - 1 - age] !== kind) continue;
    const weight = WEIGHTS[age] ?? 0;
    tally.days += 1;
    tally.wh += use;
    tally.weight += weight;
    tally.weightedWh += weight * use;
  }
  return tally;
};

const factorOf = ({ wh, days }: Tally, mean: number): number =>
  (wh / mean + KIND_PRIOR_DAYS) / (days + KIND_PRIOR_DAYS);

/**
 * The level before the day `at` of a series: the mean of eight weeks with weights that halve every five days, after what
 * distinguishes working days and rest days is taken out. Undefined where too few days are known.
 */
export const levelBefore = (series: Days, at: number): UseLevel | undefined => {
  const [work, off] = [tallyOf(series, at, 0), tallyOf(series, at, 1)];
  if (work.days + off.days < LEAST_DAYS) return undefined;
  const mean = (work.wh + off.wh) / (work.days + off.days);
  if (mean === 0) return { wh: 0, factors: [1, 1] };
  const factors = [factorOf(work, mean), factorOf(off, mean)] as const;
  const wh = (work.weightedWh + off.weightedWh) / (work.weight * factors[0] + off.weight * factors[1]);
  return { wh, factors };
};
