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
import { cardOf, empty, filled, type Card, type Loaded } from './card.ts';
import { wordOf } from './word.ts';

export type SavingView = {
  /** less, more or as much as usual */
  readonly headline: string;
  readonly isLess: boolean;
  readonly figures: readonly { readonly name: string; readonly value: string }[];
  readonly state: string;
  readonly why: readonly string[];
  /** the last 30 days together */
  readonly sum: string | undefined;
};
export type SavingWords = Words<SavingsTexts> & { readonly reasons: ReasonTexts };

type Saved = Extract<DaySaving, { status: 'saved' }>;
type Day = Days['days'][number];

/** One pine of the central region absorbs 9.8 kg of CO2 a year (forest institute 2019, korea.md 4; single source). */
const PINE_G_PER_DAY = 9800 / 365;

const headlineOf = (savedWh: number, { s }: SavingWords): string =>
  Math.abs(savedWh) < 50 ? s.same : savedWh > 0 ? s.less : s.more;

const whyOf = (saving: Saved, { s, reasons }: SavingWords): string[] => {
  const { expectedWh, savedWh, interval, method, version, remarks, savedCo2G } = saving;
  const pineDays = Math.round(savedCo2G / PINE_G_PER_DAY);
  return [
    `${s.expected(kwhText(expectedWh), kwhText(expectedWh - savedWh))}.`,
    ...(interval === null
      ? []
      : [s.interval(kwhText(interval.lowWh), kwhText(interval.highWh), interval.confidencePercent)]),
    s.how(wordOf(reasons.method, method, method), version),
    ...remarks.map((remark) => wordOf(reasons.remark, remark, remark)),
    ...(pineDays > 0 ? [s.pine(groupedText(pineDays, 0))] : []),
    s.todayLater,
  ];
};

const sumText = (saved: Days['saved'], { s }: SavingWords): string | undefined => {
  if (saved === null) return undefined;
  const { days, savedWh, savedWon, savedCo2G, provisional } = saved;
  const sum = s.sum({
    days,
    energy: `${kwhText(savedWh)} kWh`,
    won: savedWon === null ? s.noPrice : wonText(savedWon),
    co2: massText(savedCo2G),
  });
  return provisional ? `${sum} ${s.sumProvisional}` : sum;
};

const signed = (value: number, text: (positive: number) => string): string =>
  value < 0 ? `+${text(-value)}` : value > 0 ? `−${text(value)}` : text(0);

type Yesterday = { readonly saving: Saved; readonly state: Day['state']; readonly saved: Days['saved'] };

const savedView = ({ saving, state, saved }: Yesterday, words: SavingWords): SavingView => {
  const { s } = words;
  const { savedWh, savedWon, savedCo2G } = saving;
  return {
    headline: headlineOf(savedWh, words),
    isLess: savedWh >= 50,
    figures: [
      { name: s.saved.won, value: savedWon === null ? s.noPrice : signed(savedWon, wonText) },
      { name: s.saved.energy, value: signed(savedWh, (wh) => `${kwhText(wh)} kWh`) },
      { name: s.saved.co2, value: signed(savedCo2G, massText) },
    ],
    state: s[state],
    why: whyOf(saving, words),
    sum: sumText(saved, words),
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
