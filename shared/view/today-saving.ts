import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { Quality } from '@hems/models/reading/quality';
import type { Today, TodaySaving } from '../api/today.ts';
import { kwhText } from '../format/energy.ts';
import { massText } from '../format/mass.ts';
import { wonText } from '../format/money.ts';
import { dayText } from '../format/date.ts';
import { clockText, momentText } from '../format/time.ts';
import type { Messages } from '../i18n/messages.ts';
import type { ReasonTexts } from '../i18n/ko/reasons.ts';
import type { TodayTexts } from '../i18n/ko/today.ts';
import type { Words } from '../i18n/texts.ts';
import { against, directionOf, type Against } from './against-usual.ts';
import { cardOf, empty, filled, type Bare, type Card, type Loaded } from './card.ts';
import { wordOf } from './word.ts';

export type TodayWords = Words<TodayTexts> & { readonly reasons: ReasonTexts };

export type TodaySavingView = {
  /** where the answer is of another day: names it in the place of today */
  readonly title: string | undefined;
  /** where it can be told, the first number of the card */
  readonly won: Against | undefined;
  /** stands in for the won */
  readonly noPrice: string;
  /** kWh with its unit */
  readonly energy: Against;
  readonly headline: string;
  /** up to when, that it is provisional, and where it is estimated */
  readonly until: string;
  readonly why: readonly string[];
};
export type TodayUseView = {
  readonly title: string | undefined;
  /** won first, where they can be told, beside the energy that they are of: `오늘 ₩1,410 · 7.4 kWh` */
  readonly used: string;
};
export type TodayCo2View = {
  /** against the usual day; undefined: the saving is not told */
  readonly saved: Against | undefined;
  readonly footprint: string | undefined;
};
export type TodayCards = {
  readonly saving: Card<TodaySavingView>;
  readonly use: Card<TodayUseView>;
  readonly co2: Card<TodayCo2View>;
};

type Saved = Extract<TodaySaving, { status: 'saved' }>;
/** The day that the answer is of: it outlives its midnight where no other answer comes. */
type Day = { readonly isOver: boolean; readonly word: string; readonly title: string | undefined };
type At = { readonly today: Today; readonly day: Day; readonly nowMs: number };
type SavedToday = At & { readonly saving: Saved; readonly untilMs: number };

const dayOf = (date: LocalDate, nowMs: number, { t, s }: TodayWords): Day => {
  if (date === localDate(nowMs)) return { isOver: false, word: s.today, title: undefined };
  const word = dayText(date, t);
  return { isOver: true, word, title: s.savedOn(word) };
};

const timeOf = ({ untilMs, day, nowMs }: SavedToday, t: Messages): string =>
  day.isOver ? momentText(untilMs, nowMs, t) : clockText(untilMs, t);

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' · ');
const isEstimated = (quality: Quality): boolean => quality === 'estimated';

const whyOf = (told: SavedToday, { t, s, reasons }: TodayWords): string[] => {
  const { saving, day } = told;
  const { expectedWh, savedWh, interval, method, version, quality, remarks, comparedDates } = saving;
  const used = kwhText(expectedWh - savedWh);
  return [
    s.expected({ time: timeOf(told, t), expected: kwhText(expectedWh), day: day.word, used }),
    ...(interval === null
      ? []
      : [s.interval(kwhText(interval.lowWh), kwhText(interval.highWh), interval.confidencePercent)]),
    s.compared(comparedDates.length),
    s.how(wordOf(reasons.method, method, method), version),
    ...remarks.map((remark) => wordOf(reasons.remark, remark, remark)),
    ...(isEstimated(quality) ? [s.estimatedWhy] : []),
    ...(day.isOver ? [] : [s.later]),
  ];
};

const savingView = (told: SavedToday, words: TodayWords): TodaySavingView => {
  const { t, s } = words;
  const { savedWh, worthWon, quality } = told.saving;
  const direction = directionOf(savedWh);
  return {
    title: told.day.title,
    won: worthWon === null ? undefined : against(wonText(Math.abs(worthWon)), direction, s.saved),
    noPrice: s.noPrice,
    energy: against(`${kwhText(Math.abs(savedWh))} kWh`, direction, s.saved),
    headline: (told.day.isOver ? s.headlineOver : s.headline)[direction],
    until: joined(s.until(timeOf(told, t)), isEstimated(quality) ? s.estimated : undefined),
    why: whyOf(told, words),
  };
};

const refusedCard = (saving: Extract<TodaySaving, { status: 'refused' }>, { s, reasons }: TodayWords): Bare => {
  const own = Object.entries(s.refused).find(([code]) => code === saving.code);
  if (own) return empty(own[1]);
  return empty({ title: s.refusedOther, text: wordOf(reasons.refusal, saving.code, saving.detail) });
};

const savingCard = (at: At, words: TodayWords): Card<TodaySavingView> => {
  const { saving, untilMs } = at.today;
  // what kept another day from being told is nothing to say of today
  if (untilMs === null || (at.day.isOver && saving.status === 'refused')) return empty(words.s.refused['nothing-yet']);
  if (saving.status === 'refused') return refusedCard(saving, words);
  return filled(savingView({ ...at, saving, untilMs }, words), undefined);
};

const noteOf = ({ missingSlots, quality }: Today, { s }: TodayWords): string | undefined => {
  const notes = [...(missingSlots > 0 ? [s.missing] : []), ...(quality === 'bad' ? [s.bad] : [])];
  return notes.length === 0 ? undefined : notes.join(' ');
};

const useCard = ({ today, day }: At, words: TodayWords): Card<TodayUseView> => {
  const { s } = words;
  const { loadWh, importWh, costWon, quality } = today;
  if (loadWh === null) return empty(s.useEmpty);
  const [home, grid] = [`${kwhText(loadWh)} kWh`, `${kwhText(importWh ?? loadWh)} kWh`];
  const cost = costWon === null ? undefined : wonText(costWon);
  // The won are of what came from the grid, not of what the roof or the battery gave.
  const parts = cost === undefined || grid === home ? joined(cost, home) : s.usedOfGrid(joined(cost, grid), home);
  const used = s.used(day.word, joined(parts, isEstimated(quality) ? s.estimated : undefined));
  return filled({ title: day.title, used }, noteOf(today, words));
};

const co2Card = ({ today, day }: At, { s }: TodayWords): Card<TodayCo2View> => {
  const { saving, footprintG, quality } = today;
  const saved =
    saving.status === 'saved'
      ? against(massText(Math.abs(saving.savedCo2G)), directionOf(saving.savedWh), s.co2)
      : undefined;
  if (saved === undefined && footprintG === null) return empty(s.co2Empty);
  const footprintText = (grams: number): string =>
    joined(s.co2.footprint(day.word, massText(grams)), isEstimated(quality) ? s.estimated : undefined);
  return filled({ saved, footprint: footprintG === null ? undefined : footprintText(footprintG) }, undefined);
};

/**
 * Today so far on cards: what it saved, what it used and cost, and its CO2. An answer of another day than that of `nowMs` is told with its date.
 */
export const todayCards = (loaded: Loaded<Today>, nowMs: number, words: TodayWords): TodayCards => {
  const at = (today: Today): At => ({ today, day: dayOf(today.date, nowMs, words), nowMs });
  return {
    saving: cardOf(loaded, words.t, (today) => savingCard(at(today), words)),
    use: cardOf(loaded, words.t, (today) => useCard(at(today), words)),
    co2: cardOf(loaded, words.t, (today) => co2Card(at(today), words)),
  };
};

export type UsualView = { readonly direction: 'above' | 'below' | 'same'; readonly text: string };

/** Within a tenth of the usual, or a few watts of standby, the power is the usual one. */
const LEAST_PERCENT = 10;
const LEAST_W = 30;

/** The power of the home now against that of the running hour on usual days; undefined where one of them is not known. */
export const againstUsual = (
  powerW: number | null | undefined,
  usualPowerW: number | null | undefined,
  { s }: Pick<TodayWords, 's'>,
): UsualView | undefined => {
  if (powerW === null || powerW === undefined || !usualPowerW) return undefined;
  const percent = Math.round(((powerW - usualPowerW) * 100) / usualPowerW);
  if (Math.abs(percent) < LEAST_PERCENT || Math.abs(powerW - usualPowerW) < LEAST_W)
    return { direction: 'same', text: s.usual.same };
  return percent > 0
    ? { direction: 'above', text: s.usual.above(percent) }
    : { direction: 'below', text: s.usual.below(-percent) };
};
