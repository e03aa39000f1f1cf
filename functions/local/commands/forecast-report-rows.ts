import type { HomeScore } from '@hems/models/forecast/back-test/home-score';
import { homesWithin, meanOf, median, type Figures } from './forecast-report-figures.ts';

/** One row of the targets (forecasting.md 8). `met` null: not measured in this run. */
export type Row = {
  readonly row: number;
  readonly measure: string;
  readonly naive: string;
  readonly value: string;
  readonly goal: string;
  readonly met: boolean | null;
};

const f1 = (value: number): string => value.toFixed(1);
const f3 = (value: number): string => value.toFixed(3);

const dayAhead = ({ scores }: Figures): Row[] => {
  const mase = meanOf(scores, (score) => score.median.mase);
  const yesterday = meanOf(scores, ({ naive }) => naive.yesterday.mase);
  const week = meanOf(scores, ({ naive }) => naive.sevenDayMean.mase);
  const nrmse = median(scores.map((score) => score.mean.nrmse));
  const wql = meanOf(scores, ({ quantiles }) => quantiles.wql);
  const bias = meanOf(scores, (score) => score.mean.bias);
  const climate = meanOf(scores, ({ climatology }) => climatology.wql);
  return [
    {
      row: 1,
      measure: 'day-ahead MASE',
      naive: `${f3(yesterday)} yesterday`,
      value: `${f3(mase)}, ${f1(100 * (1 - mase / yesterday))} % better`,
      goal: '≤ 0.80',
      met: mase <= 0.8,
    },
    {
      row: 2,
      measure: 'day-ahead MASE relative to the 7-day mean',
      naive: '1',
      value: f3(mase / week),
      goal: '≤ 0.88',
      met: mase / week <= 0.88,
    },
    {
      row: 3,
      measure: 'median home NRMSE of the mean model, %',
      naive: `${f1(median(scores.map(({ naive }) => naive.sevenDayMean.nrmse)))} 7-day mean`,
      value: f1(nrmse),
      goal: '≤ 75.5',
      met: nrmse <= 75.5,
    },
    {
      row: 4,
      measure: 'wQL over deciles, %',
      naive: `${f1(climate)} climatology`,
      value: f1(wql),
      goal: '≤ 39.1',
      met: wql <= 39.1,
    },
    ...coverage(scores),
    {
      row: 11,
      measure: 'energy bias of the mean model, %',
      naive: `${f1(meanOf(scores, ({ naive }) => naive.sevenDayMean.bias))} 7-day mean`,
      value: f1(bias),
      goal: 'abs ≤ 2',
      met: Math.abs(bias) <= 2,
    },
  ];
};

const coverage = (scores: readonly HomeScore[]): Row[] => {
  const [cov80, cov90] = [meanOf(scores, (s) => s.quantiles.cov80), meanOf(scores, (s) => s.quantiles.cov90)];
  const folds = [...new Set(scores.map(({ fold }) => fold))].toSorted((a, b) => a - b);
  const counts = folds.map((fold) => scores.filter((score) => score.fold === fold));
  // 21 of 23, of however many homes there are
  const enough = counts.every((own) => homesWithin(own) >= Math.round((21 / 23) * own.length));
  return [
    {
      row: 5,
      measure: 'coverage of the 80 and 90 % intervals, %',
      naive: `${f1(meanOf(scores, (s) => s.climatology.cov80))}, ${f1(meanOf(scores, (s) => s.climatology.cov90))} climatology`,
      value: `${f1(cov80)}, ${f1(cov90)}`,
      goal: '80 ± 1.5, 90 ± 1.5',
      met: Math.abs(cov80 - 80) <= 1.5 && Math.abs(cov90 - 90) <= 1.5,
    },
    {
      row: 6,
      measure: 'homes within 80 ± 5, by fold',
      naive: `${counts.map((own) => own.filter((s) => Math.abs(s.climatology.cov80 - 80) <= 5).length).join(' / ')} climatology`,
      value: `${counts.map(homesWithin).join(' / ')} of ${counts.map((own) => own.length).join(' / ')}`,
      goal: '≥ 21 of 23 in each fold',
      met: enough,
    },
  ];
};

const nextHour = ({ nextHour: measured }: Figures): Row => {
  const measure = 'next-hour NMAE against persistence, fold 0, %';
  if (!measured) return { row: 7, measure, naive: '', value: 'needs fold 0', goal: '25 % better', met: null };
  const own = meanOf(measured.scores, (score) => score.median.nmae);
  const persistence = meanOf(measured.scores, ({ naive }) => naive.persistence.nmae);
  const better = 100 * (1 - own / persistence);
  return {
    row: 7,
    measure,
    naive: f1(persistence),
    value: `${f1(own)}, ${f1(better)} % better`,
    goal: '25 % better',
    met: better >= 25,
  };
};

const study = ({ study: measured }: Figures): Row => ({
  row: 8,
  measure: 'emhass1 window, RMSE W day-ahead / one step',
  naive: measured ? `${f1(measured.yesterday)} / ${f1(measured.persistence)}` : '',
  value: measured ? `${f1(measured.dayAhead)} / ${f1(measured.oneStep)}` : 'no emhass1_30min.csv.gz in the folder',
  goal: '≤ 730 / ≤ 570',
  met: measured ? measured.dayAhead <= 730 && measured.oneStep <= 570 : null,
});

const coldStart = ({ young }: Figures): Row => {
  const measure = 'cold start, homes unseen in training, NMAE at 1 / 7 days, %';
  const goal = '≤ 53.4 / ≤ 47.7';
  const [one, seven] = [1, 7].map((days) => young?.find((own) => own.days === days));
  if (!one || !seven) return { row: 9, measure, naive: '', value: 'needs fold 0', goal, met: null };
  return {
    row: 9,
    measure,
    naive: `${f1(one.available)} / ${f1(seven.available)} mean of the days available`,
    value: `${f1(one.nmae)} / ${f1(seven.nmae)}`,
    goal,
    met: one.nmae <= 53.4 && seven.nmae <= 47.7,
  };
};

const SEEN_DAYS = 28;
const strangers = ({ young, checks }: Figures): Row => {
  const measure = `unseen homes with ${SEEN_DAYS} days of history against seen ones with as many, NMAE %`;
  const late = young?.find(({ days }) => days === SEEN_DAYS);
  if (!late || !checks) return { row: 10, measure, naive: '', value: 'needs fold 0', goal: 'within 3 %', met: null };
  const seen = meanOf(checks.seen, (score) => score.median.nmae);
  const worse = 100 * (late.nmae / seen - 1);
  return {
    row: 10,
    measure,
    naive: '',
    value: `${f1(late.nmae)} against ${f1(seen)}, ${f1(worse)} % worse`,
    goal: 'within 3 %',
    met: worse <= 3,
  };
};

const month = ({ months }: Figures): Row => {
  const ten = months.find(({ at }) => at === 10);
  return {
    row: 12,
    measure: 'month total, median absolute error at day 10, %',
    naive: ten ? `${f1(ten.ruleApe)} mean of 28 and 14 days` : '',
    value: ten ? f1(ten.ape) : '',
    goal: '≤ 6',
    met: ten ? ten.ape <= 6 : null,
  };
};

const reliability = ({ reliability: measured }: Figures): Row => ({
  row: 13,
  measure: 'confidence: largest gap of the ten tenths, points',
  naive: '',
  value: f1(measured.gap),
  goal: '≤ 5',
  met: measured.gap <= 5,
});

const ROWS = 265_000;
const cost = ({ speed, checks, nextHour: hour }: Figures): Row => {
  const measure = 'training of 265,000 rows (CPU s); one home-day (p95, CPU ms); artefact (bytes)';
  const goal = '≤ 60; ≤ 5; ≤ 1,000,000';
  if (!speed || !checks || !hour) return { row: 14, measure, naive: '', value: 'needs fold 0', goal, met: null };
  const seconds = (speed.cpuSeconds * ROWS) / speed.rows;
  const bytes = checks.bytes + hour.bytes;
  return {
    row: 14,
    measure,
    naive: '',
    value: `${f1(seconds)} (measured ${f1(speed.cpuSeconds)} on ${speed.rows.toLocaleString('en')} rows); ${f1(checks.callMs)}; ${bytes.toLocaleString('en')}`,
    goal,
    met: seconds <= 60 && checks.callMs <= 5 && bytes <= 1_000_000,
  };
};

export const rowsOf = (figures: Figures): Row[] =>
  [
    ...dayAhead(figures),
    nextHour(figures),
    study(figures),
    coldStart(figures),
    strangers(figures),
    month(figures),
    reliability(figures),
    cost(figures),
  ].toSorted((a, b) => a.row - b.row);

/** Leakage and storage hold, where they were tried. A better figure counts only then. */
export const soundness = ({
  checks,
  nextHour: hour,
}: Figures): { readonly leakage: boolean; readonly storage: boolean } | null =>
  checks && hour ? { leakage: checks.leakage && hour.leakage, storage: checks.storage && hour.storage } : null;

export const without = (scores: readonly HomeScore[], apart: readonly string[]): HomeScore[] =>
  scores.filter(({ home }) => !apart.includes(home));
