import { dayStart } from '@hems/models/calendar/seoul';
import type { Evidence } from '../api/rewards.ts';
import { amountText } from '../format/money.ts';
import { longDateText } from '../format/long-date.ts';
import { clockText, dateText } from '../format/time.ts';
import { cardOf, filled, type Card, type Loaded } from './card.ts';
import { itemName, periodText, programmeName, type RewardWords } from './reward-words.ts';
import { entryView, type EntryView } from './rewards.ts';

type Fact = { readonly name: string; readonly value: string };

/** Rules are named by the day from which they hold: `energy-cashback/2024-01-01`. */
const rulesText = (version: string, { t, s }: RewardWords): string => {
  const day = /\/(\d{4}-\d{2}-\d{2})$/.exec(version)?.[1];
  return day === undefined ? version : s.rulesFrom(longDateText(dayStart(day), t));
};

export type EvidenceView = {
  readonly title: string;
  readonly entry: EntryView;
  readonly facts: readonly Fact[];
  /** the rules and the inputs by their ids, for whoever works it out by themselves */
  readonly ids: readonly Fact[];
  readonly lines: readonly { readonly name: string; readonly amount: string }[];
  readonly recomputed: string;
  readonly matches: boolean;
  readonly verdict: string;
  /** the frozen inputs as they are stored */
  readonly inputs: string;
};

/** What an entry of the ledger rests on. */
export const evidenceCard = (loaded: Loaded<Evidence>, words: RewardWords): Card<EvidenceView> =>
  cardOf(loaded, words.t, ({ entry, inputs, recomputed, matches, lines }) => {
    const { t, s } = words;
    const { unit, recordedMs, evidence } = entry;
    const view: EvidenceView = {
      title: [programmeName(entry.programme, words), periodText(entry.period, words) ?? []].flat().join(' · '),
      entry: entryView(entry, words),
      facts: [
        { name: s.recorded, value: `${dateText(recordedMs, t)} ${clockText(recordedMs, t)}` },
        { name: s.version, value: rulesText(evidence.version, words) },
      ],
      ids: [
        { name: s.versionId, value: evidence.version },
        { name: s.hash, value: evidence.inputsHash },
      ],
      lines: lines.map(({ item, amount }) => ({ name: itemName(item, words), amount: amountText(amount, unit) })),
      recomputed: amountText(recomputed, unit),
      matches,
      verdict: matches ? s.matches : s.differs,
      inputs: JSON.stringify(inputs, null, 2),
    };
    return filled(view, undefined);
  });
