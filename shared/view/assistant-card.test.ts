import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { ko } from '../i18n/ko.ts';
import { ko as rules } from '../i18n/ko/advice.ts';
import { ko as assistant } from '../i18n/ko/assistant.ts';
import { ko as suggestions } from '../i18n/ko/suggestions.ts';
import { anAdvice } from '../testing/assistant-answers.ts';
import { assistantCard } from './assistant-card.ts';

const WORDS = { s: assistant, suggestions: { t: ko, s: suggestions, rules } };
const card = (advice: Parameters<typeof anAdvice>[0], error: unknown = null) =>
  assistantCard({ data: anAdvice(advice), error, paused: false, atMs: 0 }, WORDS);

describe('the one suggestion of the home screen', () => {
  it('is the one that is worth most, with its range of won a month and why', () => {
    expect(card({})).toMatchObject({
      state: 'ready',
      content: {
        kind: 'suggestion',
        suggestion: {
          adviceId: 'advice-1',
          title: rules.rule.standby.title,
          saves: '한 달에 ₩2,100–₩4,300 아낄 수 있어요',
        },
      },
    });
  });

  it('says why there is none', () => {
    expect(card({ suggestions: [] })).toEqual({ state: 'empty', ...suggestions.none });
    expect(card({ suggestions: [], withheld: 'collecting' })).toEqual({ state: 'empty', ...suggestions.collecting });
  });

  it('is the way to the consent that it needs, whoever says so', () => {
    const consent = { state: 'ready', content: { kind: 'consent', title: assistant.noConsent.title } };
    expect(card({ suggestions: [], withheld: 'no-consent' })).toMatchObject(consent);
    expect(
      card(
        {},
        new ApiError('refused', 'test', {
          problem: { type: 'about:blank', title: 'Refused', status: 409, code: 'no-consent' },
        }),
      ),
    ).toMatchObject(consent);
  });
});
