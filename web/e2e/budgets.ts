import lighthouse from 'lighthouse';

/** The goals of the design page, for a mid-range phone on slow 4G as Lighthouse simulates it. */
const LEAST = { performance: 90, accessibility: 100, 'best-practices': 100, seo: 100 } as const;
const MOST = { lcpMs: 2000, fcpMs: 1000, tbtMs: 300, cls: 0.02 } as const;

/**
 * What fails CI in place of a goal: wide enough for a machine that slows down meanwhile (docs/reports/speed.md has what was measured), so that it
 * catches a collapse and not a drift. The goal itself is printed as missed.
 */
const FLOOR: Readonly<Record<string, Partial<Measured>>> = {
  'sign-in page': { performance: 75, lcpMs: 2700, fcpMs: 1500, tbtMs: 900 },
  dashboard: { performance: 60, lcpMs: 4200, fcpMs: 1500, tbtMs: 1500, cls: 0.1 },
  energy: { performance: 60, lcpMs: 4700, fcpMs: 1500, tbtMs: 1300, cls: 0.1 },
  rewards: { performance: 60, lcpMs: 4700, fcpMs: 1500, tbtMs: 1300, cls: 0.1 },
};
const AUDITS = {
  lcpMs: 'largest-contentful-paint',
  fcpMs: 'first-contentful-paint',
  tbtMs: 'total-blocking-time',
  cls: 'cumulative-layout-shift',
} as const;

type Score = keyof typeof LEAST;
type Time = keyof typeof MOST;
export type Measured = Readonly<Record<Score | Time, number>>;

const SCORES: readonly Score[] = ['performance', 'accessibility', 'best-practices', 'seo'];
const TIMES: readonly Time[] = ['lcpMs', 'fcpMs', 'tbtMs', 'cls'];
const measures = [...SCORES, ...TIMES];

type Visit = {
  readonly measured: Measured;
  readonly objections: readonly string[];
  /** how fast the machine was at that moment, by Lighthouse's own measure */
  readonly machine: number;
};

const onceOn = async (url: string, port: number): Promise<Visit> => {
  const result = await lighthouse(url, { port, output: 'json', logLevel: 'error', onlyCategories: [...SCORES] });
  if (!result) throw new Error(`Lighthouse has no result for ${url}`);
  const { audits, categories, environment, runtimeError } = result.lhr;
  if (runtimeError) throw new Error(`Lighthouse on ${url}: ${runtimeError.message}`);
  const values = [
    ...SCORES.map((name) => [name, Math.round((categories[name]?.score ?? 0) * 100)] as const),
    ...TIMES.map((name) => [name, audits[AUDITS[name]]?.numericValue ?? Number.POSITIVE_INFINITY] as const),
  ];
  const objections = SCORES.filter((name) => name !== 'performance').flatMap((name) =>
    (categories[name]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
      .map(({ id }) => `${name}: ${id}`),
  );
  return { measured: Object.fromEntries(values) as Measured, objections, machine: environment.benchmarkIndex };
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const RUNS = 3;

/** The median of each measure over three cold visits, and what Lighthouse objects to apart from speed. */
export const medianOn = async (url: string, port: number): Promise<Visit> => {
  const runs: Visit[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await onceOn(url, port));
  const medians = measures.map((name) => [name, median(runs.map(({ measured }) => measured[name]))] as const);
  return {
    measured: Object.fromEntries(medians) as Measured,
    objections: [...new Set(runs.flatMap(({ objections }) => objections))],
    machine: median(runs.map(({ machine }) => machine)),
  };
};

type Limits = Readonly<Partial<Measured>>;
const GOALS: Limits = { ...LEAST, ...MOST };

const over = (measured: Measured, limits: Limits): string[] => [
  ...SCORES.filter((name) => measured[name] < (limits[name] ?? 0)).map(
    (name) => `${name} ${measured[name]} is under ${limits[name]}`,
  ),
  ...TIMES.filter((name) => measured[name] > (limits[name] ?? Number.POSITIVE_INFINITY)).map(
    (name) => `${name} ${measured[name].toFixed(name === 'cls' ? 3 : 0)} is over ${limits[name]}`,
  ),
];

/** Each goal that is not held, in words. */
export const missedGoals = (measured: Measured): string[] => over(measured, GOALS);

/** Each limit that is not held: the floor of the page, or the goal where it has none. */
export const worse = (page: string, measured: Measured): string[] => over(measured, { ...GOALS, ...FLOOR[page] });

export const lineOf = (name: string, { measured, objections, machine }: Visit): string =>
  [
    name.padEnd(20),
    ...SCORES.map((score) => `${score} ${measured[score]}`),
    ...TIMES.map((time) => `${time} ${time === 'cls' ? measured[time].toFixed(3) : Math.round(measured[time])}`),
    `machine ${Math.round(machine)}`,
    ...objections,
  ].join('  ');
