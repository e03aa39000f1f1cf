import { HOUR_MS } from '@hems/models/calendar/seoul';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { ko } from '../i18n/ko.ts';
import { ko as s } from '../i18n/ko/assistant.ts';
import { ko as f } from '../i18n/ko/forecast.ts';
import { NOW_MS, aDayOfUsage } from '../testing/answers.ts';
import { aForecast, anHour, hoursAhead, someAccuracy } from '../testing/assistant-answers.ts';
import { isFilled, type Card, type Loaded } from './card.ts';
import { daysCard } from './forecast-days.ts';
import { hoursCard } from './forecast-hours.ts';
import { accuracyCard, scoreCardOf } from './forecast-score.ts';
import { nextHourCard } from './next-hour.ts';

const words = { t: ko, s, f };
const loaded = <T>(data: T | undefined, error: unknown = null): Loaded<T> => ({
  data,
  error,
  paused: false,
  atMs: NOW_MS,
});
const contentOf = <T>(card: Card<T>): T => {
  if (!isFilled(card)) throw new Error(`the card is ${card.state}`);
  return card.content;
};
const next = (over: Parameters<typeof aForecast>[0] = {}, nowMs = NOW_MS) =>
  nextHourCard(loaded(aForecast(over)), { words, nowMs });

describe('the next hour', () => {
  it('is told as a power, a range of 8 in 10, and how often such a forecast is right', () => {
    const { bar, ...told } = contentOf(next());
    expect(bar.left).toBeLessThan(bar.at);
    expect(bar.at).toBeLessThan(bar.left + bar.width);
    expect(bar.left + bar.width).toBeLessThan(100);
    expect(told).toEqual({
      when: '오후 3:00–오후 4:00',
      value: '1.2',
      unit: 'kW',
      likely: '10번 중 8번은 0.8–2.1 kW 사이예요.',
      // a fifth of 1.2 kW either way
      often: '이런 시간 10번 중 약 6번은 1.0–1.4 kW 안에 들어요.',
      source: 'AI 모델',
      whySource: undefined,
    });
  });

  it('of a sleeping home is told in W, and counts as right within 200 W', () => {
    const quiet = { meanWh: 130, p10Wh: 90, p50Wh: 120, p90Wh: 210 };
    const { value, unit, often } = contentOf(next({ hours: hoursAhead(quiet) }));
    expect([value, unit]).toEqual(['120', 'W']);
    expect(often).toBe('이런 시간 10번 중 약 6번은 0–320 W 안에 들어요.');
  });

  it.each([
    [0.04, /10번 중 1번이 안 돼요/],
    [0.06, /약 1번은/],
    [0.94, /약 9번은/],
    [0.96, /거의 매번/],
  ])('with a confidence of %d it never shows a percentage', (confidence, said) => {
    const { often } = contentOf(next({ hours: hoursAhead({ confidence }) }));
    expect(often).toMatch(said);
    expect(often).not.toContain('%');
  });

  it('is the hour that runs, not the first of a forecast whose hour has passed', () => {
    expect(contentOf(next({}, NOW_MS + HOUR_MS)).when).toBe('오후 4:00–오후 5:00');
  });

  it.each([
    ['fallback', 'embedded', '우리 집의 평소 값', /있을 수 없는 값/],
    ['withheld', 'embedded', '지난 7일 평균', /낫지 않았어요/],
    ['profile', 'embedded', '청구서로 만든 평균 하루', /청구서/],
    ['model', 'usual', '우리 집의 평소 값', /예측 엔진이 지금 답하지 않아/],
  ] as const)('from %s by %s says where it comes from, and why', (source, engine, name, why) => {
    const view = contentOf(next({ engine, hours: hoursAhead({ source }) }));
    expect(view.source).toBe(name);
    expect(view.whySource).toMatch(why);
  });

  it('of an old forecast says when it was made', () => {
    const card = next({}, NOW_MS + 2 * HOUR_MS);
    expect(card).toMatchObject({
      state: 'partial',
      note: '오후 3:00에 만든 예측이에요. 새 예측은 아직 오지 않았어요.',
    });
    expect(next()).toMatchObject({ state: 'ready' });
  });

  it('is not there once every hour is over', () => {
    expect(next({}, NOW_MS + 48 * HOUR_MS)).toMatchObject({ state: 'empty', title: s.tooOld.title });
  });

  it.each(['collecting', 'wiring'] as const)('while %s is not there, and why is said', (status) => {
    expect(next({ status, hours: [] })).toEqual({ state: 'empty', ...s[status] });
  });

  it('is not made without consent: that is told apart from having no permission', () => {
    const refused = (code: string) => {
      const problem = { type: 'about:blank', title: 'Forbidden', status: 403, code };
      return nextHourCard(loaded<never>(undefined, new ApiError('no-permission', 'said in English', { problem })), {
        words,
        nowMs: NOW_MS,
      });
    };
    expect(refused('no-consent')).toEqual({ state: 'empty', ...s.noConsent });
    expect(refused('no-member').state).toBe('no-permission');
  });
});

describe('the hours until tomorrow', () => {
  const view = (over = {}) =>
    contentOf(hoursCard({ loaded: loaded(aForecast(over)), today: aDayOfUsage(), nowMs: NOW_MS }, words));

  it('are each a line of the table with mean, median, range, 7-day mean and source', () => {
    const { rows, hours } = view();
    expect(rows).toHaveLength(33);
    expect(rows[0]).toMatchObject({
      time: '11월 22일 (일) 오후 3:00',
      mean: '1.30 kW',
      middle: '1.20 kW',
      range: '0.80–2.10 kW',
      naive: '1.25 kW',
      solar: '–',
      source: 'AI 모델',
    });
    expect(hours.every(({ low, middle, high }) => low <= middle && middle <= high)).toBe(true);
  });

  it('are told in one sentence with their highest', () => {
    expect(view().summary).toBe(
      '11월 23일 (월) 밤 12시까지의 시간별 사용량 예측 그래프. 가장 많을 때는 오후 6:00, 2.0 kW이고 10번 중 8번은 1.2–3.7 kW 사이예요.',
    );
  });

  it('follow what was used today, which ends where they begin', () => {
    const { actual, hours } = view();
    expect(actual.length).toBeGreaterThan(0);
    expect(actual.every(({ ts }) => ts < hours[0]!.ts)).toBe(true);
  });

  it('show the sun where it is foreseen', () => {
    const solar = hoursAhead().map(({ ts }) => ({ ts, meanWh: 400, p10Wh: 100, p90Wh: 900 }));
    expect(view({ solar }).rows[0]).toMatchObject({ solar: '0.40 kW' });
    expect([view({ solar }).hasSolar, view().hasSolar]).toEqual([true, false]);
  });

  it('name every source that has a part in them, and say once why the model is held back', () => {
    const hours = hoursAhead().map((hour, index) => (index % 2 === 0 ? hour : anHour(hour.ts, { source: 'withheld' })));
    const { notes } = view({ hours, notices: ['withheld', 'drift'] });
    expect(notes).toEqual([f.notice.drift, '출처: AI 모델, 지난 7일 평균 · 모델 test-1', s.whySource.withheld]);
  });
});

describe('the days ahead', () => {
  it('each have a range, drawn on one scale', () => {
    const days = contentOf(daysCard(loaded(aForecast()), words, NOW_MS));
    expect(days.map(({ name }) => name)).toEqual([
      '오늘 (하루 전체)',
      '내일',
      '11월 24일 (화)',
      '11월 25일 (수)',
      '11월 26일 (목)',
      '11월 27일 (금)',
      '11월 28일 (토)',
    ]);
    expect(days[1]).toMatchObject({ amount: '31.0 kWh', range: '10번 중 8번은 24.8–40.3 kWh' });
    expect(Math.max(...days.map(({ bar }) => bar.left + bar.width))).toBeCloseTo(100);
  });

  it('are not there where no level is known', () => {
    const none = { today: null, tomorrow: null, days: [] };
    expect(daysCard(loaded(aForecast(none)), words, NOW_MS)).toEqual({ state: 'empty', ...f.noDays });
  });
});

describe('the scorecard', () => {
  const score = (over: object = {}) =>
    scoreCardOf(
      loaded(aForecast({ scorecard: { days: 28, accuracy: 74.4, naiveAccuracy: 66.1, within80: 81.2, ...over } })),
      words,
    );

  it('stands beside the 7-day mean, and says whether the range kept its promise', () => {
    expect(contentOf(score())).toMatchObject({
      ours: '74% 맞음',
      theirs: '66% 맞음',
      verdict: f.better,
      kept: '실제: 10시간 중 8.1시간이었어요.',
      keptVerdict: f.keptWell,
    });
  });

  it.each([
    [{ accuracy: 60 }, { verdict: f.notBetter, isBetter: false }],
    [{ within80: 91 }, { keptVerdict: f.keptMore }],
    [{ within80: 70 }, { keptVerdict: f.keptLess }],
  ])('%j is not praised', (over, said) => {
    expect(contentOf(score(over))).toMatchObject(said);
  });

  it('of a home without past forecasts says so', () => {
    expect(scoreCardOf(loaded(aForecast({ scorecard: null })), words)).toEqual({ state: 'empty', ...f.noScore });
  });
});

describe('past accuracy', () => {
  it('is a bar for each day, with the 7-day mean behind it', () => {
    const days = contentOf(accuracyCard(loaded(someAccuracy({ from: '2026-10-25', to: '2026-11-21' })), words));
    expect(days.bars).toHaveLength(28);
    expect(days.bars[0]).toMatchObject({ value: 75, compared: 68, tick: '25일', kept: '10번 중 7.9번' });
    expect(days.bars[1]!.spoken).toBe('10월 26일 (월) · 예상 28.5 kWh, 실제 30.0 kWh · 정확도 75% (7일 평균 68%)');
  });

  it('of a new home says what will stand here', () => {
    const none = { householdId: 'home-1', days: [] };
    expect(accuracyCard(loaded(none), words)).toEqual({ state: 'empty', ...f.noAccuracy });
  });
});
