import { BIAS_LIMIT_PERCENT, SEASONS, type Accuracy, type MethodScore } from '@hems/models/baseline/scorecard';
import { CUT_PERCENT, type Comparison, type KnownScore, type RealScore } from './scorecard-results.ts';

/** The tables of the scorecard's page, as lines of Markdown. */

export const signed = (value: number | null): string => {
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

const SCORED = ['method', 'overall', ...SEASONS, 'in 80 % interval', 'baselines', 'refused'];
const scored = (name: string, { overall, seasons }: MethodScore, seasonal: boolean): string[] => [
  name,
  withSpread(overall),
  ...SEASONS.map((season) => (seasonal ? withSpread(seasons[season]) : '–')),
  plain(overall.heldPercent),
  String(overall.baselines),
  String(overall.refused),
];

export const pooledTable = (real: readonly RealScore[]): string[] =>
  table(
    SCORED,
    real.map(({ name, pooled }) => scored(name, pooled, true)),
  );

/** The candidates on the half that chose and on the half that did not. */
export const halvesTable = ({ scores, candidates }: Comparison): string[] =>
  table(
    ['candidate', 'homes', 'overall', ...SEASONS],
    scores
      .filter(({ method }) => candidates.includes(method))
      .flatMap(({ name, onChoice, onHeldOut }) =>
        [
          { half: 'choice', score: onChoice },
          { half: 'held out', score: onHeldOut },
        ].map(({ half, score: { overall, seasons } }) => [
          name,
          half,
          withSpread(overall),
          ...SEASONS.map((season) => signed(seasons[season].biasPercent)),
        ]),
      ),
  );

const median = (sorted: readonly number[]): number | null => {
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};

const spreadLine = ({ name, homes, apart }: RealScore): string[] => {
  const sorted = homes
    .flatMap(({ accuracy: { biasPercent } }) => (biasPercent === null ? [] : [biasPercent]))
    .toSorted((a, b) => a - b);
  const fair = sorted.filter((bias) => Math.abs(bias) <= BIAS_LIMIT_PERCENT).length;
  return [
    name,
    signed(sorted[0] ?? null),
    signed(median(sorted)),
    signed(sorted.at(-1) ?? null),
    `${fair} of ${sorted.length}`,
    ...apart.map(({ accuracy }) => withSpread(accuracy)),
  ];
};

export const spreadTable = (real: readonly RealScore[]): string[] =>
  table(
    [
      'method',
      'lowest bias',
      'median',
      'highest',
      `within ± ${BIAS_LIMIT_PERCENT} %`,
      ...(real[0]?.apart.map(({ home }) => `${home} (no household load, not pooled)`) ?? []),
    ],
    real.map(spreadLine),
  );

const NONE: Accuracy = { baselines: 0, refused: 0, biasPercent: null, spreadPercent: null, heldPercent: null };
export const homesTable = (real: readonly RealScore[]): string[] => {
  const homes = real[0]?.homes.map(({ home }) => home) ?? [];
  return table(
    ['home', ...real.map(({ name }) => name)],
    homes.map((home, i) => [home, ...real.map((one) => withSpread(one.homes[i]?.accuracy ?? NONE))]),
  );
};

export const temperatureTable = (real: readonly RealScore[]): string[] =>
  table(
    ['method', 'bias (spread)', 'in 80 % interval', 'baselines'],
    real.map(({ name, whereTemperature: one }) => [
      name,
      withSpread(one),
      plain(one.heldPercent),
      String(one.baselines),
    ]),
  );

const percent = (value: number | null): string => (value === null ? '–' : `${signed(value).replace('+', '')} %`);
export const knownTable = (scores: readonly KnownScore[]): string[] =>
  table(
    [...SCORED, `a cut of ${CUT_PERCENT} % on one day is measured as`, 'kept up all year, as'],
    scores.map(({ name, score, seasonal, measuredPercent: { onTheDay, keptUp } }) => [
      ...scored(name, score, seasonal),
      percent(onTheDay),
      percent(keptUp),
    ]),
  );

/** Where a score is further off than a default may be. */
export const missesOf = ({ overall, seasons }: MethodScore): string => {
  const all = [{ when: 'overall', of: overall }, ...SEASONS.map((season) => ({ when: season, of: seasons[season] }))];
  const missed = all.filter(
    ({ of: { biasPercent } }) => biasPercent === null || Math.abs(biasPercent) > BIAS_LIMIT_PERCENT,
  );
  return missed.length === 0
    ? 'within the limit everywhere'
    : missed
        .map(({ when, of }) => `${when} ${of.biasPercent === null ? 'not proven' : `${signed(of.biasPercent)} %`}`)
        .join(', ');
};
