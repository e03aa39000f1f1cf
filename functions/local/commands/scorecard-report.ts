import { BIAS_LIMIT_PERCENT, SEASONS, type Accuracy, type MethodScore } from '@hems/models/baseline/scorecard';
import { CUT_PERCENT, type KnownScore, type RealScore, type Scorecard } from './scorecard-results.ts';

const signed = (value: number | null): string => {
  if (value === null) return '–';
  const size = Math.abs(value).toFixed(1);
  return Number(size) === 0 ? size : `${value > 0 ? '+' : '−'}${size}`;
};
const plain = (value: number | null): string => (value === null ? '–' : value.toFixed(1));

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `| ${head.map((_, i) => (i === 0 ? '---' : '--:')).join(' | ')} |`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];

const withSpread = ({ biasPercent, spreadPercent }: Accuracy): string =>
  biasPercent === null ? '–' : `${signed(biasPercent)} (${plain(spreadPercent)})`;
const scored = (name: string, { overall, seasons }: MethodScore, seasonal: boolean): string[] => [
  name,
  withSpread(overall),
  ...SEASONS.map((season) => (seasonal ? withSpread(seasons[season]) : '–')),
  plain(overall.heldPercent),
  String(overall.baselines),
  String(overall.refused),
];
const SCORED = ['method', 'overall', ...SEASONS, 'in 80 % interval', 'baselines', 'refused'];

const median = (sorted: readonly number[]): number | null => {
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};
const biases = (real: RealScore): number[] =>
  real.homes
    .flatMap(({ accuracy: { biasPercent } }) => (biasPercent === null ? [] : [biasPercent]))
    .toSorted((a, b) => a - b);

const spreadLine = (real: RealScore): string[] => {
  const sorted = biases(real);
  const fair = sorted.filter((bias) => Math.abs(bias) <= BIAS_LIMIT_PERCENT).length;
  return [
    real.name,
    signed(sorted[0] ?? null),
    signed(median(sorted)),
    signed(sorted.at(-1) ?? null),
    `${fair} of ${sorted.length}`,
    ...real.apart.map(({ accuracy }) => withSpread(accuracy)),
  ];
};

const perHome = (real: readonly RealScore[]): string[] => {
  const homes = real[0]?.homes.map(({ home }) => home) ?? [];
  return table(
    ['home', ...real.map(({ name }) => name)],
    homes.map((home, i) => [home, ...real.map((one) => withSpread(one.homes[i]?.accuracy ?? NONE))]),
  );
};
const NONE: Accuracy = { baselines: 0, refused: 0, biasPercent: null, spreadPercent: null, heldPercent: null };

const choice = ({ chosen, candidates, inForce, real }: Scorecard): string[] => {
  const nameOf = (id: string): string => real.find(({ method }) => method === id)?.name ?? id;
  return [
    `Candidates: ${candidates.map(nameOf).join('; ')}. Rule: pooled bias within ± ${BIAS_LIMIT_PERCENT} % overall and in each season, then the`,
    `least spread. Choice: ${chosen === null ? 'none is fair in every season' : `**${nameOf(chosen)}**`}; in force: ${nameOf(inForce)}.`,
  ];
};

const known = (scores: readonly KnownScore[]): string[] =>
  table(
    [...SCORED, `a cut of ${CUT_PERCENT} % is measured as`],
    scores.map((one) => [...scored(one.name, one.score, one.seasonal), `${plain(one.measuredCutPercent)} %`]),
  );

/** The scorecard as a page. `date`: the day it was made. */
export const scorecardReport = (scorecard: Scorecard, date: string): string =>
  [
    '# Baselines: how far off they are',
    '',
    `Made on ${date} by \`npm run hems -- scorecard --data FOLDER --write\`. Figures in percent of the use: bias, and in brackets the spread`,
    '(standard deviation of expected − actual). Above 0 a baseline credits a saving that nobody made.',
    '',
    `## Recent similar days, on ${scorecard.homes} real homes`,
    '',
    'Each weekday at 18, 19 and 20 h as if it were an event, from the days before it; values as recorded, neither shifted nor',
    'scaled. Seasons by hemisphere. Homes of other countries: no Korean result. Public holidays are not known there, a weekday is a',
    'weekday; weeks of absence count as use of 0. The choice is made and judged on the same homes:',
    'the chosen variant was found among 14 that were tried on them, so its bias here is likely better than elsewhere. No home was held out.',
    '',
    ...table(
      SCORED,
      scorecard.real.map(({ name, pooled }) => scored(name, pooled, true)),
    ),
    '',
    ...choice(scorecard),
    '',
    '### The spread of the homes',
    '',
    ...table(
      [
        'method',
        'lowest bias',
        'median',
        'highest',
        `within ± ${BIAS_LIMIT_PERCENT} %`,
        ...(scorecard.real[0]?.apart.map(({ home }) => `${home} (no household load, not pooled)`) ?? []),
      ],
      scorecard.real.map(spreadLine),
    ),
    '',
    '### Home by home',
    '',
    ...perHome(scorecard.real),
    '',
    `## Methods that need two years or a temperature, on ${scorecard.knownHomes} generated homes`,
    '',
    'Known truth: a base, heating and cooling by degree-days under a generated weather of Seoul, noise, a blackout of ten days in',
    'the years before; then a year in which nothing changed, and the same year with everything cut alike. The prescribed two-year',
    'means do not correct for weather: their seasonal bias is the difference between the years, and not corrected here either.',
    'The regression is tested under the model it assumes, which no real home obeys.',
    '',
    ...known(scorecard.known),
    '',
  ].join('\n');
