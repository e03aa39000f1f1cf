import type { ScoreAnswer } from '../api/days.ts';
import { spanText } from '../format/date.ts';
import { kwhText } from '../format/energy.ts';
import { groupedText } from '../format/number.ts';
import { cardOf, empty, filled, type Card, type Loaded } from './card.ts';
import type { SavingWords } from './savings.ts';
import { wordOf } from './word.ts';

export type ScoreView = {
  readonly grade: string;
  readonly points: string;
  readonly score: string;
  readonly over: string;
  /** that the grade is ours */
  readonly ours: string;
  /** each step that led to it */
  readonly why: readonly string[];
};

type Scored = Extract<ScoreAnswer, { status: 'scored' }>;
type Line = Scored['lines'][number];

const figure = (line: Line, name: string): number => {
  const value = line[name];
  return typeof value === 'number' ? value : 0;
};
const kwh = (line: Line, name: string): string => kwhText(figure(line, name));
const whole = (line: Line, name: string): string => groupedText(figure(line, name), 0);
const change = (line: Line): string => {
  const wh = figure(line, 'changedByWh');
  return `${wh < 0 ? '−' : '+'}${kwhText(Math.abs(wh))}`;
};

/** A step in words; one that this app does not know yet is left out. */
const lineText = (line: Line, score: Scored, { s }: SavingWords): string | undefined => {
  const { line: say } = s;
  const texts: Readonly<Record<string, () => string>> = {
    use: () => say.use(kwh(line, 'wh'), whole(line, 'days')),
    'normal-weather': () => say['normal-weather'](change(line)),
    'normal-size': () => say['normal-size'](whole(line, 'areaM2'), whole(line, 'asM2'), change(line)),
    'comparable-use': () => say['comparable-use'](kwh(line, 'wh')),
    'peer-median': () => say['peer-median'](kwh(line, 'wh'), whole(line, 'homes')),
    'table-median': () => say['table-median'](kwh(line, 'wh'), whole(line, 'peers'), whole(line, 'neededPeers')),
    ratio: () => say.ratio(groupedText(figure(line, 'permille') / 10, 0)),
    score: () => say.score(String(score.score), score.grade),
  };
  return texts[line.line]?.();
};

/** The efficiency grade, explained line by line. */
export const scoreCard = (loaded: Loaded<ScoreAnswer>, words: SavingWords): Card<ScoreView> =>
  cardOf(loaded, words.t, (answer) => {
    const { t, s, reasons } = words;
    if (answer.status === 'refused')
      return empty({ title: s.noScore, text: wordOf(reasons.refusal, answer.code, answer.detail) });
    const view: ScoreView = {
      grade: answer.grade,
      points: s.points(answer.score),
      score: s.score(answer.score),
      over: spanText(answer, t),
      ours: s.ours,
      why: [
        ...answer.lines.flatMap((line) => lineText(line, answer, words) ?? []),
        ...answer.remarks.map((remark) => wordOf(s.remark, remark, remark)),
        ...(answer.provisional ? [s.scoreProvisional] : []),
      ],
    };
    return filled(view, undefined);
  });
