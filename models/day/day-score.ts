import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { worst } from '../reading/quality.ts';
import type { PeerMedian } from '../community/peer-median.ts';
import { scoreOf, type NoScore, type Score } from '../score/score.ts';
import { isWhole } from './day-use.ts';
import type { DayFacts } from './derive-day.ts';

export const SCORE_DAYS = 30;
/** A third of the days may be missing; with fewer the figure would be of other days than it says. */
const MIN_DAYS = 20;

export const scoreDays = (date: LocalDate): readonly [LocalDate, LocalDate] => [addDays(date, 1 - SCORE_DAYS), date];

export type ScoredDays = {
  /** the last of the 30 days */
  readonly date: LocalDate;
  /** what is known of any days; those outside of the 30 are passed over */
  readonly days: readonly DayFacts[];
  readonly areaM2?: number | undefined;
  /** of comparable homes, each over all of the 30 days */
  readonly peers?: PeerMedian | undefined;
};

export type DayScore =
  | Score
  | NoScore
  | { readonly status: 'refused'; readonly code: 'too-few-days'; readonly detail: string };

/** The score of the 30 days that end with the date, from those of them whose grid use is wholly known. */
export const scoreOfDays = ({ date, days, areaM2, peers }: ScoredDays): DayScore => {
  const [from, to] = scoreDays(date);
  const known = days.filter((day) => from <= day.date && day.date <= to && isWhole(day));
  if (known.length < MIN_DAYS) {
    const detail = `${known.length} of the ${SCORE_DAYS} days up to ${to} are wholly known; at least ${MIN_DAYS} are needed`;
    return { status: 'refused', code: 'too-few-days', detail };
  }
  return scoreOf({
    date,
    days: known.length,
    use: {
      wh: known.reduce((sum, { importWh = 0 }) => sum + importWh, 0),
      quality: worst(known.map(({ quality }) => (quality === 'good' ? 'good' : 'estimated'))),
    },
    ...(areaM2 !== undefined && { areaM2 }),
    ...(peers && { peers: { ...peers, medianWh: Math.round((peers.medianWh * known.length) / SCORE_DAYS) } }),
  });
};
