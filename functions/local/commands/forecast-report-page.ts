import type { HomeScore } from '@hems/models/forecast/back-test/home-score';
import type { PointScore } from '@hems/models/forecast/back-test/metrics';
import { homesWithin, meanOf, median, type Figures } from './forecast-report-figures.ts';
import { TRIED } from './forecast-report-tried.ts';
import { horizons, laterDays, months, solar } from './forecast-report-horizons.ts';
import { f1, f3, table } from './forecast-report-table.ts';
import { rowsOf, soundness, without } from './forecast-report-rows.ts';

const targets = (figures: Figures): string[] => [
  '## Targets',
  '',
  ...table(
    ['measure', '#', 'naive', 'measured', 'goal', 'met'],
    rowsOf(figures).map(({ row, measure, naive, value, goal, met }) => [
      measure,
      row,
      naive,
      value,
      goal,
      met === null ? 'not measured' : met ? 'yes' : '**no**',
    ]),
  ),
  'Targets 15 and 16 are those of the plan: [plan.md](plan.md).',
  '',
];

const line = (name: string, scores: readonly HomeScore[], of: (score: HomeScore) => PointScore): string[] => [
  name,
  f1(meanOf(scores, (score) => of(score).nmae)),
  f1(meanOf(scores, (score) => of(score).nrmse)),
  f3(meanOf(scores, (score) => of(score).mase)),
  f1(meanOf(scores, (score) => of(score).bias)),
];
const spread = (scores: readonly HomeScore[], of: 'quantiles' | 'pooled' | 'climatology'): string[] => [
  f1(meanOf(scores, (score) => score[of].wql)),
  f1(meanOf(scores, (score) => score[of].cov80)),
  f1(meanOf(scores, (score) => score[of].cov90)),
];
const NONE = ['', '', ''];

const dayAhead = ({ scores }: Figures, apart: readonly string[]): string[] => {
  const part = (own: readonly HomeScore[]): string[] =>
    table(
      ['model', 'NMAE', 'NRMSE', 'MASE', 'bias', 'wQL', 'cov80', 'cov90'],
      [
        [...line('same hour last week', own, ({ naive }) => naive.lastWeek), ...NONE],
        [...line('same hour yesterday', own, ({ naive }) => naive.yesterday), ...NONE],
        [...line('7-day mean', own, ({ naive }) => naive.sevenDayMean), ...NONE],
        [...line('28-day mean', own, ({ naive }) => naive.fourWeekMean), ...NONE],
        [...line('climatology', own, ({ naive }) => naive.climatology), ...spread(own, 'climatology')],
        [...line('**model, mean**', own, (score) => score.mean), ...NONE],
        [...line('model, pooled intervals', own, (score) => score.median), ...spread(own, 'pooled')],
        [...line("**model, the home's own intervals**", own, (score) => score.median), ...spread(own, 'quantiles')],
      ],
    );
  return [
    '## Day ahead',
    '',
    'Means over homes and folds. NMAE, NRMSE, bias in percent of the mean use of the window.',
    '',
    ...part(scores),
    ...(apart.length > 0
      ? [`Without ${apart.join(', ')}, which is no household's load:`, '', ...part(without(scores, apart))]
      : []),
  ];
};

const folds = ({ scores }: Figures): string[] => {
  const own = [...new Set(scores.map(({ fold }) => fold))].toSorted((a, b) => a - b);
  return [
    '### Fold by fold',
    '',
    ...table(
      ['fold', 'homes', 'MASE', 'yesterday', '7-day mean', 'wQL', 'climatology', 'cov80', 'cov90', 'within 80 ± 5'],
      own.map((fold) => {
        const at = scores.filter((score) => score.fold === fold);
        return [
          fold,
          at.length,
          f3(meanOf(at, (score) => score.median.mase)),
          f3(meanOf(at, ({ naive }) => naive.yesterday.mase)),
          f3(meanOf(at, ({ naive }) => naive.sevenDayMean.mase)),
          ...spread(at, 'quantiles').slice(0, 1),
          ...spread(at, 'climatology').slice(0, 1),
          ...spread(at, 'quantiles').slice(1),
          homesWithin(at),
        ];
      }),
    ),
  ];
};

const homes = ({ scores }: Figures): string[] => [
  '### Home by home',
  '',
  ...table(
    [
      'home',
      'NMAE',
      'MASE',
      'yesterday',
      '7-day mean',
      'better than yesterday, %',
      'wQL',
      'climatology',
      'cov80',
      'by fold',
    ],
    [...new Set(scores.map(({ home }) => home))].map((home) => {
      const own = scores.filter((score) => score.home === home);
      const mase = meanOf(own, (score) => score.median.mase);
      const yesterday = meanOf(own, ({ naive }) => naive.yesterday.mase);
      return [
        home,
        f1(meanOf(own, (score) => score.median.nmae)),
        f3(mase),
        f3(yesterday),
        f3(meanOf(own, ({ naive }) => naive.sevenDayMean.mase)),
        f1(100 * (1 - mase / yesterday)),
        f1(meanOf(own, ({ quantiles }) => quantiles.wql)),
        f1(meanOf(own, ({ climatology }) => climatology.wql)),
        f1(meanOf(own, ({ quantiles }) => quantiles.cov80)),
        own.map(({ quantiles }) => quantiles.cov80.toFixed(0)).join(' '),
      ];
    }),
  ),
];

const nextHour = ({ nextHour: measured }: Figures): string[] => {
  if (!measured) return [];
  const { scores } = measured;
  const own = (name: string, of: (score: HomeScore) => PointScore): string[] => [
    ...line(name, scores, of).slice(0, 4),
    f1(meanOf(scores, (score) => of(score).withinFifth)),
    f1(meanOf(scores, (score) => of(score).withinTolerance)),
    f1(meanOf(scores, (score) => of(score).withinHalfKwh)),
  ];
  const [wql = '', cov80 = '', cov90 = ''] = spread(scores, 'quantiles');
  return [
    '## Next hour',
    '',
    'Fold 0, asked anew each hour. Within: share of the hours, percent.',
    '',
    ...table(
      ['model', 'NMAE', 'NRMSE', 'MASE', 'within 20 %', 'within max(20 %, 0.2 kW)', 'within 0.5 kW'],
      [
        own('persistence', ({ naive }) => naive.persistence),
        own('same hour yesterday', ({ naive }) => naive.yesterday),
        own('7-day mean', ({ naive }) => naive.sevenDayMean),
        own('model, mean', (score) => score.mean),
        own('**model, median**', (score) => score.median),
      ],
    ),
    `Intervals: wQL ${wql}, cov80 ${cov80}, cov90 ${cov90}, ${homesWithin(scores)} of ${scores.length} homes within 80 ± 5.`,
    '',
  ];
};

const young = ({ young: own, checks }: Figures): string[] =>
  own
    ? [
        '## Cold start',
        '',
        'Homes unseen in training (four groups), fold 0, history cut, pooled intervals.',
        '',
        ...table(
          ['days of history', 'NMAE', 'mean of the days available', 'MASE', 'cov80', 'cov90'],
          own.map(({ days, nmae, available, mase, cov80, cov90 }) => [
            days,
            f1(nmae),
            f1(available),
            f3(mase),
            f1(cov80),
            f1(cov90),
          ]),
        ),
        ...(checks
          ? [`Homes seen in training, with 28 days: NMAE ${f1(meanOf(checks.seen, (one) => one.median.nmae))}.`, '']
          : []),
      ]
    : [];

const reliability = ({ reliability: { bins } }: Figures): string[] => [
  '## Confidence',
  '',
  'Day-ahead hours of all folds by the tenth of the confidence stated; right is within max(20 %, 0.2 kWh) of the median shown.',
  '',
  ...table(
    ['tenth', 'hours', 'stated, %', 'right, %'],
    bins.flatMap(({ hours, stated, right }, tenth) =>
      hours === 0 ? [] : [[`${tenth * 10}–${tenth * 10 + 10} %`, hours.toLocaleString('en'), f1(stated), f1(right)]],
    ),
  ),
];

const sound = (figures: Figures): string[] => {
  const checks = soundness(figures);
  const said = (holds: boolean): string => (holds ? 'holds' : '**fails**');
  return checks
    ? [
        `Leakage test (everything from a midnight on scrambled, then unknown; features and forecast to the last bit): ${said(checks.leakage)}. A model`,
        `read from its file answers as it did in memory: ${said(checks.storage)}.`,
        '',
      ]
    : [];
};

export const forecastPage = (
  figures: Figures,
  { date, commit, apart }: { readonly date: string; readonly commit: string; readonly apart: readonly string[] },
): string =>
  [
    '# Forecasts: how good they are',
    '',
    `Made on ${date} after commit ${commit} by \`npm run forecast:report -- --data FOLDER\`. Real homes of other countries, values as recorded,`,
    `neither shifted nor scaled: no Korean result. Rolling origin, up to four folds of 28 days; ${figures.scores.length} home-folds. Choices were made on folds 1 to 3;`,
    'what fold 0, the last four weeks of each home, was looked at for stands at the end. No home has weather; only emhass1 has a forecast of its generation.',
    '',
    ...sound(figures),
    ...targets(figures),
    ...dayAhead(figures, apart),
    `Median over homes of NRMSE: mean model ${f1(median(figures.scores.map((score) => score.mean.nrmse)))}, 7-day mean ${f1(median(figures.scores.map(({ naive }) => naive.sevenDayMean.nrmse)))}, yesterday ${f1(median(figures.scores.map(({ naive }) => naive.yesterday.nrmse)))}.`,
    '',
    ...folds(figures),
    ...homes(figures),
    ...nextHour(figures),
    ...horizons(figures),
    ...laterDays(figures),
    ...months(figures),
    ...solar(figures),
    ...young(figures),
    ...reliability(figures),
    ...TRIED,
  ].join('\n');
