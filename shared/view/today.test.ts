import { DAY_MS } from '@hems/models/calendar/seoul';
import { describe, expect, it } from 'vitest';
import type { Today } from '../api/today.ts';
import { ApiError } from '../errors/api-error.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koReasons } from '../i18n/ko/reasons.ts';
import { ko as koToday } from '../i18n/ko/today.ts';
import { aToday, NOW_MS } from '../testing/answers.ts';
import type { Loaded } from './card.ts';
import { todayCards } from './today-saving.ts';
import { savedTodayCard } from './today.ts';

const WORDS = { t: ko, s: koToday, reasons: koReasons };
const loaded = (data: Today | undefined, error: unknown = null): Loaded<Today> => ({
  data,
  error,
  paused: false,
  atMs: 0,
});
const cardOf = (today: Loaded<Today>, nowMs = NOW_MS) => savedTodayCard(todayCards(today, nowMs, WORDS));
const refused = { status: 'refused', method: 'm', version: 1, code: 'insufficient-history', detail: 'x' } as const;

describe('the tile of today', () => {
  it('has what was saved and, in a line, what was paid and used: won first', () => {
    expect(cardOf(loaded(aToday()))).toMatchObject({
      state: 'ready',
      content: { saving: { won: { amount: '₩230' } }, refused: undefined, used: '오늘 ₩1,410 · 7.4 kWh' },
    });
  });

  it('keeps what was used where nothing can be said of the saving, with the reason', () => {
    expect(cardOf(loaded(aToday({ saving: refused })))).toMatchObject({
      state: 'ready',
      content: {
        saving: undefined,
        refused: koToday.refused['insufficient-history'],
        used: '오늘 ₩1,410 · 7.4 kWh',
      },
    });
  });

  it('leaves the won out where no tariff tells them', () => {
    expect(cardOf(loaded(aToday({ costWon: null })))).toMatchObject({ content: { used: '오늘 7.4 kWh' } });
  });

  it('says that some of the day is missing', () => {
    const holed = cardOf(loaded(aToday({ quality: 'estimated', missingSlots: 8 })));
    expect(holed).toMatchObject({ state: 'partial', note: koToday.missing });
    const doubted = cardOf(loaded(aToday({ quality: 'bad', missingSlots: 1 })));
    expect(doubted).toMatchObject({ state: 'partial', note: `${koToday.missing} ${koToday.bad}` });
  });

  it('marks what is estimated, the use as well as the saving', () => {
    const { saving } = aToday();
    const estimated = { ...saving, quality: 'estimated' } as Today['saving'];
    expect(cardOf(loaded(aToday({ quality: 'estimated', saving: estimated })))).toMatchObject({
      state: 'ready',
      content: {
        used: '오늘 ₩1,410 · 7.4 kWh · 추정',
        saving: { until: '오후 3:00까지 · 잠정 · 추정', why: expect.arrayContaining([koToday.estimatedWhy]) },
      },
    });
    const measured = cardOf(loaded(aToday()));
    expect(JSON.stringify(measured)).not.toContain('추정');
  });

  it('of an answer that outlived its midnight has the date for today, and the time with its date', () => {
    const later = cardOf(loaded(aToday()), NOW_MS + DAY_MS);
    expect(later).toMatchObject({
      content: {
        title: '11월 22일 절약',
        used: '11월 22일 ₩1,410 · 7.4 kWh',
        saving: { until: '11월 22일 (일) 오후 3:00까지 · 잠정', headline: koToday.headlineOver.less },
      },
    });
    expect(JSON.stringify(later)).not.toMatch(/오늘|쓰고 있어요/);
    expect(cardOf(loaded(aToday()))).toMatchObject({ content: { title: undefined } });
    // what is missing of that day is not said of today
    expect(cardOf(loaded(aToday({ saving: refused })), NOW_MS + DAY_MS)).toMatchObject({
      content: {
        title: '11월 22일 절약',
        used: '11월 22일 ₩1,410 · 7.4 kWh',
        refused: koToday.refused['nothing-yet'],
      },
    });
  });

  it('is empty before the first value, and fails as its answer does', () => {
    const nothing = aToday({ saving: refused, loadWh: null, importWh: null, costWon: null, untilMs: null });
    expect(cardOf(loaded(nothing)).state).toBe('empty');
    expect(cardOf(loaded(undefined)).state).toBe('loading');
    expect(cardOf(loaded(undefined, new ApiError('unreachable', 'test'))).state).toBe('offline');
    expect(cardOf(loaded(undefined, new ApiError('no-permission', 'test'))).state).toBe('no-permission');
  });
});
