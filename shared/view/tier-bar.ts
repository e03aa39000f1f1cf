import type { TierBar } from '../api/bill.ts';
import { localDateText } from '../format/date.ts';
import { groupedText } from '../format/number.ts';
import type { BillTexts } from '../i18n/ko/bill.ts';
import type { Words } from '../i18n/texts.ts';

/** The tier bar: shares of its width in percent, and what it says in sentences. */
export type TierBarView = {
  readonly tiers: readonly {
    readonly name: string;
    readonly widthPercent: number;
    /** of this tier, how much is used */
    readonly usedPercent: number;
    readonly limit: string | undefined;
    readonly reached: boolean;
  }[];
  /** the range in which the use ends in eight of ten cases; undefined where nothing is projected */
  readonly projected: { readonly leftPercent: number; readonly widthPercent: number } | undefined;
  readonly used: string;
  readonly expected: string | undefined;
  readonly crossing: readonly string[];
};

/** The last tier has no end; it is drawn this much wider than where it begins, or to the end of the projection. */
const OPEN_SHARE = 1.25;

const crossingTexts = ({ crossing, projectedKwh }: TierBar, { t, s }: Words<BillTexts>): string[] => {
  if (crossing === null) return projectedKwh === null ? [] : [s.noCrossing];
  const { intoTier, atKwh, date, earliest, latest, likelyPercent, alert } = crossing;
  const say = alert ? s.crossing : s.crossingIf;
  const between =
    latest === null
      ? s.crossingFrom(localDateText(earliest, t))
      : s.crossingBetween(localDateText(earliest, t), localDateText(latest, t));
  return [
    say({ date: localDateText(date, t), tier: s.tier[intoTier], kwh: groupedText(atKwh, 0), percent: likelyPercent }),
    between,
  ];
};

type OwnTier = Pick<TierBar['tiers'][number], 'tier' | 'toKwh'>;

/** The tier of the use so far, as the bill has it: a limit that is reached belongs to the tier below it. */
export const ownTier = ({ tiers, usedKwh }: Pick<TierBar, 'tiers' | 'usedKwh'>): OwnTier =>
  tiers.find(({ toKwh }) => toKwh === null || usedKwh <= toKwh) ?? { tier: 1, toKwh: null };

export const tierBarView = (bar: TierBar, words: Words<BillTexts>): TierBarView => {
  const { s } = words;
  const { tiers, usedKwh, projectedKwh } = bar;
  // each begins where the one before it ends
  const beginOf = (index: number): number => tiers[index - 1]?.toKwh ?? 0;
  const lastFrom = beginOf(tiers.length - 1);
  const endKwh = Math.max(lastFrom * OPEN_SHARE, projectedKwh?.high ?? 0, usedKwh, 1);
  const percent = (kwh: number): number => (kwh / endKwh) * 100;
  const own = ownTier(bar);
  return {
    tiers: tiers.map(({ tier, toKwh }, index) => {
      const begin = beginOf(index);
      const width = (toKwh ?? endKwh) - begin;
      const used = Math.min(Math.max(0, usedKwh - begin), width);
      return {
        name: s.tier[tier],
        widthPercent: percent(width),
        usedPercent: width > 0 ? (used / width) * 100 : 0,
        limit: toKwh === null ? undefined : groupedText(toKwh, 0),
        reached: index === 0 || usedKwh > begin,
      };
    }),
    projected: projectedKwh
      ? { leftPercent: percent(projectedKwh.low), widthPercent: percent(projectedKwh.high - projectedKwh.low) }
      : undefined,
    used: s.tierUsed(groupedText(usedKwh, 0), s.tier[own.tier]),
    expected: projectedKwh
      ? s.tierProjected(groupedText(projectedKwh.low, 0), groupedText(projectedKwh.high, 0))
      : undefined,
    crossing: crossingTexts(bar, words),
  };
};
