import type { RuleCode } from '@hems/models/advice/codes';
import type { Advice } from '../api/advice.ts';
import { dayText, localDateText } from '../format/date.ts';
import { kwhText } from '../format/energy.ts';
import { wonText } from '../format/money.ts';
import { groupedText } from '../format/number.ts';
import { powerText } from '../format/power.ts';
import type { AdviceTexts, Figure } from '../i18n/ko/advice.ts';
import type { SuggestionTexts } from '../i18n/ko/suggestions.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, empty, ready, type Card, type Loaded } from './card.ts';

export type SuggestionWords = Words<SuggestionTexts> & { readonly rules: AdviceTexts };

type Suggestion = Advice['suggestions'][number];
type Datum = Suggestion['data'][number];

export type Way = 'plan' | 'bill' | 'forecast';

const WAYS: Partial<Record<string, Way>> = {
  'battery-schedule': 'plan',
  'contract-choice': 'bill',
  'tier-limit': 'bill',
  'shift-hours': 'forecast',
  'solar-self-use': 'forecast',
} satisfies Partial<Record<RuleCode, Way>>;

export type SuggestionView = {
  readonly adviceId: string;
  readonly title: string;
  readonly how: string | undefined;
  readonly why: string;
  readonly saves: string;
  readonly state: string;
  readonly since: string;
  /** the screen on which it is done or looked into */
  readonly way: Way | undefined;
  /** the plug that it is about */
  readonly deviceId: string | undefined;
  readonly data: readonly { readonly name: string; readonly value: string }[];
};

const temperature = (cdegc: number): string => `${groupedText(Math.round(cdegc / 10) / 10, 1)}°C`.replace('.0°', '°');

/** From 100 kWh on a tenth says nothing. */
const WHOLE_FROM_WH = 100_000;

const energy = (wh: number): string => {
  if (Math.abs(wh) < 1000) return `${groupedText(wh, 0)} Wh`;
  return `${Math.abs(wh) < WHOLE_FROM_WH ? kwhText(wh) : groupedText(wh / 1000, 0)} kWh`;
};

/** A figure with its unit; one that this app does not know is written as it came. */
const datumText = ({ value, unit }: Datum, s: SuggestionTexts): string => {
  const written: Record<string, (value: number) => string> = {
    W: powerText,
    Wh: energy,
    kWh: (kwh) => energy(kwh * 1000),
    cdegc: temperature,
    permille: (permille) => `${groupedText(permille / 10, 0)}%`,
    days: (days) => s.days(groupedText(days, 0)),
    hours: (hours) => s.hours(groupedText(hours, 0)),
  };
  return written[unit]?.(value) ?? `${groupedText(value, 0)} ${unit}`;
};

const UNKNOWN = '–';

const figureOf =
  (data: readonly Datum[], s: SuggestionTexts): Figure =>
  (name) => {
    const found = data.find((datum) => datum.name === name);
    return found ? datumText(found, s) : UNKNOWN;
  };

/** The texts of a code, where this app knows it. */
const known = <T>(texts: Readonly<Record<string, T>>, code: string): T | undefined => texts[code];

/** From the least to the most that it may be, whole won. */
const wonRange = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  low === high ? wonText(low) : `${wonText(low)}–${wonText(high)}`;

const titleOf = (rule: string, { s, rules }: SuggestionWords): string =>
  known(rules.rule, rule)?.title ?? s.unknownRule;

const savesText = ({ wonPerMonth }: Suggestion, s: SuggestionTexts): string =>
  wonPerMonth.high > 0 ? s.save(wonRange(wonPerMonth)) : s.saveUnclear;

export const suggestionView = (suggestion: Suggestion, words: SuggestionWords): SuggestionView => {
  const { t, s, rules } = words;
  const { adviceId, rule, data, state, since, deviceId } = suggestion;
  const said = known(rules.rule, rule);
  return {
    adviceId,
    way: WAYS[rule],
    title: titleOf(rule, words),
    how: said?.how,
    why: said?.why(figureOf(data, s)) ?? s.unknownReason,
    saves: savesText(suggestion, s),
    state: s.state[state],
    since: s.since(dayText(since, t)),
    deviceId: deviceId ?? undefined,
    data: data.map((datum) => ({ name: known(rules.figure, datum.name) ?? datum.name, value: datumText(datum, s) })),
  };
};

/** At most three suggestions, the best first; or why there is none. */
export const suggestionsCard = (loaded: Loaded<Advice>, words: SuggestionWords): Card<readonly SuggestionView[]> =>
  cardOf(loaded, words.t, ({ suggestions, withheld }) => {
    if (withheld === 'collecting') return empty(words.s.collecting);
    return suggestions.length === 0
      ? empty(words.s.none)
      : ready(suggestions.map((suggestion) => suggestionView(suggestion, words)));
  });

const noteText = ({ code, data }: Advice['notes'][number], { s, rules }: SuggestionWords): string => {
  const said = known<{ plain: (of: Figure) => string; withMore?: (of: Figure) => string }>(rules.note, code);
  const of = figureOf(data, s);
  const more = data.some(({ name }) => name === 'more') ? said?.withMore : undefined;
  return (more ?? said?.plain)?.(of) ?? s.unknownNote;
};

/** What the weather means for the home; empty: nothing needs saying. */
export const notesOf = ({ notes }: Advice, words: SuggestionWords): string[] =>
  notes.map((note) => words.s.noteOn(localDateText(note.date, words.t), noteText(note, words)));

export type ResultView = {
  readonly adviceId: string;
  readonly title: string;
  readonly accepted: string;
  readonly outcome: string;
  readonly hasHelped: boolean;
};

type Result = Advice['results'][number];

/** A change that was measured as more use is told as it is. */
const outcomeOf = ({ state, because, wonPerMonth }: Result, { s, rules }: SuggestionWords): string => {
  if (state === 'unclear') return (because && known(rules.unclear, because)) ?? s.result.unclear;
  if (state !== 'measured') return s.result[state];
  if (wonPerMonth === null) return s.result.unclear;
  const { low, high } = wonPerMonth;
  return high <= 0 ? s.result.more(wonRange({ low: -high, high: -low })) : s.result.measured(wonRange(wonPerMonth));
};

/** What became of the suggestions that were taken. */
export const resultsCard = (loaded: Loaded<Advice>, words: SuggestionWords): Card<readonly ResultView[]> =>
  cardOf(loaded, words.t, ({ results }) => {
    if (results.length === 0) return empty(words.s.noResults);
    return ready(
      results.map((result) => ({
        adviceId: result.adviceId,
        title: titleOf(result.rule, words),
        accepted: words.s.acceptedOn(dayText(result.acceptedOn, words.t)),
        outcome: outcomeOf(result, words),
        hasHelped: result.state === 'measured' && (result.wonPerMonth?.high ?? 0) > 0,
      })),
    );
  });
