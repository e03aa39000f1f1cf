import lighthouse from 'lighthouse';

/** The goals of the design page, for a mid-range phone on slow 4G as Lighthouse simulates it. */
const LEAST = { performance: 90, accessibility: 100, 'best-practices': 100, seo: 100 } as const;
const MOST = { lcpMs: 2000, fcpMs: 1000, tbtMs: 300, cls: 0.02 } as const;

/** Near what is reached where a goal is not: docs/reports/speed.md. Every other goal fails CI itself. */
const NEAR: Readonly<Record<string, Partial<Measured>>> = {
  dashboard: { lcpMs: 2350 },
  energy: { lcpMs: 2300 },
  rewards: { lcpMs: 2250 },
};
/** By Lighthouse's measure: under it the processor, four times slower, is no longer a phone of the middle range. */
const LEAST_MACHINE = 1500;
/** What fails CI on such a machine in place of what the processor decides: a collapse. */
const FLOOR: Partial<Measured> = { performance: 60, lcpMs: 2800, fcpMs: 1500, tbtMs: 2600 };
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

/** Each limit that is not held: that of the page, or the floor where the machine is too slow to tell. */
export const worse = (page: string, { measured, machine }: Visit): string[] =>
  over(measured, { ...GOALS, ...NEAR[page], ...(machine < LEAST_MACHINE && FLOOR) });

export const lineOf = (name: string, { measured, objections, machine }: Visit): string =>
  [
    name.padEnd(20),
    ...SCORES.map((score) => `${score} ${measured[score]}`),
    ...TIMES.map((time) => `${time} ${time === 'cls' ? measured[time].toFixed(3) : Math.round(measured[time])}`),
    `machine ${Math.round(machine)}`,
    ...objections,
  ].join('  ');
