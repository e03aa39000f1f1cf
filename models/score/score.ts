import { isUsable, type Use } from '../baseline/baseline.ts';
import { rowOn, type Provisional } from '../calendar/dated.ts';
import type { LocalDate } from '../calendar/seoul.ts';
import { MIN_PEERS, type PeerMedian } from '../community/peer-median.ts';
import type { Quality } from '../reading/quality.ts';
import { AREA_TABLES, SCORE_RULES, type AreaTable, type Grade, type ScoreRule } from './rows.ts';

/** The use of a home in a period, and what makes it comparable with others. */
export type ScoreRequest = {
  /** the last day; its rules hold */
  readonly date: LocalDate;
  readonly days: number;
  readonly use: Use | undefined;
  /** what a weather model expects of the period under its own weather and under a normal one; absent: no model */
  readonly weather?: { readonly actualWh: number; readonly normalWh: number };
  readonly areaM2?: number;
  /** of homes whose use was made comparable in the same way, over the same period */
  readonly peers?: PeerMedian;
};

/** One step of the explanation, in the order in which it was taken; all energies are of the whole period. */
export type ScoreLine =
  | { readonly line: 'use'; readonly wh: number; readonly days: number }
  | { readonly line: 'normal-weather'; readonly changedByWh: number }
  | { readonly line: 'normal-size'; readonly areaM2: number; readonly asM2: number; readonly changedByWh: number }
  | { readonly line: 'comparable-use'; readonly wh: number }
  | { readonly line: 'peer-median'; readonly wh: number; readonly homes: number }
  | { readonly line: 'table-median'; readonly wh: number; readonly peers: number; readonly neededPeers: number }
  | { readonly line: 'ratio'; readonly permille: number }
  | { readonly line: 'score'; readonly score: number; readonly grade: Grade };

export type ScoreRemark = 'weather-not-considered' | 'size-not-considered' | 'table-knows-no-seasons';

export type Score = {
  readonly status: 'scored';
  readonly score: number;
  readonly grade: Grade;
  /** the grade is ours, not the government's */
  readonly official: false;
  readonly lines: readonly ScoreLine[];
  readonly remarks: readonly ScoreRemark[];
  readonly quality: Quality;
  readonly rows: readonly string[];
  readonly provisional: readonly Provisional[];
};

export type NoScore = {
  readonly status: 'refused';
  readonly code: 'missing-use' | 'bad-input' | 'no-row';
  readonly detail: string;
};
const refused = (code: NoScore['code'], detail: string): NoScore => ({ status: 'refused', code, detail });

/** Homes are compared as if they had this floor. */
const NORMAL_M2 = 85;
const YEAR_DAYS = 365;

/** Mean month by area; straight lines between the rows of the table. */
const monthWhAt = ({ byArea }: AreaTable, m2: number): number => {
  const above = byArea.findIndex((row) => row.m2 >= m2);
  const [to, from] = [byArea.at(above), byArea[above - 1]];
  if (to === undefined || above < 0) return byArea.at(-1)?.monthWh ?? 0;
  if (from === undefined) return to.monthWh;
  return from.monthWh + ((to.monthWh - from.monthWh) * (m2 - from.m2)) / (to.m2 - from.m2);
};

const sizedWh = (wh: number, areaM2: number, table: AreaTable): number =>
  Math.round((wh * monthWhAt(table, NORMAL_M2)) / monthWhAt(table, areaM2));

/** A use as it would be in a home of normal size, whole Wh; undefined: no table of uses by area holds on the date. */
export const atNormalSize = (wh: number, areaM2: number, date: LocalDate): number | undefined => {
  const table = rowOn(AREA_TABLES, date);
  return table && sizedWh(wh, areaM2, table);
};

type Comparable = { readonly wh: number; readonly lines: readonly ScoreLine[]; readonly remarks: ScoreRemark[] };

/** The use as it would be under normal weather in a home of normal size. */
const comparable = (use: Use, { days, weather, areaM2 }: ScoreRequest, table: AreaTable): Comparable => {
  const atNormalWeather = weather ? Math.round((use.wh * weather.normalWh) / weather.actualWh) : use.wh;
  const sized = areaM2 === undefined ? atNormalWeather : sizedWh(atNormalWeather, areaM2, table);
  return {
    wh: sized,
    lines: [
      { line: 'use', wh: use.wh, days },
      ...(weather ? [{ line: 'normal-weather', changedByWh: atNormalWeather - use.wh } as const] : []),
      ...(areaM2 === undefined
        ? []
        : [{ line: 'normal-size', areaM2, asM2: NORMAL_M2, changedByWh: sized - atNormalWeather } as const]),
      { line: 'comparable-use', wh: sized },
    ],
    remarks: [
      ...(weather ? [] : (['weather-not-considered'] as const)),
      ...(areaM2 === undefined ? (['size-not-considered'] as const) : []),
    ],
  };
};

type Median = Extract<ScoreLine, { line: 'peer-median' | 'table-median' }>;
const medianOf = ({ peers, days }: ScoreRequest, table: AreaTable): Median =>
  peers && peers.homes >= MIN_PEERS
    ? { line: 'peer-median', wh: peers.medianWh, homes: peers.homes }
    : {
        line: 'table-median',
        wh: Math.round((monthWhAt(table, NORMAL_M2) * 12 * days) / YEAR_DAYS),
        peers: peers?.homes ?? 0,
        neededPeers: MIN_PEERS,
      };

/** Half up, from 0 to full. */
const scoreOfRatio = (wh: number, medianWh: number, rule: ScoreRule): number => {
  const most = rule.fullScore + (rule.pointsPerRatio * rule.fullAtPermille) / 1000;
  const score = Math.floor((most * medianWh - rule.pointsPerRatio * wh) / medianWh + 0.5);
  return Math.min(rule.fullScore, Math.max(0, score));
};

const inputFault = ({ days, weather, areaM2, peers }: ScoreRequest): string | undefined => {
  if (!(days > 0)) return 'the period has no days';
  if (weather && !(weather.actualWh > 0 && weather.normalWh > 0)) return 'the weather model expects no use';
  if (areaM2 !== undefined && !(areaM2 > 0)) return 'the floor area is not above 0';
  if (peers && !(peers.medianWh > 0)) return 'the median of the peers is not above 0';
  return undefined;
};

type Rows = { readonly rule: ScoreRule; readonly table: AreaTable };

const answer = (request: ScoreRequest, use: Use, { rule, table }: Rows): Score => {
  const { wh, lines, remarks } = comparable(use, request, table);
  const median = medianOf(request, table);
  const isFromTable = median.line === 'table-median';
  const usesTable = isFromTable || request.areaM2 !== undefined;
  const score = scoreOfRatio(wh, median.wh, rule);
  const grade = rule.grades.find(({ fromScore }) => score >= fromScore)?.grade ?? 'E';
  return {
    status: 'scored',
    score,
    grade,
    official: false,
    lines: [
      ...lines,
      median,
      { line: 'ratio', permille: Math.round((wh * 1000) / median.wh) },
      { line: 'score', score, grade },
    ],
    remarks: isFromTable && request.days < YEAR_DAYS ? [...remarks, 'table-knows-no-seasons'] : remarks,
    quality: use.quality,
    rows: usesTable ? [rule.id, table.id] : [rule.id],
    provisional: usesTable && table.provisional ? [table.provisional] : [],
  };
};

/** The efficiency score and grade of korea.md 5, with each step that led to it. */
export const scoreOf = (request: ScoreRequest): Score | NoScore => {
  const { date, use } = request;
  if (!isUsable(use)) return refused('missing-use', 'the use of the period is not known');
  const fault = inputFault(request);
  if (fault !== undefined) return refused('bad-input', fault);
  const rule = rowOn(SCORE_RULES, date);
  const table = rowOn(AREA_TABLES, date);
  return rule && table
    ? answer(request, use, { rule, table })
    : refused('no-row', `no rule of the score holds on ${date}`);
};
