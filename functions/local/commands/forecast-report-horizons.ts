import type { SolarScore } from '@hems/models/forecast/back-test/solar-days';
import { meanOf, type Figures } from './forecast-report-figures.ts';
import { f1, f3, table } from './forecast-report-table.ts';

/** The page on what lies beyond the day ahead: the second day, later days, months, generation. */

export const horizons = ({ horizons: own }: Figures): string[] => [
  '## Other horizons and totals',
  '',
  ...table(
    ['24 to 48 hours ahead', 'NMAE', 'MASE', 'cov80', 'cov90'],
    [
      [
        'the same model, from the last day known',
        f1(meanOf(own, (one) => one.dayTwo.nmae)),
        f3(meanOf(own, (one) => one.dayTwo.mase)),
        f1(meanOf(own, (one) => one.dayTwoQuantiles.cov80)),
        f1(meanOf(own, (one) => one.dayTwoQuantiles.cov90)),
      ],
      [
        '7-day mean of then',
        f1(meanOf(own, (one) => one.dayTwoSevenDayMean.nmae)),
        f3(meanOf(own, (one) => one.dayTwoSevenDayMean.mase)),
        '',
        '',
      ],
      [
        'same hour two days before',
        f1(meanOf(own, (one) => one.dayTwoTwoDaysAgo.nmae)),
        f3(meanOf(own, (one) => one.dayTwoTwoDaysAgo.mase)),
        '',
        '',
      ],
    ],
  ),
  `Two to six hours ahead, asked at 6, 12 and 18 h: NMAE ${f1(meanOf(own, (one) => one.intraday))} with what the last hour told,`,
  `${f1(meanOf(own, (one) => one.intradayPlain))} as foreseen at midnight.`,
  '',
  `Day total, NMAE: the mean model summed ${f1(meanOf(own, (one) => one.dayTotal))}, the level of the month totals`,
  `${f1(meanOf(own, (one) => one.dayTotalLevel))}, yesterday ${f1(meanOf(own, (one) => one.dayTotalYesterday))}.`,
  '',
];

export const laterDays = ({ later }: Figures): string[] => [
  '### Days three to seven',
  '',
  'The total of a day, foreseen at a midnight so many days before it: level and weekday. Means over homes and folds.',
  '',
  ...table(
    ['day, today the first', 'NMAE', '7-day mean', 'last week', 'in 80 % range', 'its width, % of the use'],
    [...new Set(later.map(({ ahead }) => ahead))].map((ahead) => {
      const own = later.filter((score) => score.ahead === ahead);
      return [
        ahead + 1,
        f1(meanOf(own, ({ nmae }) => nmae)),
        f1(meanOf(own, ({ sevenDayMean }) => sevenDayMean)),
        f1(meanOf(own, ({ lastWeek }) => lastWeek)),
        f1(meanOf(own, ({ within80 }) => within80)),
        f1(meanOf(own, ({ width }) => width)),
      ];
    }),
  ),
];

const SOLAR_HEAD = [
  'home',
  'days',
  'NMAE',
  'of peak, with light',
  'yesterday',
  'of peak',
  '7-day mean',
  'left of the day, asked at 9, 11, 13, 15 h',
  'as foreseen at midnight',
  'in 80 % range, with light',
];
const solarLine = (name: string, scores: readonly SolarScore[]): (string | number)[] => [
  name,
  meanOf(scores, ({ days }) => days).toFixed(0),
  ...(
    ['nmae', 'peak', 'yesterday', 'yesterdayPeak', 'sevenDayMean', 'intraday', 'intradayPlain', 'cov80'] as const
  ).map((key) => f1(meanOf(scores, (score) => score[key]))),
];
export const solar = ({ solar: measured }: Figures): string[] => {
  if (!measured) return [];
  const { roofs, published } = measured;
  return [
    '## Generation',
    '',
    'Half yesterday, half the 7-day mean; with weather irradiance times the ratio of the hour; for the hours left of a day what the two',
    'before them told, halved every four hours. Errors in percent of the generation. The last 112 days are the result; the whole year of emhass1',
    'holds the days that its numbers were chosen on, and stands here for the sheet, which has the year.',
    '',
    ...table(SOLAR_HEAD, [
      ...roofs.map((score) => solarLine(score.home, [score])),
      ...(roofs.length > 0 ? [solarLine(`mean of ${roofs.length}`, roofs)] : []),
      ...(published
        ? [
            solarLine('emhass1, without weather', [published.without]),
            solarLine('**emhass1, its published forecast as the weather**', [published.with]),
            solarLine('emhass1, the same, a whole year', [published.year]),
          ]
        : []),
    ]),
    ...(published
      ? [
          `The published forecast of emhass1 as it is: ${f1(published.with.published)}, of the year ${f1(published.year.published)}. The year in half-hours, nights left out: yesterday`,
          `${f1(published.anchor.yesterday)} and published ${f1(published.anchor.published)}, the sheet's 52.2 and 41.3. No home has clouds: clear sky times clouds is proved on a`,
          'generated roof only (models/forecast/solar.test.ts), the ratio to a forecast on emhass1.',
          '',
        ]
      : []),
  ];
};

const MONTH_COLUMNS = [
  'ape',
  'ape90',
  'ruleApe',
  'ruleApe90',
  'previousApe',
  'within80',
  'width',
  'widest',
  'foreknownApe',
] as const;

export const months = ({ months: own }: Figures): string[] => [
  '### Month totals',
  '',
  'Absolute error in percent of the month: what is used so far, and for the days left ½ (fading mean, half-life 3 days + 14-day',
  'mean). The rule to beat: ½ (28-day mean + 14-day mean). A week foreknown: the seven days ahead as they came, the level for the rest; what',
  'a perfect weather forecast would leave. Width: what lies between p10 and p90, median; widest: the largest p90 of all, in months as large as',
  "the home's largest.",
  '',
  ...table(
    [
      'days over',
      'home-months',
      'median',
      '90 % below',
      'rule: median',
      '90 % below',
      'month before',
      'in 80 % range',
      'width, %',
      'widest',
      'a week foreknown',
    ],
    own.map((one) => [one.at, one.months, ...MONTH_COLUMNS.map((of) => f1(one[of]))]),
  ),
];
