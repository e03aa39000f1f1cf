import type { RuleCode } from '@hems/models/advice/codes';
import { describe, expect, it } from 'vitest';
import { en } from '../i18n/en.ts';
import { en as enRules } from '../i18n/en/advice.ts';
import { en as enTexts } from '../i18n/en/suggestions.ts';
import { ko } from '../i18n/ko.ts';
import { ko as rules } from '../i18n/ko/advice.ts';
import { ko as s } from '../i18n/ko/suggestions.ts';
import { NOW_MS } from '../testing/answers.ts';
import { anAdvice, aSuggestion } from '../testing/assistant-answers.ts';
import { isFilled, type Card, type Loaded } from './card.ts';
import { notesOf, resultsCard, suggestionsCard, suggestionView, type SuggestionWords } from './suggestions.ts';

const words = { t: ko, s, rules };
const loaded = <T>(data: T | undefined): Loaded<T> => ({ data, error: null, paused: false, atMs: NOW_MS });
const contentOf = <T>(card: Card<T>): T => {
  if (!isFilled(card)) throw new Error(`the card is ${card.state}`);
  return card.content;
};

describe('a suggestion', () => {
  it('leads to the screen on which it is done, where there is one', () => {
    const wayOf = (rule: RuleCode) => suggestionView(aSuggestion({ rule }), words).way;
    const rulesWithWays: RuleCode[] = ['battery-schedule', 'contract-choice', 'tier-limit', 'shift-hours', 'lighting'];
    expect(rulesWithWays.map(wayOf)).toEqual(['plan', 'bill', 'bill', 'forecast', undefined]);
  });

  it('says what to do, why, and what it saves as a range', () => {
    expect(suggestionView(aSuggestion(), words)).toEqual({
      adviceId: 'advice-1',
      way: undefined,
      title: rules.rule.standby.title,
      how: rules.rule.standby.how,
      why: rules.rule.standby.why(
        (name) => ({ nightFloor: '240 W', neededAtNight: '100 W', seenDays: '28일' })[name] ?? '',
      ),
      saves: '한 달에 ₩2,100–₩4,300 아낄 수 있어요',
      state: '새 추천',
      since: '11월 20일부터 추천하고 있어요',
      deviceId: undefined,
      data: [
        { name: '잠든 시간의 사용', value: '240 W' },
        { name: '꼭 필요한 만큼(어림)', value: '100 W' },
        { name: '살펴본 날', value: '28일' },
      ],
    });
  });

  it.each([
    [870, 'Wh', '870 Wh'],
    [1240, 'Wh', '1.2 kWh'],
    [214, 'kWh', '214 kWh'],
    [7.4, 'kWh', '7.4 kWh'],
    [2400, 'cdegc', '24°C'],
    [-820, 'cdegc', '-8.2°C'],
    [350, 'permille', '35%'],
    [1, 'days', '1 day'],
    [9, 'hours', '9 hours'],
    [4, 'of-a-later-version', '4 of-a-later-version'],
  ])('writes a figure of %d %s as %s', (value, unit, text) => {
    const english: SuggestionWords = { t: en, s: enTexts, rules: enRules };
    const { data } = suggestionView(aSuggestion({ data: [{ name: 'seenDays', value, unit }] }), english);
    expect(data[0]!.value).toBe(text);
  });

  it('of a rule that this app does not know is neutral, and names its figures as they came', () => {
    const rule = 'of-a-later-version' as ReturnType<typeof aSuggestion>['rule'];
    const later = aSuggestion({ rule, data: [{ name: 'newFigure', value: 3, unit: 'W' }] });
    expect(suggestionView(later, words)).toMatchObject({
      title: s.unknownRule,
      how: undefined,
      why: s.unknownReason,
      data: [{ name: 'newFigure', value: '3 W' }],
    });
  });

  it('whose worth is not known promises nothing', () => {
    expect(suggestionView(aSuggestion({ wonPerMonth: { low: 0, high: 0 } }), words).saves).toBe(s.saveUnclear);
  });

  it('is there at most three times, or says why not', () => {
    expect(contentOf(suggestionsCard(loaded(anAdvice()), words))).toHaveLength(2);
    expect(suggestionsCard(loaded(anAdvice({ suggestions: [] })), words)).toEqual({ state: 'empty', ...s.none });
    const collecting = anAdvice({ suggestions: [], withheld: 'collecting' });
    expect(suggestionsCard(loaded(collecting), words)).toEqual({ state: 'empty', ...s.collecting });
  });
});

describe('notes on the weather', () => {
  it('tell the day, how cold, and how much more the home takes where that is known', () => {
    expect(notesOf(anAdvice(), words)).toEqual([
      `11월 23일 (월) · ${rules.note['cold-tomorrow'].withMore((name) => (name === 'more' ? '1.9 kWh' : '-8.2°C'))}`,
    ]);
    const data = [{ name: 'coldest', value: -820, unit: 'cdegc' }];
    const [plain] = notesOf(anAdvice({ notes: [{ code: 'cold-tomorrow', date: '2026-11-23', data }] }), words);
    expect(plain).toBe(`11월 23일 (월) · ${rules.note['cold-tomorrow'].plain(() => '-8.2°C')}`);
  });
});

describe('what became of a suggestion', () => {
  const outcome = (over: object) => {
    const [result] = anAdvice().results;
    return contentOf(resultsCard(loaded(anAdvice({ results: [{ ...result!, ...over }] })), words))[0]!;
  };

  it.each([
    [{}, s.result.measured('₩600–₩1,100'), true],
    [{ wonPerMonth: { low: -900, high: -200 } }, s.result.more('₩200–₩900'), false],
    [{ state: 'measuring', wonPerMonth: null }, s.result.measuring, false],
    [{ state: 'unclear', because: 'within-variation', wonPerMonth: null }, rules.unclear['within-variation'], false],
    [{ state: 'unclear', because: 'not-measured', wonPerMonth: null }, rules.unclear['not-measured'], false],
  ])('%j is told as it is', (over, text, hasHelped) => {
    expect(outcome(over)).toMatchObject({ outcome: text, hasHelped });
  });
});
