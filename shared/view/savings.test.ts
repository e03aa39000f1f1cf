import { describe, expect, it } from 'vitest';
import { ko } from '../i18n/ko.ts';
import { ko as koReasons } from '../i18n/ko/reasons.ts';
import { ko as koSavings } from '../i18n/ko/savings.ts';
import { aDay, aScore, someDays, TODAY } from '../testing/money-answers.ts';
import type { Days } from '../api/days.ts';
import { isFilled, type Loaded } from './card.ts';
import { savingCard, type SavingView } from './savings.ts';
import { scoreCard } from './score.ts';

const WORDS = { t: ko, s: koSavings, reasons: koReasons };
const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: 0 });
const MONTH = { from: '2026-10-23', to: '2026-11-21' };

type Saving = NonNullable<Days['days'][number]['saving']>;
const yesterday = (over: Partial<Extract<Saving, { status: 'saved' }>>): Days => {
  const { saving } = aDay('2026-11-21');
  return someDays(MONTH, (date) => (date === '2026-11-21' ? { saving: { ...saving, ...over } as Saving } : {}));
};
const view = (days: Days): SavingView => {
  const card = savingCard(loaded(days), TODAY, WORDS);
  if (!isFilled(card)) throw new Error(card.state);
  return card.content;
};

describe("yesterday's saving", () => {
  it('is told in won, energy and CO2, as provisional, with its method and interval', () => {
    const { headline, figures, state, why, sum } = view(yesterday({}));
    expect(headline).toBe('평소보다 덜 썼어요');
    expect(figures.map(({ name, value }) => `${name} ${value}`)).toEqual([
      '요금 ₩190 절약',
      '전기 0.9 kWh 절약',
      'CO₂ 0.4 kg 감소',
    ]);
    expect(state).toBe(koSavings.provisional);
    expect(why.slice(0, 3)).toEqual([
      '평소대로라면 8.9 kWh, 실제로는 8.0 kWh.',
      '평소 사용량은 80% 확률로 7.0–10.8 kWh 사이예요. 그 안의 차이는 우연일 수 있어요.',
      '비교한 기준: 최근 비슷한 10일의 평균 (1판)',
    ]);
    expect(why).toContain('소나무 한 그루가 14일 동안 흡수하는 양이에요.');
    expect(sum).toEqual([
      '최근 30일 가운데 30일 합계: 청구 요금 ₩5,790 절약, 전기 27.0 kWh 절약, CO₂ 11.3 kg 감소 (잠정)',
      koSavings.sumHow,
    ]);
  });

  it('that is none is told as more, in neutral words, and as no tree', () => {
    const { headline, isLess, figures, why } = view(yesterday({ savedWh: -1500, worthWon: -320, savedCo2G: -626 }));
    expect([headline, isLess]).toEqual(['평소보다 더 썼어요', false]);
    expect(figures.map(({ value }) => value)).toEqual(['₩320 더 사용', '1.5 kWh 더 사용', '0.6 kg 증가']);
    expect(why.some((line) => line.includes('소나무'))).toBe(false);
  });

  it('without a tariff row has no won, and says so', () => {
    expect(view(yesterday({ worthWon: null })).figures[0]?.value).toBe(koSavings.noPrice);
  });

  it('of a day from before its worth was told apart has no won at all, rather than that of its period', () => {
    const days = yesterday({});
    const saving = days.days.at(-1)?.saving;
    if (saving?.status === 'saved') delete saving.worthWon;
    expect(view(days).figures.map(({ name }) => name)).toEqual(['전기', 'CO₂']);
  });

  it('has words for its directions, and no signs', () => {
    const days = yesterday({ savedWh: -1500, worthWon: -320, savedCo2G: -626 });
    const saved = { days: 30, savedWh: -3200, savedWon: -500, savedCo2G: -1500, provisional: false };
    const { figures, sum } = view({ ...days, saved });
    expect(sum[0]).toBe('최근 30일 가운데 30일 합계: 청구 요금 ₩500 추가, 전기 3.2 kWh 더 사용, CO₂ 1.5 kg 증가');
    expect(JSON.stringify([figures, sum])).not.toMatch(/[−+]|-\d/);
    // the bills of the sum have a direction of their own, and say whose it is
    expect(view({ ...days, saved: { ...saved, savedWon: 300 } }).sum).toEqual([
      expect.stringContaining('청구 요금 ₩300 절약, 전기 3.2 kWh 더 사용'),
      koSavings.sumHow,
    ]);
    expect(view({ ...days, saved: { ...saved, savedWon: null } }).sum).toEqual([
      expect.stringContaining(koSavings.noPrice),
    ]);
    expect(view({ ...days, saved: null }).sum).toEqual([]);
  });

  it.each([
    [49, '평소만큼'],
    [-49, '평소만큼'],
    [50, '절약'],
    [-50, '더 사용'],
  ])('of %i Wh has one word for won and energy: %s', (savedWh, word) => {
    const { figures, isLess } = view(
      yesterday({ savedWh, worthWon: Math.trunc(savedWh / 5), savedCo2G: Math.trunc(savedWh / 2) }),
    );
    expect(figures.slice(0, 2).map(({ value }) => value.endsWith(` ${word}`))).toEqual([true, true]);
    expect(isLess).toBe(word === '절약');
  });

  it('that is estimated says so', () => {
    const { state, why } = view(yesterday({ quality: 'estimated' }));
    expect(state).toBe(`${koSavings.provisional} · 추정`);
    expect(why).toContain(koSavings.estimatedWhy);
    expect(view(yesterday({})).why).not.toContain(koSavings.estimatedWhy);
  });

  it('that cannot be told says why, in our words or in those of the service', () => {
    const refused = (code: string) =>
      someDays(MONTH, () => ({
        saving: { status: 'refused', method: 'ten-of-ten', version: 1, code, detail: 'so it is' },
      }));
    expect(savingCard(loaded(refused('insufficient-history')), TODAY, WORDS)).toMatchObject({
      state: 'empty',
      text: koReasons.refusal['insufficient-history'],
    });
    expect(savingCard(loaded(refused('brand-new')), TODAY, WORDS)).toMatchObject({ state: 'empty', text: 'so it is' });
  });

  it('of a day that is not worked out yet is not replaced by that of another', () => {
    const days = someDays({ from: '2026-10-23', to: '2026-11-20' });
    expect(savingCard(loaded(days), TODAY, WORDS)).toEqual({ state: 'empty', ...koSavings.notYet });
  });
});

describe('the efficiency grade', () => {
  it('is labelled as ours and explained step by step', () => {
    expect(scoreCard(loaded(aScore()), WORDS)).toEqual({
      state: 'ready',
      content: {
        grade: 'B',
        points: '87점',
        score: '100점 만점에 87점',
        over: '10월 23일 – 11월 21일',
        ours: koSavings.ours,
        why: [
          '최근 30일 동안 240.0 kWh를 썼어요.',
          '59 m²인 집을 85 m²로 맞추면 +25.0 kWh',
          '비교할 수 있게 맞춘 사용량은 265.0 kWh예요.',
          '비슷한 집이 4곳뿐이라(30곳 필요) 조사 통계의 값 277.6 kWh와 비교했어요.',
          '우리 집은 그 값의 96%를 썼어요.',
          '그래서 87점, B 등급이에요.',
          koSavings.remark['weather-not-considered'],
          koSavings.remark['table-knows-no-seasons'],
          koSavings.scoreProvisional,
        ],
      },
    });
  });

  it('leaves out a step that this app does not know, and is empty with its reason when refused', () => {
    const lines = [{ line: 'moon-phase', wh: 1 }];
    expect(scoreCard(loaded(aScore({ lines, remarks: [], provisional: false })), WORDS)).toMatchObject({
      content: { why: [] },
    });
    const refused = { status: 'refused', code: 'missing-use', detail: 'x' } as const;
    expect(scoreCard(loaded(refused), WORDS)).toEqual({
      state: 'empty',
      title: koSavings.noScore,
      text: koReasons.refusal['missing-use'],
    });
  });
});
