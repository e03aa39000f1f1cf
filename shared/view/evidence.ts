import type { Evidence } from '../api/rewards.ts';
import { amountText } from '../format/money.ts';
import { clockText, dateText } from '../format/time.ts';
import { cardOf, filled, type Card, type Loaded } from './card.ts';
import { itemName, periodText, programmeName, type RewardWords } from './reward-words.ts';
import { entryView, type EntryView } from './rewards.ts';

export type EvidenceView = {
  readonly title: string;
  readonly entry: EntryView;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly lines: readonly { readonly name: string; readonly amount: string }[];
  readonly recomputed: string;
  readonly matches: boolean;
  readonly verdict: string;
  /** the frozen inputs as they are stored, for whoever works it out by themselves */
  readonly inputs: string;
};

/** What an entry of the ledger rests on. */
export const evidenceCard = (loaded: Loaded<Evidence>, words: RewardWords): Card<EvidenceView> =>
  cardOf(loaded, words.t, ({ entry, inputs, recomputed, matches, lines }) => {
    const { t, s } = words;
    const { unit, recordedMs, evidence } = entry;
    const view: EvidenceView = {
      title: s.evidenceOf(programmeName(entry.programme, words), periodText(entry.period, words)),
      entry: entryView(entry, words),
      facts: [
        { name: s.recorded, value: `${dateText(recordedMs, t)} ${clockText(recordedMs, t)}` },
        { name: s.version, value: evidence.version },
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
