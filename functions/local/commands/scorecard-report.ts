import { BIAS_LIMIT_PERCENT } from '@hems/models/baseline/scorecard';
import type { Comparison, RealScore, Scorecard } from './scorecard-results.ts';
import {
  halvesTable,
  homesTable,
  knownTable,
  missesOf,
  pooledTable,
  spreadTable,
  temperatureTable,
} from './scorecard-tables.ts';

const choice = ({ scores, candidates, chosen, inForce }: Comparison): string[] => {
  const nameOf = (id: string): string => scores.find(({ method }) => method === id)?.name ?? id;
  const own = scores.find(({ method }) => method === inForce);
  return [
    '### The choice',
    '',
    `Candidates: ${candidates.map(nameOf).join('; ')}.`,
    `Rule: on the homes of the choice, pooled bias within ± ${BIAS_LIMIT_PERCENT} % overall and in each season, then the least spread.`,
    `Choice: ${chosen === null ? 'none is fair in every season' : `**${nameOf(chosen)}**`}; in force: ${nameOf(inForce)}.`,
    ...(own
      ? [
          '',
          `What is in force, on the homes of the choice: ${missesOf(own.onChoice)}. On the homes held out: ${missesOf(own.onHeldOut)}.`,
          `On all homes: ${missesOf(own.pooled)}.`,
        ]
      : []),
    '',
    ...halvesTable({ scores, candidates, chosen, inForce }),
  ];
};

const perHome = (scores: readonly RealScore[]): string[] => [
  '### The spread of the homes',
  '',
  ...spreadTable(scores),
  '',
  '### Home by home',
  '',
  ...homesTable(scores),
];

const head = ({ homes, choiceHomes, heldOutHomes }: Scorecard, date: string): string[] => [
  '# Baselines: how far off they are',
  '',
  `Made on ${date} by \`npm run hems -- scorecard --data FOLDER --write\`. Figures in percent of the use: bias, and in brackets the spread`,
  '(standard deviation of expected − actual). Above 0 a baseline credits a saving that nobody made.',
  '',
  `${homes} real homes of other countries, values as recorded, neither shifted nor scaled: no Korean result. Seasons by hemisphere. Public`,
  'holidays are not known there, a weekday is a weekday; weeks of absence count as use of 0. Nothing was asked of these homes.',
  '',
  'Half of the homes, by the hash of their names, choose the defaults; the others were held out and only report.',
  `Choice: ${choiceHomes.join(', ')}. Held out: ${heldOutHomes.join(', ')}.`,
  'What the split is worth in the published run: the evening variants had been looked at on all homes before it was made, and a first split, by the',
  'parity of the hash, gave 8 homes against 14; on those 8 no evening candidate was fair in summer (−4.3 to −6.0 %). It was',
  'replaced by one of equal halves, the only other that was tried. The adjustment to the days before was found on all homes.',
];

const evenings = ({ evenings: compared }: Scorecard): string[] => [
  '## Event evenings, from recent similar days',
  '',
  'Each weekday at 18, 19 and 20 h as if it were an event, from the days before it.',
  '',
  'The choice is for a call that comes without notice; no programme of ours makes one yet. The one that pays for announced events',
  '(`per-home-dr-target`) uses the plain 10-of-10, whatever its row says of a season: hours before an announced event can be driven up.',
  '',
  ...pooledTable(compared.scores),
  '',
  ...choice(compared),
  '',
  ...perHome(compared.scores),
];

const days = ({ days: compared }: Scorecard): string[] => [
  '## Whole days, for the daily saving',
  '',
  'The total of each whole day, weekends included, from all days before it.',
  '',
  ...pooledTable(compared.scores),
  '',
  ...choice(compared),
  '',
  ...perHome(compared.scores),
];

const months = ({ months: scores }: Scorecard): string[] => [
  '## Whole days, from the days before their month, for a ranking',
  '',
  'A baseline that rolls on learns a saving within days (see the last table: a cut kept up all year is measured as almost none), so',
  'a ranking or reward over a month has to compare with the days before it. The price is the season: none of the methods is within',
  `± ${BIAS_LIMIT_PERCENT} % then. What the homes of a season have in common, ranks within a cohort bear; won do not.`,
  '',
  ...pooledTable(scores),
  '',
  ...spreadTable(scores),
];

/** The regression stands last in each table. */
const withTemperature = (scores: readonly RealScore[]): string[] =>
  scores.at(-1)?.homes.flatMap(({ home, accuracy: { baselines } }) => (baselines > 0 ? [home] : [])) ?? [];

const temperature = ({ evenings: { scores: evening }, days: { scores: day } }: Scorecard): string[] => [
  '## Where a temperature was recorded',
  '',
  `Every method on just the cases in which the regression had a baseline. Homes with a measured temperature and a year before: ${withTemperature(day).join(', ') || 'none'}.`,
  'The others are refused and counted so; a typical year (`tmy_*`) is not the weather of those days and is not used. A season in',
  'which no home had a regression is not proven, and without all four no method can be the default.',
  '',
  'Evenings:',
  '',
  ...temperatureTable(evening),
  '',
  'Whole days:',
  '',
  ...temperatureTable(day),
];

const known = ({ knownHomes, known: scores }: Scorecard): string[] => [
  `## Two years, a temperature, and known truth: ${knownHomes} generated homes`,
  '',
  'A base, heating and cooling by degree-days under a generated weather of Seoul, weekends 8 % higher, noise, a blackout of ten days in',
  'the years before; then a year in which nothing changed, the same year with the judged day cut, and with every day cut. The',
  'prescribed two-year means do not correct for weather: their seasonal bias is the difference between the years, and not corrected',
  'here either. The regression is fitted to the year before and tested under the model it assumes, which no real home obeys.',
  '',
  ...knownTable(scores),
];

/** The scorecard as a page. `date`: the day it was made. */
export const scorecardReport = (scorecard: Scorecard, date: string): string =>
  [
    head(scorecard, date),
    evenings(scorecard),
    days(scorecard),
    months(scorecard),
    temperature(scorecard),
    known(scorecard),
  ]
    .map((section) => section.join('\n'))
    .join('\n\n')
    .concat('\n');
