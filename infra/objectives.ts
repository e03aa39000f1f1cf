import type { Consequence } from './constructs/alarm.ts';

/** What residents may count on over 30 days. What is left to 100 may go wrong: the budget that the alarms watch being spent. */
export type Objective = Consequence & {
  /** percent that goes well */
  readonly percent: 99 | 99.9;
  /** fewer events in a window than this say nothing: one of ten that fails at night is no tenth of the residents */
  readonly least: number;
};
/** An objective that is met where a time is not exceeded. */
export type TimedObjective = Objective & { readonly withinMs: number };

/** Messages that reach the broker are taken in: no call fails, the broker can hand over, the history store takes what we let in. */
export const INGESTION: Objective = {
  percent: 99.9,
  least: 100,
  hurt: 'Homes get gaps: more messages than a month can bear are not taken in, and it is our fault.',
  chapter: 'readings-are-not-taken-in',
};

/** From the broker until a message is durable. */
export const FRESHNESS: TimedObjective = {
  percent: 99,
  withinMs: 10_000,
  least: 100,
  hurt: 'Residents see a live view that is late: more than one message in a hundred takes over ten seconds.',
  chapter: 'readings-are-late',
};

/** Requests of residents are answered, and not with an error of ours. */
export const ANSWERS: Objective = {
  percent: 99.9,
  least: 20,
  hurt: 'Residents get errors of ours in place of answers, more of them than a month can bear.',
  chapter: 'api-fails',
};

export const ANSWER_TIME: TimedObjective = {
  percent: 99,
  withinMs: 2000,
  least: 20,
  hurt: 'Residents wait: more than one answer in a hundred takes longer than two seconds.',
  chapter: 'api-is-slow',
};

/** From what happened until a notice of it is sent or lies in the inbox. */
export const NOTICES: TimedObjective = {
  percent: 99,
  withinMs: 60_000,
  least: 20,
  hurt: 'Residents are told late: more than one notice in a hundred takes over a minute.',
  chapter: 'notices-are-late',
};

/**
 * How fast a budget may be spent before somebody is woken: at 14.4 times the pace that lasts 30 days, 2 % of it are gone in an hour; at 6 times,
 * 5 % in six hours. The short window ends the alarm soon after the fault (Google, The Site Reliability Workbook, chapter 5, "Multiwindow,
 * Multi-Burn-Rate Alerts").
 */
export const BURNS = [
  { times: 14.4, longMin: 60, shortMin: 5 },
  { times: 6, longMin: 360, shortMin: 30 },
] as const;
