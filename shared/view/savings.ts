import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import type { DaySaving } from '@hems/models/day/day-value';
import type { Days } from '../api/days.ts';
import { kwhText } from '../format/energy.ts';
import { massText } from '../format/mass.ts';
import { wonText } from '../format/money.ts';
import { groupedText } from '../format/number.ts';
import type { ReasonTexts } from '../i18n/ko/reasons.ts';
import type { SavingsTexts } from '../i18n/ko/savings.ts';
import type { Words } from '../i18n/texts.ts';
import { against, againstText, directionOf } from './against-usual.ts';
import { cardOf, empty, filled, type Card, type Loaded } from './card.ts';
import { wordOf } from './word.ts';

export type SavingView = {
  /** less, more or as much as usual */
  readonly headline: string;
  readonly isLess: boolean;
  readonly figures: readonly { readonly name: string; readonly value: string }[];
  readonly state: string;
  readonly why: readonly string[];
  /** the last 30 days together; none: there is no sum */
  readonly sum: readonly string[];
};
export type SavingWords = Words<SavingsTexts> & { readonly reasons: ReasonTexts };

type Saved = Extract<DaySaving, { status: 'saved' }>;
type Day = Days['days'][number];

/** One pine of the central region absorbs 9.8 kg of CO2 a year (forest institute 2019, korea.md 4; single source). */
const PINE_G_PER_DAY = 9800 / 365;

const whyOf = (saving: Saved, { s, reasons }: SavingWords): string[] => {
  const { expectedWh, savedWh, interval, method, version, quality, remarks, savedCo2G } = saving;
  const pineDays = Math.round(savedCo2G / PINE_G_PER_DAY);
  return [
    `${s.expected(kwhText(expectedWh), kwhText(expectedWh - savedWh))}.`,
    ...(interval === null
      ? []
      : [s.interval(kwhText(interval.lowWh), kwhText(interval.highWh), interval.confidencePercent)]),
    s.how(wordOf(reasons.method, method, method), version),
    ...remarks.map((remark) => wordOf(reasons.remark, remark, remark)),
    ...(quality === 'good' ? [] : [s.estimatedWhy]),
    ...(pineDays > 0 ? [s.pine(groupedText(pineDays, 0))] : []),
  ];
};

/** The won of the sum is that of the bills, tiers and all: its direction is its own, and the sum says whose it is. */
const sumTexts = (saved: Days['saved'], { s }: SavingWords): string[] => {
  if (saved === null) return [];
  const { days, savedWh, savedWon, savedCo2G, provisional } = saved;
  const sum = s.sum({
    days,
    energy: againstText(against(`${kwhText(Math.abs(savedWh))} kWh`, directionOf(savedWh), s.against)),
    won: savedWon === null ? s.noPrice : s.billed(wonText(Math.abs(savedWon)), Math.sign(savedWon)),
    co2: againstText(against(massText(Math.abs(savedCo2G)), directionOf(savedWh), s.co2Against)),
  });
  return [provisional ? `${sum} ${s.sumProvisional}` : sum, ...(savedWon === null ? [] : [s.sumHow])];
};

/** A day from before its worth was told apart says no won. */
const wonFigures = ({ savedWh, worthWon }: Saved, { s }: SavingWords): SavingView['figures'] => {
  if (worthWon === undefined) return [];
  const won = worthWon === null ? undefined : against(wonText(Math.abs(worthWon)), directionOf(savedWh), s.against);
  return [{ name: s.saved.won, value: won === undefined ? s.noPrice : againstText(won) }];
};

type Yesterday = { readonly saving: Saved; readonly state: Day['state']; readonly saved: Days['saved'] };

const savedView = ({ saving, state, saved }: Yesterday, words: SavingWords): SavingView => {
  const { s } = words;
  const { savedWh, savedCo2G, quality } = saving;
  const direction = directionOf(savedWh);
  const energy = against(`${kwhText(Math.abs(savedWh))} kWh`, direction, s.against);
  const co2 = against(massText(Math.abs(savedCo2G)), direction, s.co2Against);
  return {
    headline: s[direction],
    isLess: direction === 'less',
    figures: [
      ...wonFigures(saving, words),
      { name: s.saved.energy, value: againstText(energy) },
      { name: s.saved.co2, value: againstText(co2) },
    ],
    state: quality === 'good' ? s[state] : `${s[state]} · ${s.estimated}`,
    why: whyOf(saving, words),
    sum: sumTexts(saved, words),
  };
};

/** What yesterday saved against the home's own baseline; `days` end with yesterday. */
export const savingCard = (loaded: Loaded<Days>, today: LocalDate, words: SavingWords): Card<SavingView> =>
  cardOf(loaded, words.t, ({ days, saved }) => {
    const { s, reasons } = words;
    const yesterday = days.find(({ date }) => date === addDays(today, -1));
    const saving = yesterday?.saving;
    if (yesterday === undefined || saving === undefined) return empty(s.notYet);
    if (saving.status === 'refused')
      return empty({ title: s.refused, text: wordOf(reasons.refusal, saving.code, saving.detail) });
    return filled(savedView({ saving, state: yesterday.state, saved }, words), undefined);
  });
