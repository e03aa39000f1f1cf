import type { HouseholdEvent } from '../api/events.ts';
import { kwhFineText } from '../format/energy.ts';
import { amountText } from '../format/money.ts';
import type { EventWords } from './event-words.ts';
import { wordOf } from './word.ts';

/** Own use beside the usual one of the same time; the longer of the two is 100 %. */
export type Compared = {
  readonly headline: string;
  readonly own: string;
  readonly usual: string;
  readonly ownPercent: number;
  readonly usualPercent: number;
  readonly label: string;
};

const shareOf = (part: number, most: number): number => (most <= 0 ? 0 : Math.round((100 * part) / most));

export const comparedOf = (
  use: { readonly importWh: number; readonly baselineWh: number },
  headline: string,
  { s }: EventWords,
): Compared => {
  const [own, usual] = [kwhFineText(use.importWh), kwhFineText(use.baselineWh)];
  const most = Math.max(use.importWh, use.baselineWh);
  return {
    headline,
    own: s.kwh(own),
    usual: s.kwh(usual),
    ownPercent: shareOf(use.importWh, most),
    usualPercent: shareOf(use.baselineWh, most),
    label: s.barLabel(own, usual),
  };
};

type Known = Extract<NonNullable<HouseholdEvent['final']>, { readonly status: 'known' }>;

const savedText = ({ savedWh }: Known, { s }: EventWords): string => {
  const kwh = kwhFineText(Math.abs(savedWh));
  if (savedWh === 0) return s.asUsual;
  return savedWh > 0 ? s.saved(kwh) : s.notSaved(kwh);
};

const rewardText = ({ amount, unit }: Known, { final, payer }: HouseholdEvent, { s }: EventWords): string => {
  const text = amountText(amount, unit);
  if (amount === 0) return s.noReward;
  if (final === null) return s.expected(text);
  return payer === 'us' ? s.earned(text) : s.owed(text);
};

const whyNothing = ({ amount, savedWh }: Known, { s }: EventWords): string[] => {
  if (amount > 0) return [];
  return savedWh > 0 ? [s.belowTarget] : [s.noPenalty];
};

export type EventResult = { readonly title: string; readonly reward: string; readonly lines: readonly string[] };

export const resultOf = (event: HouseholdEvent, words: EventWords): EventResult | undefined => {
  const { s, reasons } = words;
  const { final, provisional } = event;
  const shown = final ?? provisional;
  if (shown === null) return undefined;
  const title = s.result[final ? 'final' : 'provisional'];
  if (shown.status === 'unknown') {
    const why = wordOf(reasons.refusal, shown.code, shown.code);
    return final
      ? { title, reward: s.unknown, lines: [why, s.noPenalty] }
      : { title, reward: s.unknownYet, lines: [why, s.unknownAgain] };
  }
  const method = shown.method.split('/')[0] ?? '';
  return {
    title,
    reward: rewardText(shown, event, words),
    lines: [
      ...whyNothing(shown, words),
      s.basis(wordOf(reasons.method, method, method)),
      shown.quality === 'good' ? s.quality.good : s.quality.estimated,
      final ? s.finalNote : s.provisionalNote,
    ],
  };
};

export const resultCompared = ({ final, provisional }: HouseholdEvent, words: EventWords): Compared | undefined => {
  const shown = final ?? provisional;
  return shown?.status === 'known' ? comparedOf(shown, savedText(shown, words), words) : undefined;
};
